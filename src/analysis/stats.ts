import type { Database } from '../storage/database.js';
import type { Cells } from './cells.js';
import { type GroupKey, groupKeyOf } from './group-key.js';
import { loadCells } from './load-cells.js';
import type { StatsQuery } from './stats-query.js';
import { type Summary, summarise } from './summary.js';
import { Tally } from './tally.js';

/** A group of a statistic: its key, then the same summary as the whole. */
export type Group = { key: Record<string, string | null> } & Summary;
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
function compareKeys(a: Group, b: Group): number {
  for (const [name, left] of Object.entries(a.key)) {
    const right = b.key[name] ?? null;
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -1 : 1;
  }
  return 0;
}

function groupsOf(cells: Cells, keys: readonly GroupKey[]): Group[] {
  const tallies = new Map<string, { key: Record<string, string | null>; tally: Tally }>();
  const tallyFor = (cell: Parameters<typeof groupKeyOf>[1]): Tally => {
    const key = groupKeyOf(keys, cell);
    const name = JSON.stringify(key);
    const known = tallies.get(name) ?? { key, tally: new Tally() };
    tallies.set(name, known);
    return known.tally;
  };
  for (const cell of cells.sums) tallyFor(cell).add(cell);
  for (const cell of cells.flags) tallyFor(cell).addFlag(cell);
  for (const cell of cells.contests) tallyFor(cell).addContest(cell);
  return [...tallies.values()]
    .map(({ key, tally }) => ({ key, ...summarise(tally) }))
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
