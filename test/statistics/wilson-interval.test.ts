import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../src/statistics/wilson-interval.js';
import { binomialPoint, notACount } from './arbitraries.js';
import { expectClose, fromR } from './r-values.js';

interface Case {
  k: number;
  n: number;
  level: number;
  interval: [number, number];
}

describe('wilsonInterval', () => {
  it.each(fromR<Case[]>('wilson'))('equals R prop.test to 1e-9 for $k of $n', (wanted) => {
    const { k, n, level, interval } = wanted;
    expectClose(wilsonInterval(k, n, level), interval, 1e-9);
  });

  it.each([
    [0, 0, null],
    [0, 1, [0, 0.7934506856227626]],
    [1, 1, [0.20654931437723745, 1]],
    [0, 900, [0, 0.0042501467300541254]],
    [900, 900, [0.9957498532699459, 1]],
  ])('has the boundary value of %i of %i', (k, n, wanted) => {
    expectClose(wilsonInterval(k, n), wanted, 1e-12);
  });

  it('is exactly 0 below at k = 0 and exactly 1 above at k = n', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (n) => {
        expect(wilsonInterval(0, n)?.[0]).toBe(0);
        expect(wilsonInterval(n, n)?.[1]).toBe(1);
      }),
    );
  });

  it('contains the estimate, stays within 0..1 and mirrors successes and failures', () => {
    fc.assert(
      fc.property(binomialPoint(1, 1e6), ({ k, n }) => {
        const [lower, upper] = wilsonInterval(k, n) ?? [2, -2];
        const [mirrorLower, mirrorUpper] = wilsonInterval(n - k, n) ?? [2, -2];
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(lower).toBeLessThanOrEqual(k / n);
        expect(upper).toBeGreaterThanOrEqual(k / n);
        expect(upper).toBeLessThanOrEqual(1);
        expect(1 - upper).toBeCloseTo(mirrorLower, 12);
        expect(1 - lower).toBeCloseTo(mirrorUpper, 12);
      }),
    );
  });

  it('narrows as n grows at the same rate, and widens with the level', () => {
    const width = (k: number, n: number, level = 0.95) => {
      const [lower, upper] = wilsonInterval(k, n, level) ?? [0, 9];
      return upper - lower;
    };
    fc.assert(
      fc.property(binomialPoint(1), fc.integer({ min: 2, max: 50 }), ({ k, n }, times) => {
        expect(width(k * times, n * times)).toBeLessThan(width(k, n));
        expect(width(k, n, 0.99)).toBeGreaterThan(width(k, n, 0.9));
      }),
    );
  });

  it.each(notACount)('rejects %d as a count', (value) => {
    expect(() => wilsonInterval(value, 1e9)).toThrow(RangeError);
    expect(() => wilsonInterval(0, value)).toThrow(RangeError);
  });

  it('rejects k > n and a level outside 0..1', () => {
    expect(() => wilsonInterval(2, 1)).toThrow('k must not exceed n, but 2 > 1');
    for (const level of [0, 1, -1, 95, Number.NaN, 1 - 2 ** -53]) {
      expect(() => wilsonInterval(1, 2, level)).toThrow(RangeError);
    }
  });
});
