import { criticalZ } from './critical-z.js';
import { mannKendallVariance, tieGroups } from './mann-kendall-variance.js';
import { median } from './median.js';
import { pairwiseSlopes, type TimedValue } from './pairwise-slopes.js';
import { valueAtRank } from './quantile.js';

/** Median slope per period, the line through the medians, and what the interval rests on. */
export interface TheilSen {
  readonly slope: number;
  readonly intercept: number;
  readonly pairs: number;
  readonly c: number;
  readonly interval: readonly [number, number];
}

/**
 * Theil-Sen trend: the median of the slopes between all pairs of points.
 *
 * Sen 1968, JASA 63; intercept median(y) - slope·median(t). Interval of Gilbert 1987, ch. 16: with
 * C = Z√var(S), the slopes at ranks (N - C)/2 and (N + C)/2 + 1, interpolated, kept within 1..N.
 * Costs n² log n: about 1 s for 3,650 points.
 * @param points strictly ascending whole periods; gaps are allowed and count as time
 * @param level confidence level, 0 < level < 1
 * @returns in units of y per period; null for fewer than two points
 * @throws RangeError on periods out of order, values that are not finite and a bad level
 * @example
 * theilSen([{ t: 0, y: 1 }, { t: 1, y: 3 }, { t: 3, y: 4 }]) // => { slope: 1, intercept: 2,
 * // pairs: 3, c: 3.7530452980495443, interval: [0.5, 2] }
 */
export function theilSen(points: readonly TimedValue[], level = 0.95): TheilSen | null {
  const z = criticalZ(level);
  const y = points.map((point) => point.y);
  const variance = mannKendallVariance(points.length, tieGroups(y));
  const slopes = pairwiseSlopes(points);
  const [middleT, middleY] = [median(points.map((point) => point.t)), median(y)];
  if (slopes.length === 0 || middleT === null || middleY === null) return null;
  const [pairs, c] = [slopes.length, z * Math.sqrt(variance)];
  const slope = valueAtRank(slopes, (pairs + 1) / 2);
  const lower = valueAtRank(slopes, (pairs - c) / 2);
  const upper = valueAtRank(slopes, (pairs + c) / 2 + 1);
  return {
    slope,
    intercept: middleY - slope * middleT,
    pairs,
    c,
    interval: [lower, upper],
  };
}
