import type { Tally } from './beta-binomial-tallies.js';

/** Log-likelihood with its binomial coefficients, its slopes, and its curvature in mu. */
export interface Likelihood {
  readonly value: number;
  readonly by_mu: number;
  readonly by_theta: number;
  readonly curvature: number;
}

/**
 * Beta-binomial log-likelihood at mu = α/(α+β) and theta = 1/(α+β): Σ ln(mu + j·theta) over hits
 * + Σ ln(1-mu + j·theta) over misses - Σ ln(1 + j·theta) over trials + Σ ln(n choose k).
 * @param counted from tallies
 * @param mu mean rate, 0 < mu < 1
 * @param theta from 0, which is the binomial distribution
 * @example
 * betaBinomialLikelihood([{ j: 0, hits: 1, misses: 0, trials: 1 }], 0.5, 0) // => {
 * // value: -0.6931471805599453, by_mu: 2, by_theta: 0, curvature: -4 }
 */
export function betaBinomialLikelihood(
  counted: readonly Tally[],
  mu: number,
  theta: number,
): Likelihood {
  let [value, byMu, byTheta, curvature] = [0, 0, 0, 0];
  for (const { j, hits, misses, trials } of counted) {
    const [up, down, all] = [mu + j * theta, 1 - mu + j * theta, 1 + j * theta];
    value += hits * Math.log(up) + misses * Math.log(down) - trials * Math.log(all);
    value += (trials - hits - misses) * Math.log(j + 1);
    byMu += hits / up - misses / down;
    byTheta += j * (hits / up + misses / down - trials / all);
    curvature -= hits / (up * up) + misses / (down * down);
  }
  return { value, by_mu: byMu, by_theta: byTheta, curvature };
}
