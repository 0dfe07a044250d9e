import { requireReal } from './guards.js';

/**
 * Variance of S if there is no trend: (n(n-1)(2n+5) - Σ q(q-1)(2q+5)) / 18 over tie groups q.
 * @param n length of the series, whole
 * @param ties sizes of the groups of equal values
 * @example mannKendallVariance(4, [2]) // => 7.666666666666667
 */
export function mannKendallVariance(n: number, ties: readonly number[]): number {
  const term = (q: number) => q * (q - 1) * (2 * q + 5);
  return (term(n) - ties.reduce((sum, q) => sum + term(q), 0)) / 18;
}

/**
 * Sizes of the groups of equal values, ascending; a value that stands alone is no group.
 * @param values real numbers in any order
 * @throws RangeError on a value that is not finite
 * @example tieGroups([1, 2, 1, 3]) // => [2]
 */
export function tieGroups(values: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const value of values) {
    sizes.set(requireReal(value, 'value'), (sizes.get(value) ?? 0) + 1);
  }
  return [...sizes.values()].filter((size) => size > 1).sort((a, b) => a - b);
}
