import { incompleteGamma } from './incomplete-gamma.js';
import { logGamma } from './log-gamma.js';
import { normalQuantile } from './normal-quantile.js';

/**
 * Probability that a chi-squared variable is at most x, to 1e-12 relative in the lower tail.
 * @param x 0 <= x <= 1e100
 * @param df degrees of freedom, 0 < df <= 1e6, not necessarily whole
 * @throws RangeError outside these domains
 * @example chiSquaredCdf(3.841458820694124, 1) // => 0.95
 */
export function chiSquaredCdf(x: number, df: number): number {
  return incompleteGamma(df / 2, x / 2).lower;
}

/**
 * Probability that a chi-squared variable exceeds x: the p of a dispersion test, to 1e-12 relative.
 * @param x 0 <= x <= 1e100
 * @param df degrees of freedom, 0 < df <= 1e6, not necessarily whole
 * @throws RangeError outside these domains
 * @example chiSquaredUpperTail(100, 1) // => 1.5239706048321052e-23
 */
export function chiSquaredUpperTail(x: number, df: number): number {
  return incompleteGamma(df / 2, x / 2).upper;
}

/**
 * The x below which a chi-squared variable falls with probability p, to 1e-12 relative.
 *
 * Newton's method on the logarithm of the smaller tail, from the cube-root normal approximation of
 * Wilson & Hilferty 1931 or, where that fails, from the first term of the series.
 * @param p probability, 1e-50 <= p <= 1 - 1e-16
 * @param df degrees of freedom, 1 <= df <= 1e6, not necessarily whole
 * @throws RangeError outside these domains
 * @example chiSquaredQuantile(0.95, 1) // => 3.841458820694124
 */
export function chiSquaredQuantile(p: number, df: number): number {
  const a = df / 2;
  const cube = 1 - 1 / (9 * a) + normalQuantile(p) / Math.sqrt(9 * a);
  if (p < 1e-50 || a < 0.5) throw new RangeError(`p must be from 1e-50, df from 1: ${p}, ${df}`);
  let x = Math.max(a * cube ** 3, Math.exp((Math.log(p) + logGamma(a + 1)) / a));
  for (let i = 0, change = 1; Math.abs(change) > 1e-13 && i < 50; i++) {
    const { lower, upper, x_density } = incompleteGamma(a, x);
    if (p <= 0.5) {
      change = (Math.log(p / lower) * lower) / x_density;
      x *= Math.exp(change);
    } else {
      change = (Math.log(upper / (1 - p)) * upper) / x_density;
      x += x * change;
    }
  }
  return 2 * x;
}
