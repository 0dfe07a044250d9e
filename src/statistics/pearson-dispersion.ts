import { type BinomialPoint, poolPoints } from './binomial-point.js';

/** Pearson chi-squared of nights, its degrees of freedom, and phi = chi_squared / df. */
export interface Dispersion {
  readonly chi_squared: number;
  readonly df: number;
  readonly phi: number;
}

/**
 * Dispersion of nights about their pooled rate: phi = Σ (k - np)²/(np(1-p)) / (N - 1).
 *
 * Pearson's form, not the deviance's, which is biased for small n (McCullagh & Nelder 1989, 4.5).
 * 1 is binomial noise; real nights are 3 to 17. May be below 1, is never floored. A night of 0/0
 * says nothing and is not counted.
 * @param points nights, in any order
 * @returns null for fewer than two nights and for a pooled rate of 0 or 1
 * @throws RangeError on NaN, negatives, fractions and k > n
 * @example
 * pearsonDispersion([{ k: 1, n: 4 }, { k: 3, n: 4 }]) // => { chi_squared: 2, df: 1, phi: 2 }
 */
export function pearsonDispersion(points: readonly BinomialPoint[]): Dispersion | null {
  return pearsonDispersionWithin([points]);
}

/**
 * Dispersion of nights about the rate of their own group: phi = Σ χ²_g / Σ (N_g - 1).
 *
 * Groups are months (`within_month`: change between months is not noise) or the two periods of a
 * comparison (then df = nights - 2). A group with rate 0 or 1 adds 0 to χ² and N_g - 1 to df.
 * @param groups nights by group; the order of groups and nights is irrelevant
 * @returns null if no group has a rate strictly between 0 and 1, or if df is 0
 * @throws RangeError on NaN, negatives, fractions and k > n
 * @example
 * pearsonDispersionWithin([[{ k: 1, n: 4 }, { k: 3, n: 4 }], [{ k: 1, n: 1 }, { k: 2, n: 2 }]])
 * // => { chi_squared: 2, df: 2, phi: 1 }
 */
export function pearsonDispersionWithin(
  groups: readonly (readonly BinomialPoint[])[],
): Dispersion | null {
  let [chiSquared, df, varied] = [0, 0, false];
  for (const group of groups) {
    const { k, n } = poolPoints(group);
    const p = k / n;
    const varies = k > 0 && k < n;
    let nights = 0;
    for (const night of group) {
      if (night.n === 0) continue;
      nights += 1;
      const residual = night.k - night.n * p;
      if (varies) chiSquared += (residual * residual) / (night.n * p * (1 - p));
    }
    df += Math.max(0, nights - 1);
    varied ||= varies;
  }
  return varied && df > 0 ? { chi_squared: chiSquared, df, phi: chiSquared / df } : null;
}
