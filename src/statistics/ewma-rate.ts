import { type Cluster, requireClusters } from './binomial-point.js';
import { ewma } from './ewma.js';

/**
 * Exponentially weighted rate: EWMA of k over EWMA of n, so that a night weighs as it launched.
 *
 * Preferred to ewma of nightly rates, in which a night of 2 moves the curve as far as one of 800.
 * @param nights k of n in order of time, one per night with a report; k > n is let through
 * @param alpha weight of the newest night, 0 < alpha <= 1
 * @returns one rate per night; null until something was launched, and where it would exceed 1
 * @throws RangeError on NaN, negatives, fractions and alpha outside its domain
 * @example ewmaRate([{ k: 1, n: 1 }, { k: 0, n: 4 }], 0.2) // => [1, 0.5]
 */
export function ewmaRate(nights: readonly Cluster[], alpha = 0.2): (number | null)[] {
  requireClusters(nights);
  const launched = ewma(
    nights.map(({ n }) => n),
    alpha,
  );
  return ewma(
    nights.map(({ k }) => k),
    alpha,
  ).map((k, i) => {
    const n = launched[i] as number;
    return n === 0 || k > n ? null : k / n;
  });
}
