import { quantile } from './quantile.js';

/**
 * The middle value, or the mean of the two middle values of an even number.
 * @param values real numbers in any order
 * @returns null for an empty list
 * @throws RangeError on a value that is not finite
 * @example median([3, 1, 2, 10]) // => 2.5
 */
export function median(values: readonly number[]): number | null {
  return quantile(values, 0.5);
}
