import type { Outcome } from '../storage/sum-store.js';
import type { Tally } from './tally.js';

/** The interception rate under the least and the most favourable of competing claims. */
export interface ClaimRange {
  low: number;
  high: number;
}

interface Known extends Outcome {
  launched: number;
  intercepted: number;
}

function isRate(outcome: Outcome): outcome is Known {
  const { launched, intercepted, basis } = outcome;
  if (basis === 'tally') return false;
  return launched !== null && intercepted !== null && launched > 0 && intercepted <= launched;
}

/** Sums over the claims that nobody contradicts, and the candidates of each contested one. */
interface Choice {
  fixed: Pick<Known, 'launched' | 'intercepted'>;
  candidates: Known[][];
}

function choiceOf(tally: Tally): Choice {
  const fixed = { launched: tally.launched ?? 0, intercepted: tally.intercepted ?? 0 };
  const candidates: Known[][] = [];
  for (const { headline, rivals } of tally.contested.values()) {
    if (!isRate(headline)) continue;
    fixed.launched -= headline.launched;
    fixed.intercepted -= headline.intercepted;
    candidates.push([headline, ...rivals.filter(isRate)]);
  }
  return { fixed, candidates };
}

/**
 * The least (sign 1) or greatest (sign -1) pooled rate that any choice of candidates gives. Choosing each claim's own
 * extreme ratio would not do: a competing claim of few launches moves the pooled rate less than its ratio says. So the
 * choice is the one that lies furthest on its side of the rate found so far, until the rate no longer moves
 * (Dinkelbach 1967, Management Science 13).
 */
function extremeRate({ fixed, candidates }: Choice, start: number, sign: 1 | -1): number {
  let rate = start;
  for (;;) {
    const pulls = ({ intercepted, launched }: Known): number =>
      sign * (intercepted - rate * launched);
    const chosen = candidates.map((options) =>
      options.reduce((best, option) => (pulls(option) < pulls(best) ? option : best)),
    );
    const k = chosen.reduce((sum, { intercepted }) => sum + intercepted, fixed.intercepted);
    const n = chosen.reduce((sum, { launched }) => sum + launched, fixed.launched);
    if (sign * (k / n - rate) >= 0) return rate;
    rate = k / n;
  }
}

/**
 * The lowest and the highest interception rate that come out when every contested headline claim may be replaced by one
 * of the claims that compete with it, whoever makes them. Equal ends mean that nobody contradicts.
 *
 * @param value the group's interception rate; null has no range, nor has one that could exceed 1
 */
export function claimRange(tally: Tally, value: number | null): ClaimRange | null {
  if (value === null) return null;
  const choice = choiceOf(tally);
  const [low, high] = [extremeRate(choice, value, 1), extremeRate(choice, value, -1)];
  // Impossible claims among the sums can make an end that is no rate.
  return high > 1 ? null : { low, high };
}
