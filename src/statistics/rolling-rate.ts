import { type Cluster, requireClusters } from './binomial-point.js';
import { requireCount } from './guards.js';

/** Sums over the window that ends on a day, and their ratio. */
export interface RollingRate {
  readonly k: number;
  readonly n: number;
  readonly rate: number | null;
}

/**
 * Pooled rate over a trailing window of calendar days: sum over sum, the day itself included.
 *
 * By days of the calendar, not by reports: a silent night takes up time in the window and adds
 * nothing. Windows at the start are shorter, as far as the series reaches.
 * @param days one entry per calendar day without a gap, { k: 0, n: 0 } where there is no report;
 * a day may have k > n (an impossible claim stays in sums)
 * @param window length in days, whole, at least 1
 * @returns one entry per day; rate null if nothing was launched in the window, or if k > n in it
 * @throws RangeError on NaN, negatives, fractions and a window of 0
 * @example
 * rollingRate([{ k: 1, n: 2 }, { k: 0, n: 0 }, { k: 3, n: 4 }], 2) // => [
 * // { k: 1, n: 2, rate: 0.5 }, { k: 1, n: 2, rate: 0.5 }, { k: 3, n: 4, rate: 0.75 }]
 */
export function rollingRate(days: readonly Cluster[], window: number): RollingRate[] {
  requireClusters(days);
  if (requireCount(window, 'window') === 0) throw new RangeError('window must be at least 1');
  let [k, n] = [0, 0];
  return days.map((day, i) => {
    const gone = days[i - window] ?? { k: 0, n: 0 };
    k += day.k - gone.k;
    n += day.n - gone.n;
    return { k, n, rate: n === 0 || k > n ? null : k / n };
  });
}
