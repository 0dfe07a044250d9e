import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean } from '../../src/statistics/mean.js';
import { median } from '../../src/statistics/median.js';
import { quantile, valueAtRank } from '../../src/statistics/quantile.js';
import { sampleStandardDeviation } from '../../src/statistics/sample-standard-deviation.js';
import { measurement, shuffled } from './arbitraries.js';
import { expectClose, expectFinite, fromR } from './r-values.js';

const wanted = fromR<
  Record<'values' | 'p' | 'quantiles', number[]> & Record<'median' | 'mean' | 'sd', number>
>('describe');

const some = fc.array(measurement, { minLength: 1, maxLength: 30 });

describe('quantile, median, mean and sample standard deviation', () => {
  it('equal R (type 7) to 1e-12', () => {
    const { values, p } = wanted;
    expectClose(
      p.map((at) => quantile(values, at)),
      wanted.quantiles,
      1e-12,
    );
    expectClose(median(values), wanted.median, 1e-12);
    expectClose(mean(values), wanted.mean, 1e-12);
    expectClose(sampleStandardDeviation(values), wanted.sd, 1e-12);
  });

  it('are null where there is too little', () => {
    expect([quantile([], 0.5), median([]), mean([])]).toEqual([null, null, null]);
    expect([sampleStandardDeviation([]), sampleStandardDeviation([1])]).toEqual([null, null]);
    expect([quantile([7], 0.3), sampleStandardDeviation([2, 2])]).toEqual([7, 0]);
  });

  it('do not depend on order, and quantiles rise from the least to the largest', () => {
    fc.assert(
      fc.property(
        shuffled(some),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ([values, other], p) => {
          expect(quantile(other, p)).toBe(quantile(values, p));
          expect(quantile(values, 0)).toBe(Math.min(...values));
          expect(quantile(values, 1)).toBe(Math.max(...values));
          expect(quantile(values, p)).toBeLessThanOrEqual((quantile(values, 1) ?? 0) + 1e-9);
          expectFinite([mean(values), sampleStandardDeviation(values)]);
        },
      ),
    );
  });

  it('leave their input as it was, and clamp ranks', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
    expect([valueAtRank([1, 2], -4), valueAtRank([1, 2], 9)]).toEqual([1, 2]);
  });

  it('reject what is not finite and p outside 0..1', () => {
    for (const p of [-0.1, 1.1, Number.NaN]) expect(() => quantile([1], p)).toThrow(RangeError);
    for (const statistic of [median, mean, sampleStandardDeviation]) {
      expect(() => statistic([1, Number.NaN])).toThrow(RangeError);
    }
  });
});
