import type { LogisticPoint } from './logistic-separation.js';

/**
 * Pearson's chi-squared and the deviance of nights about a logistic line.
 *
 * phi comes from the former, which is less biased on small nights (McCullagh & Nelder 1989, 4.5).
 * @param points nights in any order, n > 0, not guarded
 * @param line logit p = intercept + slope · x
 * @returns both infinite where a night has an outcome to which the line gives no chance in a double
 * @example
 * logisticMisfit([{ x: 0, k: 1, n: 1 }], { intercept: 0, slope: 0 }) // => { chi_squared: 1,
 * // deviance: 1.3862943611198906 }
 */
export function logisticMisfit(
  points: readonly LogisticPoint[],
  line: { readonly intercept: number; readonly slope: number },
): { chi_squared: number; deviance: number } {
  let [chiSquared, deviance] = [0, 0];
  for (const { x, k, n } of points) {
    const logit = line.intercept + line.slope * x;
    const [p, q] = [1 / (1 + Math.exp(-logit)), 1 / (1 + Math.exp(logit))];
    const residual = k * q - (n - k) * p;
    // Far out p or q underflows: a night that agrees adds 0, not 0/0.
    chiSquared += residual === 0 ? 0 : residual ** 2 / (n * p * q);
    if (k > 0) deviance += 2 * k * Math.log(k / (n * p));
    if (k < n) deviance += 2 * (n - k) * Math.log((n - k) / (n * q));
  }
  return { chi_squared: chiSquared, deviance };
}
