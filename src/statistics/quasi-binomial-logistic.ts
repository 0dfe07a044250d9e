// Over 60 lines: thirteen results, each named, and the rules by which some are null.
import { requireBinomialPoints } from './binomial-point.js';
import { requireOpenProbability, requirePhi, requireReal } from './guards.js';
import { logisticFit } from './logistic-fit.js';
import { logisticMisfit } from './logistic-misfit.js';
import type { LogisticPoint } from './logistic-separation.js';
import { studentTCdf } from './student-t-cdf.js';
import { studentTQuantile } from './student-t-quantile.js';

// Beyond, one night contradicts the line so much that no dispersion can be stated.
const LARGEST_MISFIT = 1e100;

/** Logistic line of a rate on time; the quasi error is the binomial one times √phi. */
export interface QuasiBinomialLogistic {
  readonly nights: number;
  readonly intercept: number;
  readonly slope: number;
  readonly standard_error_binomial: number;
  readonly standard_error_quasi: number;
  readonly chi_squared: number;
  readonly deviance: number;
  readonly df: number;
  readonly phi: number;
  readonly t: number | null;
  readonly p_two_sided: number | null;
  readonly odds_ratio: number | null;
  readonly odds_ratio_interval: readonly [number, number] | null;
}

/**
 * Logistic regression of a rate on time, its error scaled by the dispersion: phi = χ²/(N - 2),
 * se = se_binomial · √phi, t and interval on N - 2 degrees of freedom.
 *
 * glm(family = quasibinomial) of R; McCullagh & Nelder 1989, 4.5. The fit itself is logisticFit.
 * The binomial error would call nearly every slope significant. A night of 0/0 is not counted.
 * @param points k of n nights at x; the odds ratio is per unit of x (x = days / 30: per 30 nights)
 * @param level confidence level, 0 < level < 1
 * @returns null for fewer than three nights and where no finite fit exists (or misfit); t and p
 * null where the line passes through every night (phi below 1e-12); odds ratios null beyond what a
 * double holds
 * @throws RangeError on NaN, negatives, fractions, k > n, x not finite and a bad level
 * @example
 * quasiBinomialLogistic([{ x: 0, k: 1, n: 4 }, { x: 1, k: 3, n: 4 }, { x: 2, k: 2, n: 4 }]) // => {
 * // nights: 3, intercept: -0.5108256237659908, slope: 0.5108256237659908,
 * // standard_error_binomial: 0.730296743337843, standard_error_quasi: 0.9043106644137572,
 * // chi_squared: 1.5333333333333332, deviance: 1.5876494966267798, df: 1,
 * // phi: 1.5333333333333332, t: 0.5648784691676138, p_two_sided: 0.6726536694773333,
 * // odds_ratio: 1.666666666666667,
 * // odds_ratio_interval: [0.00001704709374877003, 162947.29287672258] }
 */
export function quasiBinomialLogistic(
  points: readonly LogisticPoint[],
  level = 0.95,
): QuasiBinomialLogistic | null {
  requireOpenProbability(level, 'level');
  requireBinomialPoints(points);
  for (const { x } of points) requireReal(x, 'x');
  const used = points.filter(({ n }) => n > 0);
  const fit = used.length < 3 ? null : logisticFit(used);
  if (fit === null) return null;
  const df = used.length - 2;
  const { chi_squared, deviance } = logisticMisfit(used, fit);
  if (chi_squared > LARGEST_MISFIT) return null;
  const phi = requirePhi(chi_squared / df);
  const error = fit.standard_error * Math.sqrt(phi);
  const t = phi === 0 ? null : fit.slope / error;
  const reach = studentTQuantile((1 + level) / 2, df) * error;
  const [lower, upper] = [Math.exp(fit.slope - reach), Math.exp(fit.slope + reach)];
  return {
    nights: used.length,
    intercept: fit.intercept,
    slope: fit.slope,
    standard_error_binomial: fit.standard_error,
    standard_error_quasi: error,
    chi_squared,
    deviance,
    df,
    phi,
    t,
    p_two_sided: t === null ? null : 2 * studentTCdf(-Math.abs(t), df),
    odds_ratio: Math.exp(fit.slope) < Infinity ? Math.exp(fit.slope) : null,
    odds_ratio_interval: upper < Infinity ? [lower, upper] : null,
  };
}
