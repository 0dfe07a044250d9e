import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TheilSen, theilSen } from '../../src/statistics/theil-sen.js';
import { expectClose, expectFinite, fromR } from './r-values.js';

interface Trend {
  name: string;
  y: number[];
  t: number[];
  theil_sen: TheilSen;
  theil_sen_90: TheilSen;
}

const trends = fromR<Trend[]>('trends');

const timed = (y: readonly number[]) => y.map((value, t) => ({ t, y: value }));

describe('theilSen', () => {
  it.each(trends)('equals the slope matrix of R to 1e-9, gaps in time included: $name', (trend) => {
    const points = trend.y.map((y, i) => ({ t: trend.t[i] ?? -1, y }));
    expectClose(theilSen(points), trend.theil_sen, 1e-9);
    expectClose(theilSen(points, 0.9), trend.theil_sen_90, 1e-9);
  });

  it('is null below two points; two give their slope with no more to say', () => {
    expect(theilSen([])).toBeNull();
    expect(theilSen([{ t: 0, y: 1 }])).toBeNull();
    expect(
      theilSen([
        { t: 2, y: 1 },
        { t: 4, y: 5 },
      ]),
    ).toMatchObject({ slope: 2, intercept: -3, interval: [2, 2] });
    expect(theilSen(timed([3, 3, 3]))).toMatchObject({
      slope: 0,
      intercept: 3,
      c: 0,
      interval: [0, 0],
    });
  });

  it('has an interval around the slope, and follows a shift and a scale of y', () => {
    const whole = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(whole, fc.integer({ min: -9, max: 9 }), (y, shift) => {
        const answer = theilSen(timed(y)) as TheilSen;
        const moved = theilSen(timed(y.map((value) => 2 * value + shift))) as TheilSen;
        expectFinite(answer);
        expect(answer.interval[0]).toBeLessThanOrEqual(answer.slope);
        expect(answer.interval[1]).toBeGreaterThanOrEqual(answer.slope);
        expect(moved.slope).toBeCloseTo(2 * answer.slope, 9);
        expect(moved.intercept).toBeCloseTo(2 * answer.intercept + shift, 9);
      }),
    );
  });

  it('rejects periods that are not whole or do not ascend, values not finite, a bad level', () => {
    const at = (t: number, y = 0) =>
      theilSen([
        { t: 1, y: 0 },
        { t, y },
        { t: 9, y: 1 },
      ]);
    for (const t of [1, 0, 1.5, 9, -2, Number.NaN]) expect(() => at(t)).toThrow(RangeError);
    expect(() => at(2, Number.NaN)).toThrow(RangeError);
    expect(() => theilSen([], 0)).toThrow(RangeError);
  });
});
