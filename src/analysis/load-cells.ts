import { codeListsAt } from '../storage/code-list-store.js';
import { contests } from '../storage/contest-store.js';
import type { Database } from '../storage/database.js';
import { keptMonths } from '../storage/kept-sums.js';
import { claimSums, flagCounts } from '../storage/sum-store.js';
import { type Cells, describer } from './cells.js';
import { Competition } from './competition.js';
import { cellsOfMonths } from './month-cells.js';
import { askedFilter } from './query-filter.js';
import type { StatsQuery } from './stats-query.js';

const NEEDS_CLAIMS: readonly (keyof StatsQuery)[] = ['region', 'launch_place'];

/** Whether the claims themselves have to be read: the sums that are kept of them do not tell places. */
export const needsClaims = (query: StatsQuery): boolean =>
  NEEDS_CLAIMS.some((name) => query[name] !== undefined);

/** The cells of a query from its claims themselves. @param byLaunchPlaces tell apart claims of other places too */
export async function cellsOfClaims(
  db: Database,
  version: number,
  query: StatsQuery,
  byLaunchPlaces: boolean,
): Promise<Cells> {
  const describe = describer(query, await codeListsAt(db, version));
  const filter = askedFilter(query);
  const [sums, flags, contested] = await Promise.all([
    claimSums(db, version, filter, byLaunchPlaces),
    flagCounts(db, version, filter, byLaunchPlaces),
    contests(db, version, filter, byLaunchPlaces),
  ]);
  return {
    sums: sums.map(describe),
    flags: flags.map(describe),
    contests: contested.map((one) => ({
      ...describe(one),
      competition: new Competition(one.contested),
    })),
  };
}

/** The claims that a query is about, added up per key and told why they count or not. */
export async function loadCells(db: Database, version: number, query: StatsQuery): Promise<Cells> {
  if (needsClaims(query)) return cellsOfClaims(db, version, query, false);
  const lists = await codeListsAt(db, version);
  return cellsOfMonths(await keptMonths(db, version, query), query, lists);
}
