import { requireReal } from './guards.js';

/**
 * Exponentially weighted moving average: y0 = x0, y = alpha·x + (1 - alpha)·y.
 *
 * Starts at the first value, not at a mean of later ones: no figure may depend on the future. One
 * step per value: nights with reports, not calendar days.
 * @param values real numbers in order of time
 * @param alpha weight of the newest value, 0 < alpha <= 1
 * @returns one average per value
 * @throws RangeError on a value that is not finite and on alpha outside its domain
 * @example ewma([1, 0, 0.5], 0.2) // => [1, 0.8, 0.74]
 */
export function ewma(values: readonly number[], alpha = 0.2): number[] {
  if (!(alpha > 0 && alpha <= 1)) throw new RangeError(`alpha must be in (0, 1], not ${alpha}`);
  let average = 0;
  return values.map((value, i) => {
    requireReal(value, 'value');
    average = i === 0 ? value : alpha * value + (1 - alpha) * average;
    return average;
  });
}
