// Over 60 lines: the Newton step and the likelihood that checks it are of no use apart.
import { pool } from './binomial-point.js';
import { isSeparated, type LogisticPoint } from './logistic-separation.js';

const ROUNDS = 100;

/** logit p = intercept + slope · x, with the binomial standard error of the slope. */
export interface LogisticFit {
  readonly intercept: number;
  readonly slope: number;
  readonly standard_error: number;
}

/**
 * Maximum-likelihood line through the logits of k of n, by Newton's method with step halving.
 *
 * The same as iteratively reweighted least squares (McCullagh & Nelder 1989, 2.5), since the logit
 * is the canonical link. x is centred and scaled inside, so neither its origin nor its unit
 * matters. Without guards: quasiBinomialLogistic has them.
 * @param points nights in any order, n > 0
 * @returns null where no finite maximum exists: all k = 0 or all k = n, one x only (to 1e-12), or
 * every success on one side of every failure (complete or quasi-complete separation); null also
 * where Newton's method does not settle, which takes an x a million times farther out than the
 * others
 * @example
 * logisticFit([{ x: 0, k: 1, n: 2 }, { x: 1, k: 3, n: 4 }]) // => { intercept: 0,
 * // slope: 1.0986122886681098, standard_error: 1.8257418583505538 }
 */
export function logisticFit(points: readonly LogisticPoint[]): LogisticFit | null {
  if (isSeparated(points)) return null;
  const { n, k } = pool(points);
  const centre = points.reduce((sum, point) => sum + point.n * point.x, 0) / n;
  const spread = points.reduce((sum, point) => sum + point.n * (point.x - centre) ** 2, 0) / n;
  const scale = Math.sqrt(spread);
  if (scale <= 1e-12 * Math.max(...points.map(({ x }) => Math.abs(x)))) return null;
  const scaled = points.map((point) => ({ ...point, x: (point.x - centre) / scale }));
  let [a, b] = [Math.log(k / (n - k)), 0];
  for (let round = 0; round < ROUNDS; round++) {
    const { da, db, variance } = newtonStep(scaled, a, b);
    const least = logLikelihood(scaled, a, b) * (1 + 1e-12);
    let share = 1;
    // A step from far away may overshoot; near the maximum it gains less than the sum is rounded.
    while (logLikelihood(scaled, a + share * da, b + share * db) < least) share /= 2;
    a += share * da;
    b += share * db;
    if (Math.abs(da) + Math.abs(db) < 1e-9 * (1 + Math.abs(a) + Math.abs(b))) {
      const slope = b / scale;
      return { intercept: a - slope * centre, slope, standard_error: Math.sqrt(variance) / scale };
    }
  }
  return null;
}

/** Newton step from (a, b), and the variance of b there: the inverse of the information matrix. */
function newtonStep(points: readonly LogisticPoint[], a: number, b: number) {
  let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
  for (const { x, k, n } of points) {
    const [p, q] = [1 / (1 + Math.exp(-a - b * x)), 1 / (1 + Math.exp(a + b * x))];
    const [residual, weight] = [k * q - (n - k) * p, n * p * q];
    g0 += residual;
    g1 += residual * x;
    h00 += weight;
    h01 += weight * x;
    h11 += weight * x * x;
  }
  const determinant = h00 * h11 - h01 * h01;
  return {
    da: (h11 * g0 - h01 * g1) / determinant,
    db: (h00 * g1 - h01 * g0) / determinant,
    variance: h00 / determinant,
  };
}

function logLikelihood(points: readonly LogisticPoint[], a: number, b: number): number {
  const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  return points.reduce((sum, { x, k, n }) => {
    const logit = a + b * x;
    return sum - k * softplus(-logit) - (n - k) * softplus(logit);
  }, 0);
}
