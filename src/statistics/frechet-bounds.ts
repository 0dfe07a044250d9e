import { requireCount } from './guards.js';

/** One claim that says how many of the launched were certainly strike UAVs. */
export interface StrikeClaim {
  readonly launched: number;
  readonly intercepted: number;
  readonly strike_uav_min: number;
}

/** Share of strike UAVs among the launched, and bounds on the share of them intercepted. */
export interface FrechetBounds {
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Bounds on the share of true strike UAVs that was intercepted, when nobody says which ones were:
 * Σ max(0, D - (L - S)) / ΣS to Σ min(D, S) / ΣS, for L launched, D intercepted, S strike UAVs.
 *
 * Fréchet's bounds on an intersection, per claim and then pooled: sharp, and no estimate lies
 * between them. They are not a confidence interval.
 * @param claims munitions, whole; intercepted <= launched and strike_uav_min <= launched
 * @returns proportions; null where no strike UAV is claimed
 * @throws RangeError on NaN, negatives, fractions and parts larger than the launched
 * @example
 * frechetBounds([{ launched: 10, intercepted: 7, strike_uav_min: 6 }]) // => { share: 0.6,
 * // lower: 0.5, upper: 1 }
 */
export function frechetBounds(claims: readonly StrikeClaim[]): FrechetBounds | null {
  let [all, strike, least, most] = [0, 0, 0, 0];
  for (const { launched, intercepted, strike_uav_min } of claims) {
    requireCount(launched, 'launched');
    const largest = Math.max(
      requireCount(intercepted, 'intercepted'),
      requireCount(strike_uav_min, 'strike_uav_min'),
    );
    if (largest > launched) throw new RangeError(`${largest} of ${launched} launched`);
    all += launched;
    strike += strike_uav_min;
    least += Math.max(0, intercepted - (launched - strike_uav_min));
    most += Math.min(intercepted, strike_uav_min);
  }
  if (strike === 0) return null;
  return { share: strike / all, lower: least / strike, upper: most / strike };
}
