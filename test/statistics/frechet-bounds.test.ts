import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frechetBounds } from '../../src/statistics/frechet-bounds.js';
import { notACount, shuffled } from './arbitraries.js';
import { expectFinite } from './r-values.js';

describe('frechetBounds', () => {
  const claim = fc.integer({ min: 0, max: 300 }).chain((launched) =>
    fc.record({
      launched: fc.constant(launched),
      intercepted: fc.integer({ min: 0, max: launched }),
      strike_uav_min: fc.integer({ min: 0, max: launched }),
    }),
  );

  it('meets at one value where all were strike UAVs, or all were intercepted, or none', () => {
    const of = (intercepted: number, strike: number) =>
      frechetBounds([{ launched: 10, intercepted, strike_uav_min: strike }]);
    expect(of(7, 10)).toEqual({ share: 1, lower: 0.7, upper: 0.7 });
    expect(of(10, 4)).toEqual({ share: 0.4, lower: 1, upper: 1 });
    expect(of(0, 4)).toEqual({ share: 0.4, lower: 0, upper: 0 });
    expect(of(5, 5)).toEqual({ share: 0.5, lower: 0, upper: 1 });
  });

  it('is null without strike UAVs', () => {
    expect(frechetBounds([])).toBeNull();
    expect(frechetBounds([{ launched: 9, intercepted: 5, strike_uav_min: 0 }])).toBeNull();
    expect(frechetBounds([{ launched: 0, intercepted: 0, strike_uav_min: 0 }])).toBeNull();
  });

  it('contains the rate of every way to tell strike UAVs from decoys', () => {
    fc.assert(
      fc.property(claim, fc.double({ min: 0, max: 1, noNaN: true }), (one, share) => {
        const bounds = frechetBounds([one]);
        if (bounds === null) return;
        const decoys = one.launched - one.strike_uav_min;
        const least = Math.max(0, one.intercepted - decoys);
        const most = Math.min(one.intercepted, one.strike_uav_min);
        const truth = Math.round(least + share * (most - least)) / one.strike_uav_min;
        expect(bounds.lower).toBeLessThanOrEqual(truth);
        expect(bounds.upper).toBeGreaterThanOrEqual(truth);
      }),
    );
  });

  it('does not depend on order and stays within 0..1', () => {
    fc.assert(
      fc.property(shuffled(fc.array(claim)), ([claims, other]) => {
        const bounds = frechetBounds(claims);
        expectFinite(bounds);
        expect(frechetBounds(other)).toEqual(bounds);
        expect(bounds?.lower ?? 0).toBeGreaterThanOrEqual(0);
        expect(bounds?.upper ?? 0).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('rejects counts that are none and parts larger than the launched', () => {
    const valid = { launched: 4, intercepted: 2, strike_uav_min: 2 };
    for (const key of ['launched', 'intercepted', 'strike_uav_min'] as const) {
      for (const value of notACount) {
        expect(() => frechetBounds([{ ...valid, [key]: value }])).toThrow(RangeError);
      }
    }
    expect(() => frechetBounds([{ ...valid, intercepted: 5 }])).toThrow('5 of 4 launched');
    expect(() => frechetBounds([{ ...valid, strike_uav_min: 6 }])).toThrow('6 of 4 launched');
  });
});
