import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criticalZ } from '../../src/statistics/critical-z.js';
import { normalCdf } from '../../src/statistics/normal-cdf.js';
import { normalQuantile } from '../../src/statistics/normal-quantile.js';
import { expectClose, fromR } from './r-values.js';

const normal = fromR<Record<'z' | 'cdf' | 'p' | 'quantile', number[]>>('normal');

describe('normalCdf', () => {
  it('equals R pnorm to 1e-12 relative from -38 to 40', () => {
    expectClose(normal.z.map(normalCdf), normal.cdf, 1e-12);
  });

  it('is 1/2 at 0, and 0 or 1 far out', () => {
    expect([normalCdf(0), normalCdf(-1e100), normalCdf(1e100)]).toEqual([0.5, 0, 1]);
  });

  it('never falls and mirrors about 0', () => {
    const z = fc.double({ min: -40, max: 40, noNaN: true });
    fc.assert(
      fc.property(z, z, (a, b) => {
        expect(normalCdf(Math.min(a, b))).toBeLessThanOrEqual(normalCdf(Math.max(a, b)) + 1e-16);
        expect(normalCdf(a) + normalCdf(-a)).toBeCloseTo(1, 15);
      }),
    );
  });

  it('rejects what is not finite', () => {
    for (const z of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => normalCdf(z)).toThrow(RangeError);
    }
  });
});

describe('normalQuantile', () => {
  it('equals R qnorm to 1e-12 relative from 1e-300 to 1 - 1e-12', () => {
    expectClose(normal.p.map(normalQuantile), normal.quantile, 1e-12);
  });

  it('is undone by normalCdf', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 0.5, noNaN: true }), (p) => {
        expectClose(normalCdf(normalQuantile(p)), p, 1e-12);
      }),
    );
  });

  it('rejects 0, 1 and beyond', () => {
    for (const p of [0, 1, -0.1, 1.1, Number.NaN]) {
      expect(() => normalQuantile(p)).toThrow(RangeError);
    }
  });
});

describe('criticalZ', () => {
  it('is 1.959963984540054 at 95 %, to the last bit', () => {
    expect(criticalZ(0.95)).toBe(1.959963984540054);
  });

  it('rejects 0, 1, a percentage and a level that rounds to 1', () => {
    for (const level of [0, 1, 95, Number.NaN, 1 - 2 ** -53]) {
      expect(() => criticalZ(level)).toThrow(RangeError);
    }
  });
});
