import { autocorrelations } from './autocorrelations.js';
import { averageRanks } from './average-ranks.js';
import { criticalZ } from './critical-z.js';
import { mannKendall } from './mann-kendall.js';
import { normalCdf } from './normal-cdf.js';
import { theilSen } from './theil-sen.js';

/** Mann-Kendall z and p after the variance was inflated (or deflated) by variance_factor. */
export interface HamedRao {
  readonly significant_lags: readonly number[];
  readonly variance_factor: number;
  readonly var_s: number;
  readonly z: number;
  readonly p_two_sided: number;
}

/**
 * Mann-Kendall test corrected for autocorrelation: var*(S) = var(S) · n/n*, where
 * n/n* = 1 + 2/(n(n-1)(n-2)) Σ (n-i)(n-i-1)(n-i-2) r_i.
 *
 * Hamed & Rao 1998, J. Hydrology 204, 182-196: r_i is the autocorrelation at lag i = 1..n-1 of the
 * ranks of the series less its Theil-Sen line, and only an r_i beyond Z/√n counts. Lags go by
 * position: the series should have no gaps.
 * @param series values in order of time, evenly spaced
 * @param level confidence level of the bound on r_i, 0 < level < 1
 * @returns null for fewer than four values, all equal ones, and a factor that is not positive
 * @throws RangeError on a value that is not finite and on a bad level
 * @example
 * hamedRao([1, 2, 4, 3]) // => { significant_lags: [], variance_factor: 1,
 * // var_s: 8.666666666666666, z: 1.0190493307301363, p_two_sided: 0.3081795474670539 }
 */
export function hamedRao(series: readonly number[], level = 0.95): HamedRao | null {
  const plain = mannKendall(series);
  const line = theilSen(series.map((y, t) => ({ t, y })));
  const bound = criticalZ(level) / Math.sqrt(series.length);
  if (plain === null || line === null || series.length < 4) return null;
  const n = series.length;
  const correlations = autocorrelations(averageRanks(detrended(series, line.slope)));
  const used = correlations.filter(({ r }) => Math.abs(r) > bound);
  const sum = used.reduce((s, { lag: i, r }) => s + (n - i) * (n - i - 1) * (n - i - 2) * r, 0);
  const factor = 1 + (2 / (n * (n - 1) * (n - 2))) * sum;
  if (factor <= 0) return null;
  const z = plain.z / Math.sqrt(factor);
  return {
    significant_lags: used.map(({ lag }) => lag),
    variance_factor: factor,
    var_s: plain.var_s * factor,
    z,
    p_two_sided: 2 * normalCdf(-Math.abs(z)),
  };
}

/** Residuals in units of 1e-12 of their size: rounding must not break ties on a straight line. */
function detrended(series: readonly number[], slope: number): number[] {
  const largest = Math.max(...series.map((y) => Math.abs(y)));
  return series.map((y, t) => Math.round(((y - slope * t) / largest) * 1e12));
}
