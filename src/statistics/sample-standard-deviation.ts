import { mean } from './mean.js';

/**
 * Standard deviation of a sample: the root of Σ(x - mean)² / (n - 1).
 *
 * n - 1, not n: the nights are a sample of what could have been. Two passes, which do not cancel.
 * @param values real numbers in one unit
 * @returns null for fewer than two values
 * @throws RangeError on a value that is not finite
 * @example sampleStandardDeviation([1, 2, 6]) // => 2.6457513110645907
 */
export function sampleStandardDeviation(values: readonly number[]): number | null {
  const centre = mean(values);
  if (centre === null || values.length < 2) return null;
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
