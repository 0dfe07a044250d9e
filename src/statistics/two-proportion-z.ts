import { type BinomialPoint, poolPoints } from './binomial-point.js';
import { requirePhi } from './guards.js';
import { normalCdf } from './normal-cdf.js';

/** Score statistic of a difference and its two-sided normal p. */
export interface ZTest {
  readonly z: number;
  readonly p_two_sided: number;
}

/**
 * Pooled two-proportion z test of p2 - p1, without continuity correction; over √phi if given.
 *
 * The plain form (phi = 1) takes munitions as independent and finds nearly every difference
 * significant; z/√phi with phi of the nights (pearsonDispersionWithin of both periods) does not.
 * @param first k of n munitions before
 * @param second k of n munitions after
 * @param phi Pearson dispersion of the nights, phi >= 0; never floored at 1
 * @returns null if either n is 0, if the pooled rate is 0 or 1, and for phi = 0 (below 1e-12)
 * @throws RangeError on NaN, negatives, fractions, k > n, and a negative or infinite phi
 * @example
 * twoProportionZ({ k: 48, n: 80 }, { k: 56, n: 70 }) // => { z: 2.6501719512585336,
 * // p_two_sided: 0.008045081368197149 }
 */
export function twoProportionZ(first: BinomialPoint, second: BinomialPoint, phi = 1): ZTest | null {
  const dispersion = requirePhi(phi);
  const { k, n } = poolPoints([first, second]);
  if (first.n === 0 || second.n === 0 || k === 0 || k === n || dispersion === 0) return null;
  const p = k / n;
  const variance = p * (1 - p) * (1 / first.n + 1 / second.n) * dispersion;
  const z = (second.k / second.n - first.k / first.n) / Math.sqrt(variance);
  return { z, p_two_sided: 2 * normalCdf(-Math.abs(z)) };
}
