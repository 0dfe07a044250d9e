/**
 * Minus twice the binomial log-likelihood of k of n at its own rate k/n, without coefficients:
 * -2 (k ln(k/n) + (n-k) ln((n-k)/n)), with 0 ln 0 = 0.
 * @param k successes, 0 <= k <= n, not guarded: this is the inner loop of the search
 * @param n trials
 * @example binomialCost(1, 2) // => 2.772588722239781
 */
export function binomialCost(k: number, n: number): number {
  const misses = n - k;
  return k === 0 || misses === 0 ? 0 : -2 * (k * Math.log(k / n) + misses * Math.log(misses / n));
}
