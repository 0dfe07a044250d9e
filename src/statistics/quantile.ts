import { requireReal } from './guards.js';

/**
 * Value at a fractional rank of a sorted list, by linear interpolation between its neighbours.
 * @param sorted at least one number, ascending
 * @param rank from 1 to the length of the list; beyond, the first or last value
 * @example valueAtRank([10, 20, 40], 2.5) // => 30
 */
export function valueAtRank(sorted: readonly number[] | Float64Array, rank: number): number {
  const at = Math.min(sorted.length, Math.max(1, rank)) - 1;
  const lower = sorted[Math.floor(at)] as number;
  const upper = sorted[Math.ceil(at)] as number;
  return lower + (at - Math.floor(at)) * (upper - lower);
}

/**
 * Sample quantile of type 7 of Hyndman & Fan 1996: linear interpolation at rank 1 + (n - 1)p.
 *
 * Type 7, because it is the default of R, NumPy and spreadsheets; no other one matches them.
 * @param values real numbers in any order, in one unit
 * @param p share below the quantile, 0 <= p <= 1
 * @returns null for an empty list
 * @throws RangeError on a value that is not finite and on p outside 0..1
 * @example quantile([1, 2, 3, 4], 0.25) // => 1.75
 */
export function quantile(values: readonly number[], p: number): number | null {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p must be from 0 to 1, not ${p}`);
  const sorted = Float64Array.from(values, (value) => requireReal(value, 'value')).sort();
  return sorted.length === 0 ? null : valueAtRank(sorted, 1 + (sorted.length - 1) * p);
}
