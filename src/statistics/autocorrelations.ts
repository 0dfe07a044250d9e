import { mean } from './mean.js';

/**
 * Autocorrelations of a series at lags 1 to n - 1, as R's acf: both sums about the mean of the
 * whole series, the one at a lag not rescaled for its fewer terms, so that it fades at long lags.
 * @param series values in order of time, evenly spaced
 * @returns none for an empty or constant series, whose correlations are undefined; 0 where the
 * squares underflow
 * @throws RangeError on a value that is not finite
 * @example autocorrelations([1, 2, 3]) // => [{ lag: 1, r: 0 }, { lag: 2, r: -0.5 }]
 */
export function autocorrelations(series: readonly number[]): { lag: number; r: number }[] {
  const centre = mean(series);
  // Compared value by value: the mean of 0.1, 0.1, 0.1 is not 0.1, and its noise would correlate.
  if (centre === null || series.every((value) => value === series[0])) return [];
  const centred = series.map((value) => value - centre);
  const product = (lag: number) =>
    centred.slice(lag).reduce((sum, value, i) => sum + value * (centred[i] as number), 0);
  const variance = product(0);
  const r = (lag: number) => (variance === 0 ? 0 : product(lag) / variance);
  return centred.map((_, lag) => ({ lag, r: r(lag) })).slice(1);
}
