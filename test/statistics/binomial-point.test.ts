import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  pool,
  poolPoints,
  requireBinomialPoints,
  requireClusters,
} from '../../src/statistics/binomial-point.js';
import {
  requireCount,
  requireOpenProbability,
  requirePhi,
  requireReal,
} from '../../src/statistics/guards.js';
import { nightsOf, notACount } from './arbitraries.js';

describe('guards', () => {
  it('name the number, the rule and the value', () => {
    expect(() => requireCount(-1, 'k')).toThrow('k must be a whole number from 0, not -1');
    expect(() => requireReal(Number.NaN, 'x')).toThrow(
      'x must be a finite number up to 1e100, not NaN',
    );
    expect(() => requirePhi(-2)).toThrow('phi must be a finite number from 0, not -2');
    expect(() => requireOpenProbability(1, 'level')).toThrow('level must be between 0 and 1');
  });

  it('let 0 through as a count and as a factor, not as a probability', () => {
    expect(requireCount(0, 'k')).toBe(0);
    expect(requirePhi(0)).toBe(0);
    expect(() => requireOpenProbability(0, 'level')).toThrow(RangeError);
  });

  it('hold numbers down whose squares would overflow', () => {
    expect(() => requireReal(-1e101, 'x')).toThrow(RangeError);
    expect(() => requirePhi(1e101)).toThrow(RangeError);
  });
});

describe('requireBinomialPoints', () => {
  it('returns what it was given', () => {
    fc.assert(
      fc.property(nightsOf(), (nights) => {
        expect(requireBinomialPoints(nights)).toBe(nights);
      }),
    );
  });

  it.each(notACount)('rejects %d in either place', (value) => {
    expect(() =>
      requireBinomialPoints([
        { k: 0, n: 0 },
        { k: value, n: 1e9 },
      ]),
    ).toThrow(RangeError);
    expect(() => requireBinomialPoints([{ k: 0, n: value }])).toThrow(RangeError);
  });

  it('rejects k > n, which requireClusters lets through', () => {
    expect(() => requireBinomialPoints([{ k: 1, n: 0 }])).toThrow('k must not exceed n, but 1 > 0');
    expect(requireClusters([{ k: 1, n: 0 }])).toEqual([{ k: 1, n: 0 }]);
  });
});

describe('pool', () => {
  it('adds up, and is 0 of 0 without nights', () => {
    expect(pool([])).toEqual({ k: 0, n: 0 });
    fc.assert(
      fc.property(nightsOf(), nightsOf(), (a, b) => {
        const [left, right] = [pool(a), pool(b)];
        expect(pool([...a, ...b])).toEqual({ k: left.k + right.k, n: left.n + right.n });
      }),
    );
  });
});

describe('poolPoints', () => {
  it('adds up like any clusters, and refuses what is no point', () => {
    fc.assert(
      fc.property(nightsOf(), (nights) => {
        const points = nights.filter(({ k, n }) => k <= n);
        expect(poolPoints(points)).toEqual(pool(points));
      }),
    );
    expect(() => poolPoints([{ k: 3, n: 2 }])).toThrow(RangeError);
    expect(() => poolPoints([{ k: 0.5, n: 2 }])).toThrow(RangeError);
  });
});
