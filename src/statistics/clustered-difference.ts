import type { Cluster } from './binomial-point.js';
import { criticalZ } from './critical-z.js';
import type { RateDifference } from './newcombe-difference.js';
import { nightClusteredInterval } from './night-clustered-interval.js';

/**
 * Difference of two pooled rates with nights as clusters: d = p2 - p1, d -/+ Z·√(se1² + se2²).
 *
 * The honest companion of newcombeDifference: periods share no night, so their errors add in
 * squares. Not clipped. A night may have k > n.
 * @param first nights before
 * @param second nights after
 * @param level confidence level, 0 < level < 1
 * @returns null where nightClusteredInterval is null for either period
 * @throws RangeError on NaN, negatives, fractions and a bad level
 * @example
 * clusteredDifference([{ k: 1, n: 4 }, { k: 3, n: 4 }], [{ k: 4, n: 4 }, { k: 4, n: 4 }])
 * // => { difference: 0.5, standard_error: 0.25,
 * // interval: [0.010009003864986498, 0.9899909961350135] }
 */
export function clusteredDifference(
  first: readonly Cluster[],
  second: readonly Cluster[],
  level = 0.95,
): (RateDifference & { readonly standard_error: number }) | null {
  const [before, after] = [
    nightClusteredInterval(first, level),
    nightClusteredInterval(second, level),
  ];
  if (before === null || after === null) return null;
  const difference = after.value - before.value;
  const standardError = Math.hypot(before.standard_error, after.standard_error);
  const reach = criticalZ(level) * standardError;
  return {
    difference,
    standard_error: standardError,
    interval: [difference - reach, difference + reach],
  };
}
