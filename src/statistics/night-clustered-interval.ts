import { type Cluster, pool } from './binomial-point.js';
import { criticalZ } from './critical-z.js';

/** A pooled rate with the standard error that its nights show. */
export interface ClusteredRate {
  readonly value: number;
  readonly standard_error: number;
  readonly interval: readonly [number, number];
}

/**
 * Interval for a pooled rate with nights as clusters: p = Σk/Σn, p -/+ Z·se,
 * se² = N/(N-1) · Σ(k_i - p n_i)² / (Σn)².
 *
 * The ratio estimator of Cochran 1977, Sampling Techniques, ch. 6 and 9A, without finite-population
 * correction. Not clipped: a limit may lie outside 0..1. A night may have k > n, because impossible
 * claims stay in larger sums; a night of 0/0 is no cluster.
 * @param clusters nights, in any order; k and n whole munitions
 * @param level confidence level, 0 < level < 1
 * @returns proportions; null for N < 2, for Σn = 0 and for Σk > Σn, which is no rate
 * @throws RangeError on NaN, negatives, fractions and on a level outside 0..1
 * @example
 * nightClusteredInterval([{ k: 3, n: 4 }, { k: 1, n: 4 }]) // => { value: 0.5,
 * // standard_error: 0.25, interval: [0.010009003864986498, 0.9899909961350135] }
 */
export function nightClusteredInterval(
  clusters: readonly Cluster[],
  level = 0.95,
): ClusteredRate | null {
  const { k, n } = pool(clusters);
  const z = criticalZ(level);
  if (n === 0 || k > n) return null;
  const value = k / n;
  let [used, squares] = [0, 0];
  for (const night of clusters) {
    if (night.k + night.n > 0) used += 1;
    const residual = night.k - value * night.n;
    squares += residual * residual;
  }
  if (used < 2) return null;
  const standardError = Math.sqrt((used / (used - 1)) * squares) / n;
  return {
    value,
    standard_error: standardError,
    interval: [value - z * standardError, value + z * standardError],
  };
}
