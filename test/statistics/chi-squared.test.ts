import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chiSquaredCdf,
  chiSquaredQuantile,
  chiSquaredUpperTail,
} from '../../src/statistics/chi-squared.js';
import { incompleteGamma } from '../../src/statistics/incomplete-gamma.js';
import { logGamma, stirlingError } from '../../src/statistics/log-gamma.js';
import { expectClose, expectFinite, fromR } from './r-values.js';

interface Row {
  df: number;
  cdf: (number | null)[];
  upper: (number | null)[];
  quantile: number[];
}
const { x, p, rows } = fromR<{ x: number[]; p: number[]; rows: Row[] }>('chi_squared');
const gamma = fromR<{ x: number[]; value: number[] }>('log_gamma');

describe('chi-squared', () => {
  it.each(rows)('equals R pchisq, both tails, to 1e-12 relative on $df degrees', (row) => {
    for (const [i, at] of x.entries()) {
      const [lower, upper] = [row.cdf[i], row.upper[i]];
      if (lower !== null) expectClose(chiSquaredCdf(at, row.df), lower, 1e-12, `cdf ${at}`);
      if (upper !== null) expectClose(chiSquaredUpperTail(at, row.df), upper, 1e-12, `upper ${at}`);
    }
  });

  it.each(rows)('equals R qchisq to 1e-12 relative on $df degrees', (row) => {
    expectClose(
      p.map((at) => chiSquaredQuantile(at, row.df)),
      row.quantile,
      1e-12,
    );
  });

  it('has quantiles that the distribution function undoes, in both halves', () => {
    const at = fc.double({ min: 1e-12, max: 1 - 1e-9, noNaN: true });
    fc.assert(
      fc.property(at, fc.double({ min: 1, max: 1e4, noNaN: true }), (probability, df) => {
        const where = chiSquaredQuantile(probability, df);
        expectClose(chiSquaredCdf(where, df), probability, 1e-9);
        expectClose(chiSquaredUpperTail(where, df), 1 - probability, 1e-9);
      }),
    );
  });

  it('starts at 0 and ends at 1', () => {
    expect([chiSquaredCdf(0, 3), chiSquaredUpperTail(0, 3)]).toEqual([0, 1]);
    expect([chiSquaredCdf(0, 300), chiSquaredUpperTail(1e100, 300)]).toEqual([0, 0]);
    expectFinite(incompleteGamma(5e5, 5e5));
  });

  it('rejects what lies outside its domain', () => {
    for (const df of [0, -1, 2e6, Number.NaN]) {
      expect(() => chiSquaredCdf(1, df)).toThrow(RangeError);
      expect(() => chiSquaredQuantile(0.5, df)).toThrow(RangeError);
    }
    for (const at of [-1, 3e100, Number.NaN])
      expect(() => chiSquaredCdf(at, 3)).toThrow(RangeError);
    for (const at of [0, 1, 1e-51]) expect(() => chiSquaredQuantile(at, 3)).toThrow(RangeError);
  });
});

describe('logGamma', () => {
  it('equals R lgamma to 1e-12', () => {
    expectClose(gamma.x.map(logGamma), gamma.value, 1e-12);
  });

  it('is the logarithm of a factorial, and Stirling with its error below and above the series', () => {
    expect(logGamma(1)).toBeCloseTo(0, 14);
    for (const at of [3, 14.5, 15, 200]) {
      const stirling = 0.5 * Math.log(2 * Math.PI * at) + at * Math.log(at) - at;
      expectClose(stirling + stirlingError(at), logGamma(at + 1), 1e-14);
    }
  });

  it('rejects 0, negatives and what is not finite', () => {
    for (const at of [0, -1, Number.NaN]) {
      expect(() => logGamma(at)).toThrow(RangeError);
      expect(() => stirlingError(at)).toThrow(RangeError);
    }
    expect(() => logGamma(2e100)).toThrow(RangeError);
  });
});
