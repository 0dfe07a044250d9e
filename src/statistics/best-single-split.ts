import { binomialCost } from './binomial-cost.js';
import { type BinomialPoint, poolPoints } from './binomial-point.js';
import { requireCount, requirePhi } from './guards.js';

/**
 * The one change that explains most: where cost(all) - cost(left) - cost(right) is largest.
 *
 * The gain is a likelihood-ratio statistic over the dispersion. It has no penalty, so there is
 * always an answer: compare the gain with the penalty of changePoints before calling it a change.
 * @param points k of n per night or month, in order of time; 0/0 is allowed
 * @param minSegment least number of points on either side, whole, from 1
 * @param phi dispersion of nights about a rate that stays, from 0
 * @returns start is the index of the first point after the change, the earliest of equal ones; null
 * for a series too short, nothing launched, and for phi = 0 (below 1e-12)
 * @throws RangeError on NaN, negatives, fractions, k > n and parameters outside their domain
 * @example
 * bestSingleSplit([{ k: 0, n: 2 }, { k: 2, n: 2 }], 1, 1) // => { start: 1,
 * // gain: 5.545177444479562 }
 */
export function bestSingleSplit(
  points: readonly BinomialPoint[],
  minSegment: number,
  phi: number,
): { readonly start: number; readonly gain: number } | null {
  if (requireCount(minSegment, 'minSegment') === 0)
    throw new RangeError('minSegment must be from 1');
  const all = poolPoints(points);
  if (requirePhi(phi) === 0 || all.n === 0) return null;
  let [k, n] = [0, 0];
  let best: { start: number; gain: number } | null = null;
  for (const [start, point] of points.entries()) {
    if (start >= minSegment && points.length - start >= minSegment) {
      const parts = binomialCost(k, n) + binomialCost(all.k - k, all.n - n);
      // Equal rates on both sides leave rounding noise of either sign.
      const gain = Math.max(0, binomialCost(all.k, all.n) - parts) / phi;
      if (best === null || gain > best.gain) best = { start, gain };
    }
    k += point.k;
    n += point.n;
  }
  return best;
}
