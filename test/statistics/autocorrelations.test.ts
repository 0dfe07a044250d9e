import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autocorrelations } from '../../src/statistics/autocorrelations.js';

describe('autocorrelations', () => {
  it('are none where undefined, rounding of the mean included', () => {
    for (const series of [[], [4], [2, 2], [0.1, 0.1, 0.1]]) {
      expect(autocorrelations(series)).toEqual([]);
    }
    expect(autocorrelations([0, 1e-200])).toEqual([{ lag: 1, r: 0 }]);
  });

  it('sum to -1/2 and stay within -1..1', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { maxLength: 30 }), (series) => {
        const found = autocorrelations(series);
        for (const { r } of found) expect(Math.abs(r)).toBeLessThanOrEqual(1);
        if (found.length > 0) expect(found.reduce((sum, { r }) => sum + r, 0)).toBeCloseTo(-0.5, 9);
      }),
    );
  });
});
