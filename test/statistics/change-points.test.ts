import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestSingleSplit } from '../../src/statistics/best-single-split.js';
import { binomialCost } from '../../src/statistics/binomial-cost.js';
import { pool } from '../../src/statistics/binomial-point.js';
import { changePoints } from '../../src/statistics/change-points.js';
import { nightsOf, notACount } from './arbitraries.js';
import { expectClose, expectFinite, fromR, points } from './r-values.js';

interface Case {
  penalty: number;
  min_segment: number;
  phi: number;
  starts: number[];
  cost: number;
  split: { start: number; gain: number };
}
const { cases, ...columns } = fromR<{ k: number[]; n: number[]; cases: Case[] }>('change_points');
const series = points(columns);
const half = { k: 2, n: 4 };

describe('changePoints', () => {
  it.each(cases)(
    'finds what trying every partition finds in R: penalty $penalty, at least $min_segment, phi $phi',
    ({ penalty, min_segment, phi, starts, cost }) => {
      const answer = changePoints(series, penalty, min_segment, phi);
      expect(answer?.starts).toEqual(starts);
      expectClose(answer?.cost, cost, 1e-9);
    },
  );

  it('is null where nothing was launched, and without dispersion', () => {
    expect(changePoints([], 1, 1, 1)).toBeNull();
    expect(
      changePoints(
        [
          { k: 0, n: 0 },
          { k: 0, n: 0 },
        ],
        1,
        1,
        1,
      ),
    ).toBeNull();
    expect(changePoints([half, half], 1, 1, 0)).toBeNull();
  });

  it('leaves one point, and a series too short to split, in one segment', () => {
    const one = changePoints([half], 0, 1, 1);
    expect(one).toMatchObject({ starts: [], segments: [{ start: 0, points: 1, rate: 0.5 }] });
    expect(
      changePoints(
        [
          { k: 0, n: 9 },
          { k: 9, n: 9 },
        ],
        0,
        2,
        1,
      )?.starts,
    ).toEqual([]);
    expect(
      changePoints(
        [
          { k: 0, n: 9 },
          { k: 9, n: 9 },
        ],
        0,
        3,
        1,
      )?.starts,
    ).toEqual([]);
  });

  it('never cuts off silent points, which have no rate, even where a change is free', () => {
    const silent = { k: 0, n: 0 };
    fc.assert(
      fc.property(nightsOf(1, 12), fc.integer({ min: 1, max: 3 }), (nights, least) => {
        const sparse = [silent, ...nights.flatMap((night) => [night, silent, silent])];
        const answer = changePoints(sparse, 0, least, 1);
        expectFinite(answer);
        for (const { n } of answer?.segments ?? []) expect(n).toBeGreaterThan(0);
      }),
    );
  });

  it('covers the series with segments that are long enough, at the cost it names', () => {
    const size = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(
        nightsOf(1, 25),
        size,
        fc.double({ min: 0, max: 30, noNaN: true }),
        (nights, least, penalty) => {
          const answer = changePoints(nights, penalty, least, 2);
          expectFinite(answer);
          if (answer === null) return;
          const { segments, starts, cost } = answer;
          expect(pool(segments)).toEqual(pool(nights));
          expect(segments.reduce((sum, segment) => sum + segment.points, 0)).toBe(nights.length);
          expect(
            segments.every((segment) => segments.length === 1 || segment.points >= least),
          ).toBe(true);
          expect(starts).toEqual(segments.slice(1).map(({ start }) => start));
          const sum = segments.reduce((total, { k, n }) => total + binomialCost(k, n) / 2, 0);
          expect(cost).toBeCloseTo(sum + penalty * starts.length, 6);
        },
      ),
    );
  });

  it('finds no more changes when they cost more or nights are more dispersed', () => {
    fc.assert(
      fc.property(nightsOf(1, 25), (nights) => {
        const changes = (penalty: number, phi: number) =>
          changePoints(nights, penalty, 1, phi)?.starts.length ?? 0;
        expect(changes(10, 1)).toBeLessThanOrEqual(changes(5, 1));
        expect(changes(5, 4)).toBeLessThanOrEqual(changes(5, 1));
      }),
    );
  });

  it('takes less than a second for ten years of nights', () => {
    const tenYears = Array.from({ length: 3650 }, (_, i) => ({
      k: 60 + (i % 2) - (i > 2000 ? 30 : 0),
      n: 100,
    }));
    const start = performance.now();
    expect(changePoints(tenYears, 3 * Math.log(3650), 14, 6)?.starts).toEqual([2001]);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('rejects parameters outside their domain and counts that are none', () => {
    for (const penalty of [-1, Number.NaN, 1e101]) {
      expect(() => changePoints([half], penalty, 1, 1)).toThrow(RangeError);
    }
    for (const least of [0, ...notACount]) {
      expect(() => changePoints([half], 1, least, 1)).toThrow(RangeError);
      expect(() => bestSingleSplit([half], least, 1)).toThrow(RangeError);
    }
    for (const phi of [-1, Number.NaN]) {
      expect(() => changePoints([half], 1, 1, phi)).toThrow(RangeError);
      expect(() => bestSingleSplit([half], 1, phi)).toThrow(RangeError);
    }
    for (const value of notACount) {
      expect(() => changePoints([{ k: value, n: 4 }], 1, 1, 1)).toThrow(RangeError);
      expect(() => bestSingleSplit([{ k: 0, n: value }], 1, 1)).toThrow(RangeError);
    }
    expect(() => changePoints([{ k: 5, n: 4 }], 1, 1, 1)).toThrow(RangeError);
  });
});

describe('bestSingleSplit', () => {
  it.each(cases)('equals R to 1e-9 for at least $min_segment points, phi $phi', (wanted) => {
    expectClose(bestSingleSplit(series, wanted.min_segment, wanted.phi), wanted.split, 1e-9);
  });

  it('is null for a series too short, nothing launched and no dispersion', () => {
    expect(bestSingleSplit([], 1, 1)).toBeNull();
    expect(bestSingleSplit([half, half], 2, 1)).toBeNull();
    expect(
      bestSingleSplit(
        [
          { k: 0, n: 0 },
          { k: 0, n: 0 },
        ],
        1,
        1,
      ),
    ).toBeNull();
    expect(bestSingleSplit([half, half], 1, 0)).toBeNull();
  });

  it('gains exactly nothing on one rate, and never less', () => {
    expect(
      bestSingleSplit(
        [
          { k: 1, n: 3 },
          { k: 2, n: 6 },
          { k: 3, n: 9 },
        ],
        1,
        1,
      )?.gain,
    ).toBeCloseTo(0, 12);
    fc.assert(
      fc.property(nightsOf(2), (nights) => {
        const answer = bestSingleSplit(nights, 1, 3);
        expectFinite(answer);
        expect(answer?.gain ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is where changePoints puts its only change', () => {
    const step = [...Array(6).fill({ k: 9, n: 10 }), ...Array(5).fill({ k: 3, n: 10 })];
    expect(bestSingleSplit(step, 1, 1)?.start).toBe(6);
    expect(changePoints(step, 10, 1, 1)?.starts).toEqual([6]);
  });
});
