import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BetaBinomial, betaBinomialFit } from '../../src/statistics/beta-binomial-fit.js';
import { betaBinomialLikelihood } from '../../src/statistics/beta-binomial-likelihood.js';
import { tallies } from '../../src/statistics/beta-binomial-tallies.js';
import { pearsonDispersion } from '../../src/statistics/pearson-dispersion.js';
import { binomialPoint, nightsOf, notACount, shuffled } from './arbitraries.js';
import { expectClose, expectFinite, fromR, points } from './r-values.js';

describe('betaBinomialFit', () => {
  it.each(fromR<{ k: number[]; n: number[]; expected: BetaBinomial }[]>('beta_binomial'))(
    'equals optim and Newton on lbeta in R to 1e-6, fit %#',
    ({ expected, ...columns }) => {
      expectClose(betaBinomialFit(points(columns)), expected, 1e-6);
    },
  );

  it('is null without nights, for a rate of 0 or 1, and where no night launched two', () => {
    const nothing = [
      [],
      [{ k: 0, n: 0 }],
      [{ k: 0, n: 5 }],
      [
        { k: 5, n: 5 },
        { k: 1, n: 1 },
      ],
    ];
    for (const nights of [
      ...nothing,
      [
        { k: 0, n: 1 },
        { k: 1, n: 1 },
      ],
    ]) {
      expect(betaBinomialFit(nights)).toBeNull();
    }
  });

  it('has rho 0 where nights vary less than binomial ones, or there is one night', () => {
    const even = [
      { k: 5, n: 10 },
      { k: 5, n: 10 },
      { k: 10, n: 20 },
    ];
    expect(betaBinomialFit(even)).toMatchObject({ mu: 0.5, rho: 0, alpha: null, beta: null });
    expect(betaBinomialFit([{ k: 1, n: 4 }])).toMatchObject({ mu: 0.25, rho: 0 });
  });

  it('has rho 1 where each night is all or nothing', () => {
    const nights = [
      { k: 0, n: 7 },
      { k: 3, n: 3 },
      { k: 9, n: 9 },
      { k: 2, n: 2 },
      { k: 0, n: 0 },
    ];
    expect(betaBinomialFit(nights)).toMatchObject({ mu: 0.75, rho: 1, alpha: 0, beta: 0 });
  });

  it('leaves the boundary for a higher hill inside', () => {
    const twoHills = [
      { k: 4, n: 5 },
      { k: 1, n: 1 },
      { k: 0, n: 1 },
      { k: 0, n: 1 },
      { k: 4, n: 4 },
    ];
    expect(betaBinomialLikelihood(tallies(twoHills), 0.75, 0).by_theta).toBeLessThanOrEqual(0);
    expect(betaBinomialFit(twoHills)?.rho).toBeGreaterThan(0);
  });

  it('is finite, mirrors successes and failures, and is never beaten by its neighbours', () => {
    fc.assert(
      fc.property(fc.array(binomialPoint(0, 30), { maxLength: 8 }), (nights) => {
        const fit = betaBinomialFit(nights);
        const mirrored = betaBinomialFit(nights.map(({ k, n }) => ({ k: n - k, n })));
        expectFinite(fit);
        if (fit === null) return;
        expect((mirrored?.mu ?? 0) + fit.mu).toBeCloseTo(1, 6);
        const theta = fit.rho / (1 - fit.rho + 1e-300);
        for (const factor of [0.5, 0.99, 1.01, 2]) {
          const near = betaBinomialLikelihood(
            tallies(nights),
            fit.mu,
            Math.min(1e9, theta * factor),
          );
          expect(near.value).toBeLessThanOrEqual(fit.log_likelihood + 1e-7);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('agrees with phi on which nights are overdispersed', () => {
    const nights = points(fromR<{ k: number[]; n: number[] }>('nights'));
    expect(pearsonDispersion(nights)?.phi).toBeGreaterThan(1);
    expect(betaBinomialFit(nights)?.rho).toBeGreaterThan(0);
  });

  it('rejects counts that are none, k > n, and n beyond a million', () => {
    for (const value of notACount) {
      expect(() => betaBinomialFit([{ k: value, n: 4 }])).toThrow(RangeError);
    }
    expect(() => betaBinomialFit([{ k: 3, n: 2 }])).toThrow(RangeError);
    expect(() => betaBinomialFit([{ k: 0, n: 1e6 + 1 }])).toThrow('n must be at most 1e6');
  });

  it('does not depend on the order of nights', () => {
    fc.assert(
      fc.property(shuffled(nightsOf(0, 5)), ([nights, other]) => {
        expect(betaBinomialFit(other)).toEqual(betaBinomialFit(nights));
      }),
      { numRuns: 10 },
    );
  });
});
