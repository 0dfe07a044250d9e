import type { BinomialPoint } from './binomial-point.js';

/** How many nights have more than j hits, more than j misses and more than j trials. */
export interface Tally {
  readonly j: number;
  readonly hits: number;
  readonly misses: number;
  readonly trials: number;
}

/**
 * Nights as tallies over j = 0, 1, ..., so that a likelihood costs one pass up to the largest n and
 * no gamma function (Smith 1983, algorithm AS 189, Applied Statistics 32, 196-204).
 * @param points k of n in any order, not guarded
 * @example tallies([{ k: 1, n: 1 }]) // => [{ j: 0, hits: 1, misses: 0, trials: 1 }]
 */
export function tallies(points: readonly BinomialPoint[]): Tally[] {
  const found: Tally[] = [];
  let alive = points.filter(({ n }) => n > 0);
  for (let j = 0; alive.length > 0; j++) {
    const hits = alive.filter(({ k }) => k > j).length;
    const misses = alive.filter(({ k, n }) => n - k > j).length;
    found.push({ j, hits, misses, trials: alive.length });
    alive = alive.filter(({ n }) => n > j + 1);
  }
  return found;
}
