import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilsonEffective } from '../../src/statistics/wilson-effective.js';
import { wilsonInterval } from '../../src/statistics/wilson-interval.js';
import { wilsonScore } from '../../src/statistics/wilson-score.js';
import { binomialPoint, notACount } from './arbitraries.js';
import { expectClose, expectFinite, fromR } from './r-values.js';

interface Case {
  k: number;
  n: number;
  phi: number;
  level: number;
  interval: [number, number];
}

describe('wilsonEffective', () => {
  it.each(fromR<Case[]>('wilson_effective'))(
    'equals the roots of R to 1e-9: $k/$phi of $n/$phi',
    (c) => {
      expectClose(wilsonEffective(c.k, c.n, c.phi, c.level), c.interval, 1e-9);
    },
  );

  it('is wilsonInterval at phi = 1', () => {
    fc.assert(
      fc.property(binomialPoint(), ({ k, n }) => {
        expect(wilsonEffective(k, n, 1)).toEqual(wilsonInterval(k, n));
      }),
    );
  });

  it('contains the estimate and widens with phi', () => {
    const phi = fc.double({ min: 0.1, max: 50, noNaN: true });
    fc.assert(
      fc.property(binomialPoint(1), phi, ({ k, n }, factor) => {
        const [lower, upper] = wilsonEffective(k, n, factor) ?? [2, -2];
        const [wideLower, wideUpper] = wilsonEffective(k, n, 2 * factor) ?? [2, -2];
        expect(lower).toBeLessThanOrEqual(k / n + 1e-15);
        expect(upper).toBeGreaterThanOrEqual(k / n - 1e-15);
        expect(wideUpper - wideLower).toBeGreaterThan(upper - lower);
      }),
    );
  });

  it('is null where nothing was launched or no dispersion is left, and finite at extremes', () => {
    expect(wilsonEffective(0, 0, 2)).toBeNull();
    expect(wilsonEffective(1, 2, 0)).toBeNull();
    expect(wilsonEffective(1, 2, 1e-13)).toBeNull();
    expectFinite(wilsonEffective(1, 2, 1e100));
    expectFinite(wilsonEffective(1, 2, 1e-12));
  });

  it('takes fractions only as k/phi: whole k and n, finite phi from 0', () => {
    for (const value of notACount) {
      expect(() => wilsonEffective(value, 1e9, 2)).toThrow(RangeError);
      expect(() => wilsonEffective(0, value, 2)).toThrow(RangeError);
    }
    for (const phi of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      expect(() => wilsonEffective(1, 2, phi)).toThrow(RangeError);
    }
    expect(() => wilsonEffective(3, 2, 1)).toThrow(RangeError);
    expect(() => wilsonEffective(1, 2, 1, 1)).toThrow(RangeError);
  });
});

describe('wilsonScore', () => {
  it('collapses to the estimate at Z = 0, at the ends as well', () => {
    expect(wilsonScore(3, 4, 0)).toEqual([0.75, 0.75]);
    expect(wilsonScore(0, 4, 0)).toEqual([0, 0]);
    expect(wilsonScore(4, 4, 0)).toEqual([1, 1]);
  });
});
