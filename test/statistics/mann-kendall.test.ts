import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageRanks } from '../../src/statistics/average-ranks.js';
import { type MannKendall, mannKendall } from '../../src/statistics/mann-kendall.js';
import { measurement } from './arbitraries.js';
import { expectClose, expectFinite, fromR } from './r-values.js';

interface Trend {
  name: string;
  y: number[];
  mann_kendall: MannKendall;
}

const trends = fromR<Trend[]>('trends');

const values = fc.array(measurement, { maxLength: 30 });

describe('mannKendall', () => {
  it.each(trends)('equals the sign matrix and Kendall correlation of R to 1e-9: $name', (trend) => {
    expectClose(mannKendall(trend.y), trend.mann_kendall, 1e-9);
  });

  it('is null for fewer than two values and where all are equal', () => {
    for (const series of [[], [1], [2, 2, 2]]) expect(mannKendall(series)).toBeNull();
    expect(mannKendall([1, 2])).toMatchObject({ s: 1, z: 0, p_two_sided: 1, tau_b: 1 });
  });

  it('turns about with time, and ignores any rising scale', () => {
    fc.assert(
      fc.property(values, (series) => {
        const answer = mannKendall(series);
        expectFinite(answer);
        expect((mannKendall(series.toReversed())?.s ?? 0) + (answer?.s ?? 0)).toBe(0);
        expect(mannKendall(averageRanks(series))).toEqual(answer);
        expect(Math.abs(answer?.tau_b ?? 0)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('rejects what is not finite', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e101]) {
      expect(() => mannKendall([1, value])).toThrow(RangeError);
    }
  });
});
