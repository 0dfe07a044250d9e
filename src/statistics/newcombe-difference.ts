import { type BinomialPoint, requireBinomialPoints } from './binomial-point.js';
import { criticalZ } from './critical-z.js';
import { wilsonScore } from './wilson-score.js';

/** Second rate minus first rate, as a difference of proportions. */
export interface RateDifference {
  readonly difference: number;
  readonly interval: readonly [number, number];
}

/**
 * Newcombe's hybrid score interval for the difference of two rates, p2 - p1.
 *
 * Newcombe 1998, Stat. Med. 17, 873-890, method 10: Wilson limits l, u of each rate combined as
 * d - √((p2-l2)² + (u1-p1)²), d + √((u2-p2)² + (p1-l1)²). Stays within -1..1. Binomial noise only.
 * @param first k of n munitions before
 * @param second k of n munitions after
 * @param level confidence level, 0 < level < 1
 * @returns null if either n is 0
 * @throws RangeError on NaN, negatives, fractions, k > n and a bad level
 * @example
 * newcombeDifference({ k: 48, n: 80 }, { k: 56, n: 70 }) // => { difference: 0.2,
 * // interval: [0.0524314724023649, 0.333872654036906] }
 */
export function newcombeDifference(
  first: BinomialPoint,
  second: BinomialPoint,
  level = 0.95,
): RateDifference | null {
  requireBinomialPoints([first, second]);
  const z = criticalZ(level);
  if (first.n === 0 || second.n === 0) return null;
  const [p1, p2] = [first.k / first.n, second.k / second.n];
  const [l1, u1] = wilsonScore(first.k, first.n, z);
  const [l2, u2] = wilsonScore(second.k, second.n, z);
  const difference = p2 - p1;
  return {
    difference,
    interval: [
      difference - Math.hypot(p2 - l2, u1 - p1),
      difference + Math.hypot(u2 - p2, p1 - l1),
    ],
  };
}
