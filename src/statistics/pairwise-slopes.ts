import { requireCount, requireReal } from './guards.js';

/** A value y in whole period t, counted from any origin. */
export interface TimedValue {
  readonly t: number;
  readonly y: number;
}

/**
 * Slopes between all pairs of points, sorted: n(n-1)/2 of them.
 * @param points strictly ascending whole periods
 * @throws RangeError on periods that are not whole or out of order, and on values not finite
 * @example pairwiseSlopes([{ t: 0, y: 1 }, { t: 1, y: 3 }, { t: 3, y: 4 }]) // => [0.5, 1, 2]
 */
export function pairwiseSlopes(points: readonly TimedValue[]): Float64Array {
  const slopes: number[] = [];
  for (const [i, from] of points.entries()) {
    requireCount(from.t, 't');
    requireReal(from.y, 'y');
    for (const to of points.slice(i + 1)) {
      if (to.t <= from.t) throw new RangeError(`t must ascend, but ${to.t} follows ${from.t}`);
      slopes.push((to.y - from.y) / (to.t - from.t));
    }
  }
  return Float64Array.from(slopes).sort();
}
