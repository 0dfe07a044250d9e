import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Dispersion,
  pearsonDispersion,
  pearsonDispersionWithin,
} from '../../src/statistics/pearson-dispersion.js';
import { nightsOf, notACount, shuffled } from './arbitraries.js';
import { expectClose, expectFinite, fromR, months, points } from './r-values.js';

const columns = fromR<{ k: number[]; n: number[]; month: number[] }>('nights');
const wanted = fromR<{ pooled: Dispersion; within_month: Dispersion }>('dispersion');

describe('pearsonDispersion', () => {
  it('equals the Pearson residuals of an intercept-only glm in R to 1e-9', () => {
    expectClose(pearsonDispersion(points(columns)), wanted.pooled, 1e-9);
  });

  it('is null below two nights and for a pooled rate of 0 or 1', () => {
    expect(pearsonDispersion([])).toBeNull();
    expect(pearsonDispersion([{ k: 1, n: 2 }])).toBeNull();
    expect(
      pearsonDispersion([
        { k: 1, n: 2 },
        { k: 0, n: 0 },
      ]),
    ).toBeNull();
    expect(
      pearsonDispersion([
        { k: 0, n: 2 },
        { k: 0, n: 1 },
      ]),
    ).toBeNull();
    expect(
      pearsonDispersion([
        { k: 2, n: 2 },
        { k: 1, n: 1 },
      ]),
    ).toBeNull();
  });

  it('is 0 on nights of one rate and the mean size at the other extreme', () => {
    expect(
      pearsonDispersion([
        { k: 1, n: 2 },
        { k: 3, n: 6 },
      ])?.phi,
    ).toBe(0);
    expect(
      pearsonDispersion([
        { k: 0, n: 5 },
        { k: 5, n: 5 },
      ])?.phi,
    ).toBe(10);
  });

  it('does not depend on order, nor on which outcome is called success', () => {
    fc.assert(
      fc.property(shuffled(nightsOf()), ([nights, other]) => {
        const answer = pearsonDispersion(nights);
        const mirrored = pearsonDispersion(nights.map(({ k, n }) => ({ k: n - k, n })));
        expectFinite(answer);
        expect(pearsonDispersion(other)?.phi ?? -1).toBeCloseTo(answer?.phi ?? -1, 8);
        expect(mirrored?.phi ?? -1).toBeCloseTo(answer?.phi ?? -1, 8);
      }),
    );
  });

  it.each(notACount)('rejects %d as a count', (value) => {
    expect(() => pearsonDispersion([{ k: value, n: 4 }])).toThrow(RangeError);
    expect(() => pearsonDispersion([{ k: 0, n: value }])).toThrow(RangeError);
  });

  it('rejects a night with k > n, which the caller drops and names', () => {
    expect(() => pearsonDispersion([{ k: 5, n: 4 }])).toThrow(RangeError);
  });
});

describe('pearsonDispersionWithin', () => {
  it('equals the Pearson residuals of a month-wise glm in R to 1e-9', () => {
    expectClose(pearsonDispersionWithin(months(columns)), wanted.within_month, 1e-9);
  });

  it('lets a group of rate 0 or 1 add degrees of freedom and nothing else', () => {
    const varied = [
      { k: 1, n: 4 },
      { k: 3, n: 4 },
    ];
    const perfect = [
      { k: 4, n: 4 },
      { k: 2, n: 2 },
      { k: 1, n: 1 },
    ];
    expect(pearsonDispersionWithin([varied, perfect])).toEqual({
      chi_squared: 2,
      df: 3,
      phi: 2 / 3,
    });
    expect(pearsonDispersionWithin([varied, []])).toEqual(pearsonDispersion(varied));
  });

  it('is null where no group varies or every group is one night', () => {
    expect(pearsonDispersionWithin([])).toBeNull();
    expect(
      pearsonDispersionWithin([
        [
          { k: 4, n: 4 },
          { k: 2, n: 2 },
        ],
      ]),
    ).toBeNull();
    expect(pearsonDispersionWithin([[{ k: 1, n: 4 }], [{ k: 3, n: 4 }]])).toBeNull();
  });

  it('is never above the pooled chi-squared of rates that differ between groups only', () => {
    const groups = [
      [
        { k: 1, n: 4 },
        { k: 2, n: 8 },
      ],
      [
        { k: 3, n: 4 },
        { k: 6, n: 8 },
      ],
    ];
    expect(pearsonDispersionWithin(groups)?.phi).toBe(0);
    expect(pearsonDispersion(groups.flat())?.phi).toBe(2);
  });
});
