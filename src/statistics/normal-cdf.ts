import { requireReal } from './guards.js';

const SERIES_LIMIT = 3;
const FRACTION_DEPTH = 150;

/**
 * Probability that a standard normal variable is at most z, to 1e-12 relative in the lower tail.
 *
 * Taylor series about 0 within 3 standard deviations (Marsaglia 2004, J. Stat. Software 11(4)),
 * Laplace's continued fraction beyond, where the series would cancel.
 * @param z any real number; beyond -38.6 the answer underflows to 0
 * @throws RangeError if z is not finite
 * @example normalCdf(-1.959963984540054) // => 0.025
 */
export function normalCdf(z: number): number {
  const x = Math.abs(requireReal(z, 'z'));
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const tail = x < SERIES_LIMIT ? 0.5 - density * oddSeries(x) : density / laplaceFraction(x);
  return z < 0 ? tail : 1 - tail;
}

/** x + x^3/3 + x^5/(3·5) + ... */
function oddSeries(x: number): number {
  let [term, sum, previous] = [x, x, Number.NaN];
  for (let i = 3; sum !== previous; i += 2) {
    previous = sum;
    term *= (x * x) / i;
    sum += term;
  }
  return sum;
}

/** x + 1/(x + 2/(x + 3/(x + ...))), from the inside out. */
function laplaceFraction(x: number): number {
  let value = x;
  for (let i = FRACTION_DEPTH; i > 0; i--) value = x + i / value;
  return value;
}
