import { requireBinomialPoints } from './binomial-point.js';
import { criticalZ } from './critical-z.js';
import { requirePhi } from './guards.js';
import { wilsonScore } from './wilson-score.js';

/**
 * Wilson score interval on the effective sample size: k/phi of n/phi.
 *
 * The dispersion-adjusted form of wilsonInterval. k and n are whole, but k/phi and n/phi are not:
 * this is the one place where Wilson takes fractions. phi < 1 narrows the interval, unfloored.
 * @param k successes (munitions), whole, 0 <= k <= n
 * @param n trials (munitions), whole
 * @param phi Pearson dispersion of the nights, phi >= 0
 * @param level confidence level, 0 < level < 1
 * @returns [lower, upper] as proportions; null for n = 0 and for phi = 0 (below 1e-12)
 * @throws RangeError as wilsonInterval, and on a negative or infinite phi
 * @example wilsonEffective(580, 670, 10) // => [0.7639962773866296, 0.927689083357045]
 */
export function wilsonEffective(
  k: number,
  n: number,
  phi: number,
  level = 0.95,
): [number, number] | null {
  requireBinomialPoints([{ k, n }]);
  const z = criticalZ(level);
  return n === 0 || requirePhi(phi) === 0 ? null : wilsonScore(k / phi, n / phi, z);
}
