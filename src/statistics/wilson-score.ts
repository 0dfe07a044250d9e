/**
 * Both Wilson limits for k of n at a given Z, without guards and for fractions too.
 *
 * Wilson 1927, JASA 22, 209-212, solved so that neither limit cancels: the lower one is the
 * product of both roots over the upper one. Exactly 0 at k = 0 and exactly 1 at k = n.
 * Call wilsonInterval for counts, wilsonEffective for counts over a dispersion.
 * @param k successes, 0 <= k <= n, not necessarily whole
 * @param n trials, n > 0, not necessarily whole
 * @param z normal quantile, z >= 0
 * @example wilsonScore(0.5, 1, 0) // => [0.5, 0.5]
 */
export function wilsonScore(k: number, n: number, z: number): [number, number] {
  const reach = 2 * k + z * z + z * Math.sqrt(z * z + (4 * k * (n - k)) / n);
  const lower = k === 0 ? 0 : ((2 * k) / reach) * (k / n);
  const upper = k === n ? 1 : reach / (2 * (n + z * z));
  return [lower, upper];
}
