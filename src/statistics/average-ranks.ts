import { requireReal } from './guards.js';

/**
 * Ranks from 1, tied values sharing the mean of the ranks they take up (R's "average").
 * @param values real numbers in any order
 * @returns the ranks in the order of the values
 * @throws RangeError on a value that is not finite
 * @example averageRanks([10, 30, 20, 10]) // => [1.5, 4, 3, 1.5]
 */
export function averageRanks(values: readonly number[]): number[] {
  const places = new Map<number, number[]>();
  const order = values.map((value, index) => ({ value: requireReal(value, 'value'), index }));
  for (const { value, index } of order.sort((a, b) => a.value - b.value)) {
    const tied = places.get(value) ?? [];
    tied.push(index);
    places.set(value, tied);
  }
  const ranks = new Array<number>(values.length).fill(0);
  let before = 0;
  for (const tied of places.values()) {
    for (const index of tied) ranks[index] = before + (tied.length + 1) / 2;
    before += tied.length;
  }
  return ranks;
}
