import { type BinomialPoint, requireBinomialPoints } from './binomial-point.js';

/**
 * Odds ratio p2(1 - p1) / (p1(1 - p2)), the cross-product of the four counts.
 *
 * Without Haldane's 1/2: where a count of 0 would make it infinite it is null, not repaired.
 * @param first k of n munitions before
 * @param second k of n munitions after
 * @returns null if the first rate is 0, the second is 1, or either n is 0
 * @throws RangeError on NaN, negatives, fractions and k > n
 * @example oddsRatio({ k: 1, n: 4 }, { k: 3, n: 4 }) // => 9
 */
export function oddsRatio(first: BinomialPoint, second: BinomialPoint): number | null {
  requireBinomialPoints([first, second]);
  if (first.k === 0 || second.k === second.n) return null;
  return (second.k / first.k) * ((first.n - first.k) / (second.n - second.k));
}
