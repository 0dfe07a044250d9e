// Over 60 lines: series and fraction cover one function between them and share its leading factor.
import { logGamma, stirlingError } from './log-gamma.js';

/** Both tails of a gamma variable, and x times its density. */
export interface GammaTails {
  readonly lower: number;
  readonly upper: number;
  readonly x_density: number;
}

/**
 * Regularised incomplete gamma functions P(a, x) and Q(a, x), the smaller one to 1e-12 relative.
 *
 * Series for x < a + 1, continued fraction above (DLMF 8.11.4 and 8.9.2); the leading factor in
 * Loader's saddle-point form, because x^a, e^-x and Γ(a) cancel to three digits at a = 1,000.
 * @param a shape, 0 < a <= 5e5
 * @param x 0 <= x <= 1e100
 * @throws RangeError outside these domains
 * @example
 * incompleteGamma(1, 1) // => { lower: 0.6321205588285577, upper: 0.36787944117144233,
 * // x_density: 0.36787944117144233 }
 */
export function incompleteGamma(a: number, x: number): GammaTails {
  if (!(a > 0 && a <= 5e5)) throw new RangeError(`a must be above 0 and up to 5e5, not ${a}`);
  if (!(x >= 0 && x <= 1e100)) throw new RangeError(`x must be from 0 to 1e100, not ${x}`);
  const front = power(a, x);
  if (x < a + 1) {
    const lower = (front / a) * series(a, x);
    return { lower, upper: 1 - lower, x_density: front };
  }
  const upper = front / fraction(a, x);
  return { lower: 1 - upper, upper, x_density: front };
}

/** x^a e^-x / Γ(a) */
function power(a: number, x: number): number {
  if (x === 0) return 0;
  if (a < 15) return Math.exp(a * Math.log(x) - x - logGamma(a));
  const off = (x - a) / a;
  const log = Math.abs(off) < 0.5 ? Math.log1p(off) : Math.log(x / a);
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(a * (log - off) - stirlingError(a));
}

/** 1 + x/(a+1) + x²/((a+1)(a+2)) + ... */
function series(a: number, x: number): number {
  let [sum, term] = [1, 1];
  for (let i = 1; term > 1e-17 * sum; i++) {
    term *= x / (a + i);
    sum += term;
  }
  return sum;
}

/** x+1-a - 1(1-a)/(x+3-a - 2(2-a)/(x+5-a - ...)) by the modified Lentz method. */
function fraction(a: number, x: number): number {
  let value = x + 1 - a;
  let [c, d, change] = [value, 0, 0];
  for (let i = 1; Math.abs(change - 1) > 4e-16 && i < 20000; i++) {
    const term = i * (a - i);
    const next = x + 2 * i + 1 - a;
    d = 1 / (next + term * d);
    c = next + term / c;
    change = c * d;
    value *= change;
  }
  return value;
}
