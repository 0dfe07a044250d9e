import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../src/statistics/normal-cdf.js';
import { studentTCdf } from '../../src/statistics/student-t-cdf.js';
import { studentTDensity } from '../../src/statistics/student-t-density.js';
import { studentTQuantile } from '../../src/statistics/student-t-quantile.js';
import { expectClose, fromR } from './r-values.js';

interface Row {
  df: number;
  cdf: (number | null)[];
  density: (number | null)[];
  quantile: number[];
}
const { t, p, rows } = fromR<{ t: number[]; p: number[]; rows: Row[] }>('student');
const degrees = fc.double({ min: 1, max: 1e6, noNaN: true });

describe("Student's t", () => {
  it.each(rows)('equals R dt and pt to 1e-12 relative on $df degrees of freedom', (row) => {
    for (const [i, at] of t.entries()) {
      if (row.cdf[i] !== null) expectClose(studentTCdf(at, row.df), row.cdf[i], 1e-12, `pt ${at}`);
      const density = row.density[i];
      if (density !== null) expectClose(studentTDensity(at, row.df), density, 1e-12, `dt ${at}`);
    }
  });

  it.each(rows)('equals R qt to 1e-12 relative on $df degrees of freedom', (row) => {
    expectClose(
      p.map((at) => studentTQuantile(at, row.df)),
      row.quantile,
      1e-12,
    );
  });

  it('has quantiles that the distribution function undoes', () => {
    const tail = fc.double({ min: 1e-40, max: 0.49, noNaN: true });
    fc.assert(
      fc.property(tail, degrees, (at, df) => {
        expectClose(studentTCdf(studentTQuantile(at, df), df), at, 1e-10);
      }),
    );
  });

  it('never falls, mirrors about 0 and has heavier tails than the normal', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 30, noNaN: true }), degrees, (at, df) => {
        expect(studentTCdf(at, df) + studentTCdf(-at, df)).toBeCloseTo(1, 14);
        expect(studentTCdf(-at - 0.1, df)).toBeLessThan(studentTCdf(-at, df) + 1e-300);
        expect(studentTCdf(-at, df)).toBeGreaterThanOrEqual(normalCdf(-at) * (1 - 1e-11));
      }),
    );
  });

  it('answers 0 and 1 far out, and the middle at 1/2', () => {
    expect([studentTCdf(-1e100, 30), studentTCdf(1e100, 30)]).toEqual([0, 1]);
    expect(studentTQuantile(0.5, 3)).toBe(0);
  });

  it('rejects what lies outside its domain', () => {
    for (const df of [0, 0.9, -1, 2e6, Number.NaN]) {
      expect(() => studentTDensity(1, df)).toThrow(RangeError);
      expect(() => studentTCdf(1, df)).toThrow(RangeError);
      expect(() => studentTQuantile(0.1, df)).toThrow(RangeError);
    }
    for (const at of [0, 1, 1e-51, Number.NaN]) {
      expect(() => studentTQuantile(at, 5)).toThrow(RangeError);
    }
    expect(() => studentTCdf(Number.NaN, 5)).toThrow(RangeError);
  });
});
