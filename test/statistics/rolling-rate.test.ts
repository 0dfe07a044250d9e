import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rollingRate } from '../../src/statistics/rolling-rate.js';
import { nightsOf, notACount } from './arbitraries.js';
import { expectClose, expectFinite, fromR, points } from './r-values.js';

interface Expected {
  k: number[];
  n: number[];
  windows: { window: number; k: number[]; n: number[]; rate: (number | null)[] }[];
}
const { windows, ...columns } = fromR<Expected>('rolling');

describe('rollingRate', () => {
  it.each(windows)('equals the sums of R over $window days', ({ window, k, n, rate }) => {
    const wanted = rate.map((value, i) => ({ k: k[i], n: n[i], rate: value }));
    expectClose(rollingRate(points(columns), window), wanted, 1e-15);
  });

  it('has no rate before the first launch, in a silent window and where k > n', () => {
    const days = [
      { k: 0, n: 0 },
      { k: 1, n: 2 },
      { k: 0, n: 0 },
      { k: 3, n: 2 },
    ];
    expect(rollingRate(days, 1).map((day) => day.rate)).toEqual([null, 0.5, null, null]);
    expect(rollingRate(days, 3).map((day) => day.rate)).toEqual([null, 0.5, 0.5, 1]);
    expect(rollingRate([], 7)).toEqual([]);
  });

  it('is the running total for a window beyond the series, and the day itself for 1', () => {
    fc.assert(
      fc.property(nightsOf(1), (days) => {
        const total = rollingRate(days, 1000).at(-1);
        expect(total?.n).toBe(days.reduce((sum, day) => sum + day.n, 0));
        expect(rollingRate(days, 1).map(({ k, n }) => ({ k, n }))).toEqual(days);
      }),
    );
  });

  it('lies within 0..1 and never leaves a rate undefined otherwise', () => {
    fc.assert(
      fc.property(nightsOf(), fc.integer({ min: 1, max: 50 }), (days, window) => {
        const answer = rollingRate(days, window);
        expectFinite(answer);
        for (const { n, rate } of answer) {
          expect(rate === null).toBe(n === 0);
          expect(rate ?? 0).toBeGreaterThanOrEqual(0);
          expect(rate ?? 0).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it.each(notACount)('rejects %d as a count and as a window', (value) => {
    expect(() => rollingRate([{ k: value, n: 4 }], 7)).toThrow(RangeError);
    expect(() => rollingRate([{ k: 0, n: value }], 7)).toThrow(RangeError);
    expect(() => rollingRate([], value)).toThrow(RangeError);
  });

  it('rejects a window of no day', () => {
    expect(() => rollingRate([], 0)).toThrow('window must be at least 1');
  });
});
