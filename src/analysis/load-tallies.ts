import { codeListsAt } from '../storage/code-list-store.js';
import type { Database } from '../storage/database.js';
import { keptMonths } from '../storage/kept-sums.js';
import { cellsOfClaims, needsClaims } from './load-cells.js';
import type { StatsQuery } from './stats-query.js';
import { type Tallies, talliesOfCells, talliesOfMonths } from './tallies.js';

/**
 * The claims that a query is about, added up by whatever is asked for.
 *
 * @param byLaunchPlaces whether they will be asked for by launch place
 */
export async function loadTallies(
  db: Database,
  version: number,
  query: StatsQuery,
  byLaunchPlaces: boolean,
): Promise<Tallies> {
  if (byLaunchPlaces || needsClaims(query)) {
    return talliesOfCells(await cellsOfClaims(db, version, query, byLaunchPlaces));
  }
  const lists = await codeListsAt(db, version);
  return talliesOfMonths(await keptMonths(db, version, query), query, lists);
}
