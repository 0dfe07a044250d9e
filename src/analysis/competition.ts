import { MEASURE_DEFINITIONS, type Measure } from '../domain/measure.js';
import type { Contested, Outcome } from '../storage/contest-store.js';

/** What a claim adds to a rate. */
export interface Part {
  k: number;
  n: number;
}

/** The numerator of a measure. */
export function numeratorOf(
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

/** The candidates of a contested claim, its own counts first; null if these are no rate, so that nothing competes. */
function candidatesOf(measure: Measure, { headline, rivals }: Contested): [Part, ...Part[]] | null {
  const own = partOf(measure, headline);
  if (own === null) return null;
  return [own, ...rivals.map((rival) => rivalPart(measure, rival)).filter((part) => part !== null)];
}

/** Which way an extreme lies: 1 is the lowest rate, -1 the highest. */
export type Sign = 1 | -1;

/**
 * The sums of the best choice as a function of a rate. The candidate whose part lies furthest on its side of a rate is
 * another one for each stretch of rates; `ks` and `ns` are the sums of them all, `turns` the rates from which on each
 * holds. So the choice at a rate is looked up, however many competed.
 */
export interface Course {
  turns: Float64Array;
  ks: Float64Array;
  ns: Float64Array;
}

/** A rate from which on another candidate is better, and by what the sums then change. */
interface Turn extends Part {
  rate: number;
}

/** The best candidate at a rate of 0, and the turns to each that is better further on. */
function turnsOf(candidates: readonly [Part, ...Part[]], sign: Sign): [Part, Turn[]] {
  const isBetterAtZero = (a: Part, b: Part): boolean =>
    a.k === b.k ? sign * a.n > sign * b.n : sign * a.k < sign * b.k;
  let best = candidates.reduce((one, other) => (isBetterAtZero(other, one) ? other : one));
  const first = best;
  const turns: Turn[] = [];
  for (;;) {
    let next: Part | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const one of candidates) {
      if (sign * one.n <= sign * best.n) continue;
      const rate = (one.k - best.k) / (one.n - best.n);
      const isFirst = rate < least || (rate === least && sign * one.n > sign * (next?.n ?? one.n));
      if (isFirst) [next, least] = [one, rate];
    }
    if (next === null) return [first, turns];
    turns.push({ rate: least, k: next.k - best.k, n: next.n - best.n });
    best = next;
  }
}

function courseOf(contests: readonly (readonly [Part, ...Part[]])[], sign: Sign): Course {
  const all = contests.map((candidates) => turnsOf(candidates, sign));
  const turns = all.flatMap(([, own]) => own).sort((a, b) => a.rate - b.rate);
  const ks = new Float64Array(turns.length + 1);
  const ns = new Float64Array(turns.length + 1);
  for (const [{ k, n }] of all) {
    ks[0] = (ks[0] as number) + k;
    ns[0] = (ns[0] as number) + n;
  }
  for (const [index, { k, n }] of turns.entries()) {
    ks[index + 1] = (ks[index] as number) + k;
    ns[index + 1] = (ns[index] as number) + n;
  }
  return { turns: Float64Array.from(turns, ({ rate }) => rate), ks, ns };
}

/** What contests add to the ends of a measure's range, and what they stand for in the sums. */
interface Choice {
  own: Part;
  lowest: Course;
  highest: Course;
}

function choiceOf(measure: Measure, contested: readonly Contested[]): Choice {
  const candidates = contested
    .map((one) => candidatesOf(measure, one))
    .filter((parts) => parts !== null);
  const own = { k: 0, n: 0 };
  for (const [{ k, n }] of candidates) {
    own.k += k;
    own.n += n;
  }
  return { own, lowest: courseOf(candidates, 1), highest: courseOf(candidates, -1) };
}

/** Contested claims and those that compete with them, as the range of a rate is found from them. */
export class Competition {
  readonly #choices = new Map<Measure, Choice>();

  constructor(private readonly contested: readonly Contested[]) {}

  /** Worked out once: there may be thousands of claims in it. */
  choice(measure: Measure): Choice {
    let choice = this.#choices.get(measure);
    if (choice === undefined) {
      choice = choiceOf(measure, this.contested);
      this.#choices.set(measure, choice);
    }
    return choice;
  }
}
