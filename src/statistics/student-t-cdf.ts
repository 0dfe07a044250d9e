import { studentTDensity } from './student-t-density.js';

/**
 * Probability that a Student t variable is at most t, to 1e-12 relative in the lower tail.
 *
 * I_x(df/2, 1/2) as its power series within 3, which has positive terms only, and beyond as the
 * Stieltjes fraction of 2F1(1, 1/2; df/2 + 1; -df/t²), the counterpart of Laplace's for the normal:
 * the usual fraction (Numerical Recipes) loses as many digits as df has.
 * @param t any real number
 * @param df degrees of freedom, 1 <= df <= 1e6, not necessarily whole
 * @throws RangeError if t is not finite or df is outside its domain
 * @example studentTCdf(-2.5, 10) // => 0.015723422118304388
 */
export function studentTCdf(t: number, df: number): number {
  const x = Math.abs(t);
  const front = x * studentTDensity(t, df);
  const tail =
    x < 3
      ? 0.5 - front * centralSeries(x, df)
      : (front * (1 / df + 1 / x / x)) / tailFraction(x, df);
  return t < 0 ? tail : 1 - tail;
}

function centralSeries(x: number, df: number): number {
  const y = (x * x) / (df + x * x);
  let [sum, term] = [1, 1];
  for (let i = 0; term > 1e-17 * sum; i++) {
    term *= (((df + 1) / 2 + i) / (1.5 + i)) * y;
    sum += term;
  }
  return sum;
}

function tailFraction(x: number, df: number): number {
  const a = df / 2;
  let value = 1;
  for (let i = 200; i > 0; i--) {
    const m = Math.floor(i / 2);
    const top = i % 2 === 0 ? m * (a - 0.5 + m) : (m + 0.5) * (a + m);
    value = 1 + ((top / (a + i - 1) / (a + i)) * (df / x / x)) / value;
  }
  return value;
}
