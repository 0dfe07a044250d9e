import type { Measure } from '../domain/measure.js';
import { type Choice, numeratorOf, type Part, type Sign } from './competition.js';
import type { Tally } from './tally.js';

/** A rate under the least and the most favourable of competing claims. */
export interface ClaimRange {
  low: number;
  high: number;
}

/** How many turns lie at or before a rate. */
function turnsUpTo(rate: number, turns: Float64Array): number {
  let [low, high] = [0, turns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((turns[middle] as number) <= rate) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The least (sign 1) or greatest (sign -1) pooled rate that any choice of candidates gives. Choosing each claim's own
 * extreme ratio would not do: a competing claim of few launches moves the pooled rate less than its ratio says. So the
 * choice is the one that lies furthest on its side of the rate found so far, until the rate no longer moves
 * (Dinkelbach 1967, Management Science 13).
 *
 * @param rest sums over the claims that nobody contradicts
 */
function extremeRate(rest: Part, choices: readonly Choice[], start: number, sign: Sign): number {
  const end = sign === 1 ? 'lowest' : 'highest';
  let rate = start;
  for (;;) {
    let { k, n } = rest;
    for (const choice of choices) {
      const { turns, ks, ns } = choice[end];
      const place = turnsUpTo(rate, turns);
      k += ks[place] as number;
      n += ns[place] as number;
    }
    if (sign * (k / n - rate) >= 0) return rate;
    rate = k / n;
  }
}

/**
 * The lowest and the highest rate that come out when every contested headline claim may be replaced by one of the
 * claims that compete with it, whoever makes them. Equal ends mean that nobody contradicts.
 *
 * @param value the group's rate; null has no range, nor has one that could exceed 1
 */
export function claimRange(
  measure: Measure,
  tally: Pick<Tally, 'launched' | 'intercepted' | 'suppressed' | 'left_airspace' | 'choices'>,
  value: number | null,
): ClaimRange | null {
  if (value === null) return null;
  const choices = tally.choices(measure);
  if (choices.length === 0) return { low: value, high: value };
  const rest = { k: numeratorOf(measure, tally), n: tally.launched ?? 0 };
  for (const { own } of choices) {
    rest.k -= own.k;
    rest.n -= own.n;
  }
  const low = extremeRate(rest, choices, value, 1);
  const high = extremeRate(rest, choices, value, -1);
  // Impossible claims among the sums can make an end that is no rate.
  return high > 1 ? null : { low, high };
}
