import type { Database } from '../storage/database.js';
import type { Cells } from './cells.js';
import { type GroupKey, Groups, type KeyValues } from './group-key.js';
import { loadCells } from './load-cells.js';
import type { StatsQuery } from './stats-query.js';
import { type Summary, summarise } from './summary.js';
import { Tally } from './tally.js';

/** A group of a statistic: its key, then the same summary as the whole. */
export type Group = { key: KeyValues } & Summary;
export type Stats = Summary & { groups?: Group[] };

/** The account of all claims that a query is about. */
export function tallyOf({ sums, flags, contests }: Cells): Tally {
  const tally = new Tally();
  for (const cell of sums) tally.add(cell);
  for (const cell of flags) tally.addFlag(cell);
  for (const cell of contests) tally.addContest(cell);
  return tally;
}

// Nulls last: what has no key comes after everything that has one.
export function compareKeys(a: { key: KeyValues }, b: { key: KeyValues }): number {
  for (const [name, left] of Object.entries(a.key)) {
    const right = b.key[name] ?? null;
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -1 : 1;
  }
  return 0;
}

/** The account of each group of cells. */
export function talliesBy(
  { sums, flags, contests }: Cells,
  keys: readonly GroupKey[],
): { key: KeyValues; group: Tally }[] {
  const groups = new Groups(keys, () => new Tally());
  for (const cell of sums) groups.of(cell).add(cell);
  for (const cell of flags) groups.of(cell).addFlag(cell);
  for (const cell of contests) groups.of(cell).addContest(cell);
  return groups.all;
}

function groupsOf(cells: Cells, keys: readonly GroupKey[]): Group[] {
  return talliesBy(cells, keys)
    .map(({ key, group }) => ({ key, ...summarise(group) }))
    .toSorted(compareKeys);
}

/**
 * One summary of everything that a query is about and, if asked for, of its groups. Groups add up to the whole.
 *
 * @param version the dataset version to answer from
 * @param groupBy none, one or two keys
 */
export async function statsOf(
  db: Database,
  version: number,
  query: StatsQuery,
  groupBy: readonly GroupKey[],
): Promise<Stats> {
  const cells = await loadCells(db, version, query, groupBy.includes('launch_place'));
  const whole = summarise(tallyOf(cells));
  return groupBy.length === 0 ? whole : { ...whole, groups: groupsOf(cells, groupBy) };
}
