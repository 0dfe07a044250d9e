import { normalQuantile } from './normal-quantile.js';
import { studentTCdf } from './student-t-cdf.js';
import { studentTDensity } from './student-t-density.js';

/**
 * The t below which a Student t variable falls with probability p, to 1e-12 relative.
 *
 * Newton's method on the tail, from the normal quantile outwards: the tail is convex there and the
 * normal quantile never beyond the answer, so that no step overshoots.
 * @param p probability, 1e-50 <= p <= 1 - 1e-16
 * @param df degrees of freedom, 1 <= df <= 1e6, not necessarily whole
 * @throws RangeError outside these domains
 * @example studentTQuantile(0.975, 10) // => 2.228138851986274
 */
export function studentTQuantile(p: number, df: number): number {
  let [t, step] = [Math.abs(normalQuantile(p)), 0];
  if (p < 1e-50) throw new RangeError(`p must be from 1e-50, not ${p}`);
  const tail = Math.min(p, 1 - p);
  do {
    step = (studentTCdf(-t, df) - tail) / studentTDensity(t, df);
    t += step;
  } while (step > 1e-14 * t);
  return p < 0.5 ? -t : t;
}
