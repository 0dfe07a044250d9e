import { requireReal } from './guards.js';

/**
 * Density of Student's t distribution: the derivative of studentTCdf.
 * @param t any real number
 * @param df degrees of freedom, 1 <= df <= 1e6, not necessarily whole
 * @throws RangeError if t is not finite or df is outside its domain
 * @example studentTDensity(0, 1) // => 0.3183098861837907
 */
export function studentTDensity(t: number, df: number): number {
  requireReal(t, 't');
  if (!(df >= 1 && df <= 1e6)) throw new RangeError(`df must be from 1 to 1e6, not ${df}`);
  const kernel = Math.exp((-df / 2) * Math.log1p((t * t) / df));
  return (halfStepRatio(df / 2) * kernel) / Math.sqrt(Math.PI) / Math.sqrt(df + t * t);
}

/** Γ(a + 1/2) / Γ(a): asymptotic series from 60 on, recurrence below; logarithms would cancel. */
function halfStepRatio(a: number): number {
  let [at, factor] = [a, 1];
  for (; at < 60; at++) factor *= at / (at + 0.5);
  const series = [1, -1 / 8, 1 / 128, 5 / 1024, -21 / 32768, -399 / 262144, 869 / 4194304];
  return factor * Math.sqrt(at) * series.reduceRight((sum, term) => sum / at + term, 0);
}
