import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageRanks } from '../../src/statistics/average-ranks.js';
import { spearman } from '../../src/statistics/spearman.js';
import { measurement, shuffled } from './arbitraries.js';
import { expectClose, expectFinite, fromR } from './r-values.js';

describe('spearman', () => {
  const wanted = fromR<{ x: number[]; y: number[]; ranks_x: number[] } & Record<string, number>>(
    'spearman',
  );
  const pairs = wanted.x.map((x, i) => ({ x, y: wanted.y[i] ?? Number.NaN }));
  const pair = fc.record({ x: measurement, y: measurement });

  it('equals R cor.test(exact = FALSE) and rank() to 1e-9, ties included', () => {
    const { n, rho, p_two_sided } = wanted;
    expectClose(spearman(pairs), { n, rho, p_two_sided }, 1e-9);
    expect(averageRanks(wanted.x)).toEqual(wanted.ranks_x);
  });

  it('is null below three pairs and for a constant', () => {
    expect(spearman([])).toBeNull();
    expect(
      spearman([
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ]),
    ).toBeNull();
    expect(
      spearman([
        { x: 1, y: 1 },
        { x: 1, y: 2 },
        { x: 1, y: 3 },
      ]),
    ).toBeNull();
    expect(
      spearman([
        { x: 1, y: 7 },
        { x: 2, y: 7 },
        { x: 3, y: 7 },
      ]),
    ).toBeNull();
  });

  it('has p = 0, not NaN, at perfect order', () => {
    const up = [1, 2, 3, 4].map((x) => ({ x, y: x * x }));
    expect(spearman(up)).toEqual({ n: 4, rho: 1, p_two_sided: 0 });
    expect(spearman(up.map(({ x, y }) => ({ x, y: -y })))).toEqual({
      n: 4,
      rho: -1,
      p_two_sided: 0,
    });
  });

  it('depends neither on order nor on which is x, and stays within -1..1', () => {
    fc.assert(
      fc.property(shuffled(fc.array(pair, { maxLength: 30 })), ([all, other]) => {
        const answer = spearman(all);
        expectFinite(answer);
        expect(spearman(other)).toEqual(answer);
        expect(spearman(all.map(({ x, y }) => ({ x: y, y: x })))?.rho).toBe(answer?.rho);
        expect(Math.abs(answer?.rho ?? 0)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('rejects what is not finite', () => {
    expect(() => spearman([{ x: Number.NaN, y: 1 }])).toThrow(RangeError);
    expect(() => spearman([{ x: 1, y: Number.NaN }])).toThrow(RangeError);
  });
});
