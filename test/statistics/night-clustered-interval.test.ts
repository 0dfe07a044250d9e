import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ClusteredRate,
  nightClusteredInterval,
} from '../../src/statistics/night-clustered-interval.js';
import { nightsOf, notACount, shuffled } from './arbitraries.js';
import { expectClose, expectFinite, fromR, points } from './r-values.js';

const columns = fromR<{ k: number[]; n: number[] }>('nights');

describe('nightClusteredInterval', () => {
  it.each(fromR<(ClusteredRate & { level: number })[]>('clustered'))(
    'equals the weighted regression through 0 of R to 1e-9 at level $level',
    ({ level, ...wanted }) => {
      expectClose(nightClusteredInterval(points(columns), level), wanted, 1e-9);
    },
  );

  it('is null without two nights that launched something', () => {
    expect(nightClusteredInterval([])).toBeNull();
    expect(nightClusteredInterval([{ k: 3, n: 4 }])).toBeNull();
    expect(
      nightClusteredInterval([
        { k: 3, n: 4 },
        { k: 0, n: 0 },
      ]),
    ).toBeNull();
    expect(
      nightClusteredInterval([
        { k: 0, n: 0 },
        { k: 0, n: 0 },
      ]),
    ).toBeNull();
  });

  it('collapses on nights of one rate, at 0/n, n/n and between', () => {
    const one = (k: number) =>
      nightClusteredInterval([
        { k, n: 2 },
        { k: 2 * k, n: 4 },
      ]);
    expect(one(0)).toEqual({ value: 0, standard_error: 0, interval: [0, 0] });
    expect(one(1)).toEqual({ value: 0.5, standard_error: 0, interval: [0.5, 0.5] });
    expect(one(2)).toEqual({ value: 1, standard_error: 0, interval: [1, 1] });
  });

  it('does not clip: one night of 0/1 beside one of 1/1 reaches outside 0..1', () => {
    const { interval } = nightClusteredInterval([
      { k: 0, n: 1 },
      { k: 1, n: 1 },
    ]) ?? { interval: [] };
    expectClose(interval, [0.5 - 0.979981992270027, 0.5 + 0.979981992270027], 1e-12);
  });

  it('keeps a night with k > n, but gives no rate above 1', () => {
    expect(
      nightClusteredInterval([
        { k: 3, n: 2 },
        { k: 0, n: 2 },
      ])?.value,
    ).toBe(0.75);
    expect(
      nightClusteredInterval([
        { k: 1, n: 0 },
        { k: 0, n: 2 },
      ])?.value,
    ).toBe(0.5);
    expect(
      nightClusteredInterval([
        { k: 3, n: 2 },
        { k: 2, n: 2 },
      ]),
    ).toBeNull();
    expect(
      nightClusteredInterval([
        { k: 3, n: 0 },
        { k: 2, n: 0 },
      ]),
    ).toBeNull();
  });

  it('does not depend on the order of nights and contains the estimate', () => {
    fc.assert(
      fc.property(shuffled(nightsOf()), ([nights, other]) => {
        const answer = nightClusteredInterval(nights);
        expectFinite(answer);
        expectClose(nightClusteredInterval(other), answer, 1e-9);
        if (answer === null) return;
        expect(answer.interval[0]).toBeLessThanOrEqual(answer.value);
        expect(answer.interval[1]).toBeGreaterThanOrEqual(answer.value);
      }),
    );
  });

  it('narrows when the same nights are seen four times over', () => {
    fc.assert(
      fc.property(nightsOf(2), (nights) => {
        const once = nightClusteredInterval(nights);
        const often = nightClusteredInterval([...nights, ...nights, ...nights, ...nights]);
        if (once === null || once.standard_error === 0) return;
        expect(often?.standard_error).toBeLessThan(once.standard_error);
      }),
    );
  });

  it.each(notACount)('rejects %d as a count', (value) => {
    expect(() => nightClusteredInterval([{ k: value, n: 4 }])).toThrow(RangeError);
    expect(() => nightClusteredInterval([{ k: 0, n: value }])).toThrow(RangeError);
  });

  it('rejects a level outside 0..1 even where the answer is null', () => {
    expect(() => nightClusteredInterval([], 1)).toThrow(RangeError);
  });
});
