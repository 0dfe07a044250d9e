import { requireOpenProbability } from './guards.js';
import { normalQuantile } from './normal-quantile.js';

// AS 241 (and R) end 2 units in the last place below the Z that the methods name: one Z everywhere.
const Z95 = 1.959963984540054;

/**
 * The Z of a two-sided normal interval: the normal quantile of (1 + level) / 2.
 * @param level share of repetitions that shall contain the truth, 0 < level < 1
 * @throws RangeError outside the open interval, and for a level that rounds to 1
 * @example criticalZ(0.95) // => 1.959963984540054
 */
export function criticalZ(level: number): number {
  requireOpenProbability(level, 'level');
  return level === 0.95 ? Z95 : normalQuantile((1 + level) / 2);
}
