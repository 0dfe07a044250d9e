import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BinomialPoint } from '../../src/statistics/binomial-point.js';
import { clusteredDifference } from '../../src/statistics/clustered-difference.js';
import {
  newcombeDifference,
  type RateDifference,
} from '../../src/statistics/newcombe-difference.js';
import { oddsRatio } from '../../src/statistics/odds-ratio.js';
import { relativeRisk } from '../../src/statistics/relative-risk.js';
import { twoProportionZ, type ZTest } from '../../src/statistics/two-proportion-z.js';
import { binomialPoint, nightsOf, notACount } from './arbitraries.js';
import { expectClose, expectFinite, fromR, months } from './r-values.js';

interface Pair {
  first: BinomialPoint;
  second: BinomialPoint;
  phi: number;
  newcombe: RateDifference;
  newcombe_90: RateDifference;
  z: ZTest | null;
  relative_risk: number | null;
  odds_ratio: number | null;
}
const pairs = fromR<Pair[]>('pairs');
const none = { k: 0, n: 0 };
const half = { k: 2, n: 4 };
const all = { k: 4, n: 4 };
const zero = { k: 0, n: 4 };

describe('two periods', () => {
  it.each(pairs)('equal R to 1e-9: $first.k/$first.n and $second.k/$second.n, phi $phi', (pair) => {
    const { first, second } = pair;
    expectClose(newcombeDifference(first, second), pair.newcombe, 1e-9);
    expectClose(newcombeDifference(first, second, 0.9), pair.newcombe_90, 1e-9);
    expectClose(twoProportionZ(first, second, pair.phi), pair.z, 1e-9);
    expectClose(relativeRisk(first, second), pair.relative_risk, 1e-9);
    expectClose(oddsRatio(first, second), pair.odds_ratio, 1e-9);
  });

  it('reject counts that are none, and k > n', () => {
    const statistics = [newcombeDifference, twoProportionZ, relativeRisk, oddsRatio];
    for (const statistic of statistics) {
      for (const value of notACount) {
        expect(() => statistic({ k: value, n: 4 }, half)).toThrow(RangeError);
        expect(() => statistic(half, { k: 0, n: value })).toThrow(RangeError);
      }
      expect(() => statistic(half, { k: 5, n: 4 })).toThrow(RangeError);
    }
  });
});

describe('newcombeDifference', () => {
  it('is null where either period launched nothing', () => {
    expect(newcombeDifference(none, half)).toBeNull();
    expect(newcombeDifference(half, none)).toBeNull();
    expect(newcombeDifference(none, none)).toBeNull();
  });

  it('stays finite from 0/n to n/n and does not pass -1 or 1', () => {
    const { difference, interval } = newcombeDifference(zero, all) ?? {
      difference: 0,
      interval: [],
    };
    expect([difference, interval[1]]).toEqual([1, 1]);
  });

  it('contains the difference, stays within -1..1 and turns about when periods are swapped', () => {
    fc.assert(
      fc.property(binomialPoint(1), binomialPoint(1), (first, second) => {
        const { difference, interval } = newcombeDifference(first, second) as RateDifference;
        const swapped = newcombeDifference(second, first) as RateDifference;
        expect(interval[0]).toBeLessThanOrEqual(difference);
        expect(interval[1]).toBeGreaterThanOrEqual(difference);
        expect(interval[0]).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(interval[1]).toBeLessThanOrEqual(1 + 1e-12);
        expect(swapped.interval[0]).toBeCloseTo(-interval[1], 12);
      }),
    );
  });

  it('rejects a level outside 0..1', () => {
    expect(() => newcombeDifference(none, none, 1)).toThrow(RangeError);
  });
});

describe('twoProportionZ', () => {
  it('is null without launches, at a pooled rate of 0 or 1, and without dispersion', () => {
    for (const [first, second] of [
      [none, half],
      [half, none],
      [zero, zero],
      [all, all],
    ] as const) {
      expect(twoProportionZ(first, second)).toBeNull();
    }
    expect(twoProportionZ(half, all, 0)).toBeNull();
  });

  it('is 0 with p = 1 at equal rates', () => {
    expect(twoProportionZ(half, { k: 3, n: 6 })).toEqual({ z: 0, p_two_sided: 1 });
  });

  it('changes sign when swapped and shrinks with the root of phi', () => {
    fc.assert(
      fc.property(binomialPoint(1), binomialPoint(1), (first, second) => {
        const plain = twoProportionZ(first, second);
        expectFinite(plain);
        expect(twoProportionZ(second, first)?.z ?? 0).toBeCloseTo(-(plain?.z ?? 0), 12);
        expect(twoProportionZ(first, second, 4)?.z ?? 0).toBeCloseTo((plain?.z ?? 0) / 2, 12);
      }),
    );
  });

  it('rejects a phi that is none', () => {
    for (const phi of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => twoProportionZ(half, all, phi)).toThrow(RangeError);
    }
  });
});

describe('relativeRisk and oddsRatio', () => {
  it('are null rather than infinite, and 0 where the second rate is 0', () => {
    expect([relativeRisk(zero, half), oddsRatio(zero, half)]).toEqual([null, null]);
    expect([relativeRisk(half, none), oddsRatio(half, none)]).toEqual([null, null]);
    expect([relativeRisk(none, half), oddsRatio(none, half)]).toEqual([null, null]);
    expect([relativeRisk(half, zero), oddsRatio(half, zero)]).toEqual([0, 0]);
    expect([relativeRisk(half, all), oddsRatio(half, all)]).toEqual([2, null]);
  });
});

describe('clusteredDifference', () => {
  it('equals R to 1e-9', () => {
    const [a, b, c, d] = months(fromR<{ k: number[]; n: number[]; month: number[] }>('nights'));
    const periods = [
      [...(a ?? []), ...(b ?? [])],
      [...(c ?? []), ...(d ?? [])],
    ] as const;
    expectClose(clusteredDifference(...periods), fromR('clustered_difference'), 1e-9);
  });

  it('is null where either period has no clustered error', () => {
    expect(clusteredDifference([half], [half, all])).toBeNull();
    expect(clusteredDifference([half, all], [half])).toBeNull();
  });

  it('contains the difference and is finite', () => {
    fc.assert(
      fc.property(nightsOf(), nightsOf(), (first, second) => {
        const answer = clusteredDifference(first, second);
        expectFinite(answer);
        if (answer === null) return;
        expect(answer.interval[0]).toBeLessThanOrEqual(answer.difference);
        expect(answer.interval[1]).toBeGreaterThanOrEqual(answer.difference);
      }),
    );
  });
});
