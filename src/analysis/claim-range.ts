import type { Outcome } from '../storage/sum-store.js';
import type { Contested, Tally } from './tally.js';

/** The interception rate under the least and the most favourable of competing claims. */
export interface ClaimRange {
  low: number;
  high: number;
}

interface Known {
  launched: number;
  intercepted: number;
}

function isRate(outcome: Outcome): outcome is Known {
  const { launched, intercepted } = outcome;
  return launched !== null && intercepted !== null && launched > 0 && intercepted <= launched;
}

function extreme({ headline, rivals }: Contested, sign: 1 | -1): Known | null {
  const candidates = [headline, ...rivals].filter(isRate);
  const ratio = (outcome: Known): number => (sign * outcome.intercepted) / outcome.launched;
  return candidates.toSorted((a, b) => ratio(a) - ratio(b))[0] ?? null;
}

/**
 * The interception rate recomputed with, for every headline claim, the lowest and the highest of itself and the claims
 * that compete with it, whoever makes them. Equal ends mean that nobody contradicts.
 *
 * @param value the group's interception rate; null has no range
 */
export function claimRange(tally: Tally, value: number | null): ClaimRange | null {
  if (value === null) return null;
  const recomputed = (sign: 1 | -1): number => {
    let k = tally.intercepted ?? 0;
    let n = tally.launched ?? 0;
    for (const contested of tally.contested.values()) {
      const chosen = extreme(contested, sign);
      if (chosen === null) continue;
      k += chosen.intercepted - (contested.headline.intercepted ?? 0);
      n += chosen.launched - (contested.headline.launched ?? 0);
    }
    return k / n;
  };
  return tally.contested.size === 0
    ? { low: value, high: value }
    : { low: recomputed(1), high: recomputed(-1) };
}
