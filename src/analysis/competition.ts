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
  let sum = 0;
  for (const part of MEASURE_DEFINITIONS[measure].numerator) sum += counts[part] ?? 0;
  return sum;
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

/** Which way an extreme lies: 1 is the lowest rate, -1 the highest. */
export type Sign = 1 | -1;

/**
 * The sums of the best choice as a function of a rate. The candidate whose part lies furthest on its side of a rate is
 * another one for each stretch of rates; `ks` and `ns` are the sums of them all, `turns` the rates from which on each
 * holds. So the choice at a rate is looked up, however many competed.
 */
interface Course {
  turns: Float64Array;
  ks: Float64Array;
  ns: Float64Array;
}

/** A rate from which on another candidate is better, and by what the sums then change. */
interface Turn extends Part {
  rate: number;
}

/** Gathers contested claims into a course. */
class Turns {
  readonly #first: Part = { k: 0, n: 0 };
  readonly #turns: Turn[] = [];

  constructor(private readonly sign: Sign) {}

  /** @param candidates about one target; at least one */
  add(candidates: readonly Part[]): void {
    let best = this.#bestAtZero(candidates);
    this.#first.k += best.k;
    this.#first.n += best.n;
    while (candidates.length > 1) {
      const next = this.#nextAfter(best, candidates);
      if (next === best) return;
      const [k, n] = [next.k - best.k, next.n - best.n];
      this.#turns.push({ rate: k / n, k, n });
      best = next;
    }
  }

  get course(): Course {
    const sorted = this.#turns.toSorted((a, b) => a.rate - b.rate);
    const turns = new Float64Array(sorted.length);
    const ks = new Float64Array(sorted.length + 1);
    const ns = new Float64Array(sorted.length + 1);
    let { k, n } = this.#first;
    let place = 0;
    for (const turn of sorted) {
      turns[place] = turn.rate;
      ks[place] = k;
      ns[place] = n;
      k += turn.k;
      n += turn.n;
      place += 1;
    }
    ks[place] = k;
    ns[place] = n;
    return { turns, ks, ns };
  }

  #bestAtZero(candidates: readonly Part[]): Part {
    let best = candidates[0] as Part;
    for (const one of candidates) {
      const ahead = this.sign * (best.k - one.k);
      if (ahead > 0 || (ahead === 0 && this.sign * (one.n - best.n) > 0)) best = one;
    }
    return best;
  }

  /** The candidate that is better than the best one from the lowest rate on; the best one itself if none is. */
  #nextAfter(best: Part, candidates: readonly Part[]): Part {
    let next = best;
    let least = Number.POSITIVE_INFINITY;
    for (const one of candidates) {
      if (this.sign * (one.n - best.n) <= 0) continue;
      const rate = (one.k - best.k) / (one.n - best.n);
      if (rate > least || (rate === least && this.sign * (one.n - next.n) <= 0)) continue;
      least = rate;
      next = one;
    }
    return next;
  }
}

/** What contests add to the ends of a measure's range, and what they stand for in the sums. */
export interface Choice {
  own: Part;
  lowest: Course;
  highest: Course;
}

/** A headline claim and what competes with it in a measure; mostly that is nothing, or one. */
function candidatesOf(measure: Measure, own: Part, rivals: readonly Outcome[]): readonly Part[] {
  const candidates = [own];
  for (const rival of rivals) {
    const other = rivalPart(measure, rival);
    if (other !== null) candidates.push(other);
  }
  return candidates;
}

function choiceOf(measure: Measure, contested: readonly Contested[]): Choice {
  const own = { k: 0, n: 0 };
  const [lowest, highest] = [new Turns(1), new Turns(-1)];
  for (const { headline, rivals } of contested) {
    const part = partOf(measure, headline);
    // What is no rate itself stays in the sums as it is.
    if (part === null) continue;
    own.k += part.k;
    own.n += part.n;
    const candidates = candidatesOf(measure, part, rivals);
    lowest.add(candidates);
    highest.add(candidates);
  }
  return { own, lowest: lowest.course, highest: highest.course };
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
