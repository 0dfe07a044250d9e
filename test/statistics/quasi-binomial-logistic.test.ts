import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logisticFit } from '../../src/statistics/logistic-fit.js';
import {
  type QuasiBinomialLogistic,
  quasiBinomialLogistic,
} from '../../src/statistics/quasi-binomial-logistic.js';
import { binomialPoint, notACount, shuffled } from './arbitraries.js';
import { expectClose, expectFinite, fromR, points } from './r-values.js';

interface Fit {
  x: number[];
  k: number[];
  n: number[];
  level: number;
  expected: QuasiBinomialLogistic;
}

const lines = fromR<Fit[]>('logistic');

const at = (x: readonly number[], k: readonly number[], n: readonly number[]) =>
  points({ k, n }).map((point, i) => ({ ...point, x: x[i] ?? Number.NaN }));

const timed = fc.array(
  fc
    .tuple(binomialPoint(0, 50), fc.integer({ min: 0, max: 90 }))
    .map(([point, day]) => ({ ...point, x: day / 30 })),
  { maxLength: 25 },
);

describe('quasiBinomialLogistic', () => {
  it.each(lines)('equals R glm(quasibinomial) to 1e-6, line %#', ({ x, k, n, level, expected }) => {
    expectClose(quasiBinomialLogistic(at(x, k, n), level), expected, 1e-6);
  });

  it('is null below three nights, and a night of 0/0 is no night', () => {
    expect(quasiBinomialLogistic([])).toBeNull();
    expect(quasiBinomialLogistic(at([0, 1, 2], [1, 2, 0], [2, 4, 0]))).toBeNull();
    expect(quasiBinomialLogistic(at([0, 1, 2, 5], [1, 2, 3, 0], [2, 3, 4, 0]))?.nights).toBe(3);
  });

  it.each([
    ['every k is 0', [0, 1, 2], [0, 0, 0]],
    ['every k is n', [0, 1, 2], [3, 3, 3]],
    ['there is one x', [1, 1, 1], [1, 2, 3]],
    ['there is one x but for rounding', [1, 1 + 1e-15, 1], [1, 2, 1]],
    ['failures stop where successes start', [0, 1, 2], [0, 2, 3]],
    ['successes stop where failures start', [0, 1, 2], [3, 2, 0]],
  ])('is null, not infinite, where %s', (_, x, k) => {
    expect(quasiBinomialLogistic(at(x, k, [3, 3, 3]))).toBeNull();
  });

  it('has slope 0 and no t where all nights have one rate', () => {
    const flat = quasiBinomialLogistic(at([0, 1, 2, 3], [3, 6, 9, 3], [10, 20, 30, 10]));
    expect(flat).toMatchObject({ phi: 0, t: null, p_two_sided: null, df: 2 });
    expect(flat?.slope).toBeCloseTo(0, 12);
    expectFinite(flat);
  });

  it('halves a Newton step that overshoots, and still finds the maximum', () => {
    const far = at([8, 2, 1], [0, 2, 0], [19, 4, 821]);
    const line = quasiBinomialLogistic(far);
    const score = far.reduce((sum, { x, k, n }) => {
      const p = 1 / (1 + Math.exp(-(line?.intercept ?? 0) - (line?.slope ?? 0) * x));
      return sum + x * (k - n * p);
    }, 0);
    expect(score).toBeCloseTo(0, 6);
  });

  it('answers null odds ratios beyond what a double holds', () => {
    const steep = quasiBinomialLogistic(at([0, 1e-4, 2e-4, 3e-4], [1, 4, 5, 9], [10, 10, 10, 10]));
    expect(steep).toMatchObject({ odds_ratio: null, odds_ratio_interval: null });
    expectFinite(steep);
  });

  it('adds nothing, not 0/0, for a night that the line foresees with certainty', () => {
    const foreseen = quasiBinomialLogistic(at([0, 1, 2, -2000], [1, 2, 3, 0], [4, 4, 4, 4]));
    const without = quasiBinomialLogistic(at([0, 1, 2], [1, 2, 3], [4, 4, 4]));
    expect(foreseen?.chi_squared).toBeCloseTo(without?.chi_squared ?? -1, 9);
    expect(foreseen?.df).toBe(2);
  });

  it('is null where one night contradicts the line beyond all measure', () => {
    const many = 1e15;
    const contradicted = at([0, 1, 1000], [0.9 * many, 0.1 * many, 1], [many, many, 1]);
    expect(quasiBinomialLogistic(contradicted)).toBeNull();
  });

  it('is null where x is so ill-spaced that the search does not settle', () => {
    const x = [
      3, -5123.258335515857, 0.0007616467350162566, 0.00007316467165946961, 0.0007880548252724111,
    ];
    expect(logisticFit(at(x, [0, 4, 3, 1, 1], [1, 4, 4, 1, 2]))).toBeNull();
  });

  it('is finite, does not depend on order, and mirrors successes and failures', () => {
    fc.assert(
      fc.property(shuffled(timed), ([nights, other]) => {
        const line = quasiBinomialLogistic(nights);
        expectFinite(line);
        if (line === null) return;
        const mirrored = quasiBinomialLogistic(nights.map(({ x, k, n }) => ({ x, k: n - k, n })));
        expect(mirrored?.slope).toBeCloseTo(-line.slope, 6);
        expect(quasiBinomialLogistic(other)?.slope).toBeCloseTo(line.slope, 6);
        expect(line.p_two_sided ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('rejects x that is not finite, counts that are none, k > n and a bad level', () => {
    expect(() => quasiBinomialLogistic(at([Number.NaN], [1], [2]))).toThrow(RangeError);
    expect(() => quasiBinomialLogistic(at([1], [3], [2]))).toThrow(RangeError);
    for (const value of notACount) {
      expect(() => quasiBinomialLogistic(at([1], [value], [2]))).toThrow(RangeError);
    }
    expect(() => quasiBinomialLogistic([], 1)).toThrow(RangeError);
  });
});
