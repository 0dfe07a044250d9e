import { MEASURE_DEFINITIONS, type Measure } from '../domain/measure.js';
import type { Outcome } from '../storage/sum-store.js';
import type { Tally } from './tally.js';

/** A rate under the least and the most favourable of competing claims. */
export interface ClaimRange {
  low: number;
  high: number;
}

/** What a claim adds to a rate. */
interface Part {
  k: number;
  n: number;
}

function numeratorOf(
  measure: Measure,
  counts: Pick<Outcome, 'intercepted' | 'suppressed' | 'left_airspace'>,
): number {
  const { numerator } = MEASURE_DEFINITIONS[measure];
  return numerator.reduce((sum, part) => sum + (counts[part] ?? 0), 0);
}

function partOf(measure: Measure, outcome: Outcome): Part | null {
  const { launched, intercepted, basis } = outcome;
  if (basis === 'tally' || launched === null || intercepted === null) return null;
  const k = numeratorOf(measure, outcome);
  return launched > 0 && k <= launched ? { k, n: launched } : null;
}

// A competitor that does not report suppressed says nothing of a measure that needs it; the headline claim counts as it
// stands, as everywhere.
function rivalPart(measure: Measure, rival: Outcome): Part | null {
  if (measure !== 'interception' && rival.suppressed === null) return null;
  return partOf(measure, rival);
}

/**
 * Sums over the claims that nobody contradicts, and the candidates of each contested one: numerators and launched of all
 * of them in a row, and where each one's candidates end. There may be thousands, and they are gone through again and
 * again; as objects that took ten times as long.
 */
interface Choice {
  fixed: Part;
  ks: number[];
  ns: number[];
  ends: number[];
}

function choiceOf(measure: Measure, tally: Tally): Choice {
  const fixed = { k: numeratorOf(measure, tally), n: tally.launched ?? 0 };
  const choice: Choice = { fixed, ks: [], ns: [], ends: [] };
  const offer = ({ k, n }: Part): void => {
    choice.ks.push(k);
    choice.ns.push(n);
  };
  for (const { headline, rivals } of tally.contested) {
    const own = partOf(measure, headline);
    if (own === null) continue;
    fixed.k -= own.k;
    fixed.n -= own.n;
    offer(own);
    for (const rival of rivals) {
      const part = rivalPart(measure, rival);
      if (part !== null) offer(part);
    }
    choice.ends.push(choice.ks.length);
  }
  return choice;
}

/** The sums under the choice whose every part lies furthest on its side of a rate; of equals the first. */
function chosenAt({ fixed, ks, ns, ends }: Choice, rate: number, sign: 1 | -1): Part {
  let { k, n } = fixed;
  let candidate = 0;
  for (const end of ends) {
    let best = candidate;
    let least = Number.POSITIVE_INFINITY;
    for (; candidate < end; candidate += 1) {
      const pull = sign * ((ks[candidate] as number) - rate * (ns[candidate] as number));
      if (pull < least) [best, least] = [candidate, pull];
    }
    k += ks[best] as number;
    n += ns[best] as number;
  }
  return { k, n };
}

/**
 * The least (sign 1) or greatest (sign -1) pooled rate that any choice of candidates gives. Choosing each claim's own
 * extreme ratio would not do: a competing claim of few launches moves the pooled rate less than its ratio says. So the
 * choice is the one that lies furthest on its side of the rate found so far, until the rate no longer moves
 * (Dinkelbach 1967, Management Science 13).
 */
function extremeRate(choice: Choice, start: number, sign: 1 | -1): number {
  let rate = start;
  for (;;) {
    const { k, n } = chosenAt(choice, rate, sign);
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
  tally: Tally,
  value: number | null,
): ClaimRange | null {
  if (value === null) return null;
  if (tally.contested.length === 0) return { low: value, high: value };
  const choice = choiceOf(measure, tally);
  const [low, high] = [extremeRate(choice, value, 1), extremeRate(choice, value, -1)];
  // Impossible claims among the sums can make an end that is no rate.
  return high > 1 ? null : { low, high };
}
