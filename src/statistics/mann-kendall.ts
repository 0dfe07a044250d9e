import { mannKendallVariance, tieGroups } from './mann-kendall-variance.js';
import { normalCdf } from './normal-cdf.js';

/** Mann-Kendall test of a series; ties are the sizes of groups of equal values. */
export interface MannKendall {
  readonly n: number;
  readonly s: number;
  readonly ties: readonly number[];
  readonly var_s: number;
  readonly z: number;
  readonly p_two_sided: number;
  readonly tau_b: number;
}

/**
 * Mann-Kendall trend test: S = Σ sign(x_j - x_i) over i < j, with its normal p and tau-b.
 *
 * Variance with ties, z = (S -/+ 1)/√var (continuity correction), as Kendall 1975; tau-b, not
 * tau-a, so that ties do not pull it to 0. It takes values as independent: see hamedRao.
 * @param series values in order of time
 * @returns null for fewer than two values and where all are equal
 * @throws RangeError on a value that is not finite
 * @example
 * mannKendall([1, 2, 2, 3]) // => { n: 4, s: 5, ties: [2], var_s: 7.666666666666667,
 * // z: 1.4446302370292303, p_two_sided: 0.14856177489186861, tau_b: 0.9128709291752769 }
 */
export function mannKendall(series: readonly number[]): MannKendall | null {
  const [n, ties] = [series.length, tieGroups(series)];
  const variance = mannKendallVariance(n, ties);
  if (variance === 0) return null;
  let s = 0;
  for (const [i, earlier] of series.entries()) {
    for (const later of series.slice(i + 1)) s += Math.sign(later - earlier);
  }
  const z = (s - Math.sign(s)) / Math.sqrt(variance);
  const pairs = (n * (n - 1)) / 2;
  const tied = ties.reduce((sum, q) => sum + (q * (q - 1)) / 2, 0);
  return {
    n,
    s,
    ties,
    var_s: variance,
    z,
    p_two_sided: 2 * normalCdf(-Math.abs(z)),
    tau_b: s / Math.sqrt(pairs * (pairs - tied)),
  };
}
