import { type BinomialPoint, requireBinomialPoints } from './binomial-point.js';

/**
 * Relative risk p2/p1: how many times the first rate the second one is.
 * @param first k of n munitions before
 * @param second k of n munitions after
 * @returns null if either n is 0 or the first rate is 0
 * @throws RangeError on NaN, negatives, fractions and k > n
 * @example relativeRisk({ k: 1, n: 4 }, { k: 3, n: 4 }) // => 3
 */
export function relativeRisk(first: BinomialPoint, second: BinomialPoint): number | null {
  requireBinomialPoints([first, second]);
  if (first.k === 0 || second.n === 0) return null;
  return second.k / second.n / (first.k / first.n);
}
