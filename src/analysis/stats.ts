import type { Database } from '../storage/database.js';
import type { GroupKey, KeyValues } from './group-key.js';
import { loadTallies } from './load-tallies.js';
import type { StatsQuery } from './stats-query.js';
import { type Summary, summarise } from './summary.js';

/** A group of a statistic: its key, then the same summary as the whole. */
export type Group = { key: KeyValues } & Summary;
export type Stats = Summary & { groups?: Group[] };

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
  const tallies = await loadTallies(db, version, query, groupBy.includes('launch_place'));
  const whole = summarise(tallies.whole());
  if (groupBy.length === 0) return whole;
  const groups = tallies
    .by(groupBy)
    .map(({ key, group }) => ({ key, ...summarise(group) }))
    .toSorted(compareKeys);
  return { ...whole, groups };
}
