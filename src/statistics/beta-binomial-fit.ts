// Over 60 lines: the search over mu, the search over theta and both limits are one argument.
import { betaBinomialLikelihood } from './beta-binomial-likelihood.js';
import { type Tally, tallies } from './beta-binomial-tallies.js';
import { type BinomialPoint, poolPoints } from './binomial-point.js';

/** Mean rate and correlation between munitions of a night; alpha and beta null where infinite. */
export interface BetaBinomial {
  readonly mu: number;
  readonly rho: number;
  readonly alpha: number | null;
  readonly beta: number | null;
  readonly log_likelihood: number;
}

/**
 * Beta-binomial maximum likelihood: every night draws its own rate from Beta(alpha, beta), with
 * mu = α/(α+β) and rho = 1/(α+β+1).
 *
 * Williams 1975, Biometrics 31, 949-952. The likelihood is concave in mu, so it is maximised over
 * mu inside, and that profile over log theta, theta = 1/(α+β), outside. Unlike the pooled rate, mu
 * weighs nights nearly alike once rho is large.
 * @param points nights in any order; n <= 1e6, because cost and memory grow with it
 * @returns rho = 0, alpha and beta null where nights vary no more than binomial ones; rho = 1,
 * alpha = beta = 0 where every night is 0/n or n/n; null for a pooled rate of 0 or 1 and if no n >
 * 1
 * @throws RangeError on NaN, negatives, fractions, k > n and n > 1e6
 * @example
 * betaBinomialFit([{ k: 0, n: 2 }, { k: 2, n: 2 }]) // => { mu: 0.5, rho: 1, alpha: 0, beta: 0,
 * // log_likelihood: -1.3862943611198906 }
 */
export function betaBinomialFit(points: readonly BinomialPoint[]): BetaBinomial | null {
  const { k, n } = poolPoints(points);
  if (points.some((night) => night.n > 1e6)) throw new RangeError('n must be at most 1e6');
  if (k === 0 || k === n || points.every((night) => night.n < 2)) return null;
  const used = points.filter((night) => night.n > 0);
  if (used.every((night) => night.k === 0 || night.k === night.n)) {
    const [all, mu] = [used.length, used.filter((night) => night.k > 0).length / used.length];
    const value = all * (mu * Math.log(mu) + (1 - mu) * Math.log(1 - mu));
    return { mu, rho: 1, alpha: 0, beta: 0, log_likelihood: value };
  }
  const counted = tallies(used);
  const binomial = betaBinomialLikelihood(counted, k / n, 0);
  const { mu, theta, value } = interiorMaximum(counted);
  if (binomial.by_theta <= 0 && value <= binomial.value + 1e-9) {
    return { mu: k / n, rho: 0, alpha: null, beta: null, log_likelihood: binomial.value };
  }
  const [alpha, beta] = [mu / theta, (1 - mu) / theta];
  return { mu, rho: theta / (1 + theta), alpha, beta, log_likelihood: value };
}

/** A grid finds the hill, since small samples may have two; bisection of the slope its top. */
function interiorMaximum(counted: readonly Tally[]) {
  const profile = (logTheta: number) => {
    const theta = Math.exp(logTheta);
    const mu = bestMu(counted, theta);
    return { logTheta, theta, mu, ...betaBinomialLikelihood(counted, mu, theta) };
  };
  const grid = Array.from({ length: 61 }, (_, i) => profile(i - 30));
  const top = grid.reduce((best, point) => (point.value > best.value ? point : best));
  let [low, high] = [top.logTheta - 1, top.logTheta + 1];
  while (high - low > 1e-13) {
    const middle = (low + high) / 2;
    [low, high] = profile(middle).by_theta > 0 ? [middle, high] : [low, middle];
  }
  return profile(low);
}

/** Newton's method, halving the bracket instead wherever a step would leave it. */
function bestMu(counted: readonly Tally[], theta: number): number {
  let [low, high, mu, step] = [0, 1, 0.5, 1];
  for (let i = 0; i < 200 && Math.abs(step) > 1e-16 * mu; i++) {
    const { by_mu, curvature } = betaBinomialLikelihood(counted, mu, theta);
    [low, high] = by_mu > 0 ? [mu, high] : [low, mu];
    const newton = mu - by_mu / curvature;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    step = next - mu;
    mu = next;
  }
  return mu;
}
