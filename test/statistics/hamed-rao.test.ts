import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HamedRao, hamedRao } from '../../src/statistics/hamed-rao.js';
import { mannKendall } from '../../src/statistics/mann-kendall.js';
import { measurement } from './arbitraries.js';
import { expectClose, expectFinite, fromR } from './r-values.js';

interface Trend {
  name: string;
  y: number[];
  hamed_rao: HamedRao | null;
}

const trends = fromR<Trend[]>('trends');

const values = fc.array(measurement, { maxLength: 30 });

describe('hamedRao', () => {
  it.each(trends)('equals acf of the detrended ranks in R to 1e-9: $name', (trend) => {
    expectClose(hamedRao(trend.y), trend.hamed_rao, 1e-9);
  });

  it('widens an autocorrelated series, and leaves one without significant lags alone', () => {
    const { y } = trends.find(({ name }) => name === 'autocorrelated') ?? { y: [] };
    expect(hamedRao(y)?.variance_factor).toBeGreaterThan(1);
    expect(hamedRao([1, 2, 4, 3, 5])?.z).toBe(mannKendall([1, 2, 4, 3, 5])?.z);
  });

  it('is null below four values, where all are equal, and where the factor is not positive', () => {
    for (const series of [[], [1, 2, 3], [5, 5, 5, 5, 5]]) expect(hamedRao(series)).toBeNull();
    const sawtooth = Array.from({ length: 20 }, (_, i) => (i % 2) * 10 + ((i * i) % 3));
    expect(hamedRao(sawtooth)).toBeNull();
  });

  it('sees no autocorrelation in the rounding noise of a straight line', () => {
    const line = Array.from({ length: 40 }, (_, i) => 0.1 * i + 0.3);
    expect(hamedRao(line)).toMatchObject({ significant_lags: [], variance_factor: 1 });
  });

  it('is finite, and only rescales the z of Mann-Kendall', () => {
    fc.assert(
      fc.property(values, (series) => {
        const answer = hamedRao(series);
        expectFinite(answer);
        if (answer === null) return;
        const plain = mannKendall(series)?.z ?? 0;
        expect(answer.z * Math.sqrt(answer.variance_factor)).toBeCloseTo(plain, 9);
      }),
    );
  });

  it('rejects what is not finite and a bad level', () => {
    expect(() => hamedRao([1, 2, 3, Number.NaN])).toThrow(RangeError);
    expect(() => hamedRao([1, 2, 3, 4], 2)).toThrow(RangeError);
  });
});
