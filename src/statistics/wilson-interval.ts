import { requireBinomialPoints } from './binomial-point.js';
import { criticalZ } from './critical-z.js';
import { wilsonScore } from './wilson-score.js';

/**
 * Wilson score interval for a rate k/n: every p that a score test would not reject.
 *
 * Chosen over Wald (leaves 0..1, collapses at k = 0) and Clopper-Pearson (too wide); no continuity
 * correction. Wilson 1927, JASA 22; Newcombe 1998, Stat. Med. 17, 857-872, method 3.
 * It knows binomial noise only: nights are more dispersed, see nightClusteredInterval.
 * @param k successes (munitions), whole, 0 <= k <= n
 * @param n trials (munitions), whole
 * @param level confidence level, 0 < level < 1
 * @returns [lower, upper] as proportions; null for n = 0
 * @throws RangeError on NaN, negatives, fractions, k > n and on a level outside 0..1
 * @example wilsonInterval(58, 67) // => [0.7639962773866296, 0.927689083357045]
 */
export function wilsonInterval(k: number, n: number, level = 0.95): [number, number] | null {
  requireBinomialPoints([{ k, n }]);
  const z = criticalZ(level);
  return n === 0 ? null : wilsonScore(k, n, z);
}
