import { codeListsAt } from '../storage/code-list-store.js';
import type { Database } from '../storage/database.js';
import { keptNights } from '../storage/kept-sums.js';
import { claimSums, contests, flagCounts } from '../storage/sum-store.js';
import { type Cells, describer } from './cells.js';
import { cellsOfNights } from './night-cells.js';
import { askedFilter } from './query-filter.js';
import type { StatsQuery } from './stats-query.js';

const NEEDS_CLAIMS: readonly (keyof StatsQuery)[] = ['region', 'launch_place'];

/**
 * The claims that a query is about, added up per key and told why they count or not. Places are told by the claims
 * alone; everything else by the sums that are kept of them.
 */
export async function loadCells(
  db: Database,
  version: number,
  query: StatsQuery,
  byLaunchPlaces: boolean,
): Promise<Cells> {
  const lists = await codeListsAt(db, version);
  const ofPlaces = byLaunchPlaces || NEEDS_CLAIMS.some((name) => query[name] !== undefined);
  if (!ofPlaces) return cellsOfNights(await keptNights(db, version, query), query, lists);
  const filter = askedFilter(query);
  const describe = describer(query, lists);
  const [sums, flags, contested] = await Promise.all([
    claimSums(db, version, filter, byLaunchPlaces),
    flagCounts(db, version, filter, byLaunchPlaces),
    contests(db, version, filter, byLaunchPlaces),
  ]);
  return {
    sums: sums.map(describe),
    flags: flags.map(describe),
    contests: contested.map(describe),
  };
}
