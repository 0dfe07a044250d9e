import { requireReal } from './guards.js';

/**
 * Arithmetic mean, each value counting the same.
 *
 * Of nightly rates this is not the pooled rate: a night of 2 would weigh as much as one of 800.
 * @param values real numbers in one unit
 * @returns null for an empty list
 * @throws RangeError on a value that is not finite
 * @example mean([1, 2, 6]) // => 3
 */
export function mean(values: readonly number[]): number | null {
  const sum = values.reduce((total, value) => total + requireReal(value, 'value'), 0);
  return values.length === 0 ? null : sum / values.length;
}
