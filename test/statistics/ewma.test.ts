import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ewma } from '../../src/statistics/ewma.js';
import { ewmaRate } from '../../src/statistics/ewma-rate.js';
import { measurement, nightsOf, notACount } from './arbitraries.js';
import { expectClose, fromR, points } from './r-values.js';

const some = fc.array(measurement, { minLength: 1, maxLength: 30 });

describe('ewma and ewmaRate', () => {
  const nights = points(fromR<{ k: number[]; n: number[] }>('nights'));
  const curves = fromR<Record<'of_k' | 'of_rates' | 'rate', number[]>>('ewma');

  it('equal the recursive filter of R to 1e-12', () => {
    expectClose(
      ewma(
        nights.map(({ k }) => k),
        0.2,
      ),
      curves.of_k,
      1e-12,
    );
    expectClose(
      ewma(
        nights.map(({ k, n }) => k / n),
        0.3,
      ),
      curves.of_rates,
      1e-12,
    );
    expectClose(ewmaRate(nights), curves.rate, 1e-12);
  });

  it('start at the first value, and follow it at once with alpha 1', () => {
    expect([ewma([]), ewma([3]), ewma([3, 5], 1)]).toEqual([[], [3], [3, 5]]);
    expect(ewmaRate([])).toEqual([]);
  });

  it('have no rate before a launch, and none above 1', () => {
    expect(
      ewmaRate([
        { k: 0, n: 0 },
        { k: 1, n: 2 },
      ]),
    ).toEqual([null, 0.5]);
    expect(ewmaRate([{ k: 3, n: 2 }])).toEqual([null]);
  });

  it('stay within the values, and are 1 on perfect nights', () => {
    fc.assert(
      fc.property(nightsOf(1), some, (season, values) => {
        for (const average of ewma(values)) {
          expect(average).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
          expect(average).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
        }
        for (const rate of ewmaRate(season)) expect(rate ?? 0).toBeLessThanOrEqual(1);
        const perfect = ewmaRate(season.map(({ n }) => ({ k: n, n })));
        expect(perfect.every((rate) => rate === null || rate === 1)).toBe(true);
      }),
    );
  });

  it('reject what is not finite, counts that are none, and alpha outside (0, 1]', () => {
    expect(() => ewma([1, Number.NaN])).toThrow(RangeError);
    for (const value of notACount) expect(() => ewmaRate([{ k: value, n: 1 }])).toThrow(RangeError);
    for (const alpha of [0, -1, 1.1, Number.NaN]) expect(() => ewma([], alpha)).toThrow(RangeError);
  });
});
