import type { Flag } from '../domain/claim-flags.js';
import type { Break, ReportingEra } from '../domain/era.js';
import type { Measure } from '../domain/measure.js';
import type { Cluster } from '../statistics/binomial-point.js';
import type { Cell, ContestCell, Exclusion, FlagCell } from './cells.js';
import type { Choice, Competition } from './competition.js';
import { breaksIn, cover, coverAll, type Spans } from './era-spans.js';
import { joined } from './joined.js';
import { clustersOf, type NightCounts, noCounts } from './night-counts.js';

const plus = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : a + b;

function increase<K>(counts: Map<K, number>, key: K, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/**
 * The running account of one group of claims, from which its summary is computed. Cells come night by night, and so do
 * tallies that are put together.
 */
export class Tally {
  claims = 0;
  tally_claims = 0;
  launched: number | null = null;
  intercepted: number | null = null;
  suppressed: number | null = null;
  left_airspace: number | null = null;
  still_airborne: number | null = null;
  suppressed_claims = 0;
  launched_with_suppressed = 0;
  launched_all: number | null = null;
  intercepted_all: number | null = null;
  hit_locations: number | null = null;
  hit_location_claims = 0;
  debris_locations: number | null = null;
  debris_location_claims = 0;
  /** First and last night with a claim that was asked for, whether or not it enters the rates. */
  first_report: string | null = null;
  last_report: string | null = null;
  /** How many nights count. */
  night_count = 0;
  readonly excluded = new Map<Exclusion, number>();
  readonly flagged = new Map<Flag, number>();
  /** What it was put together from. */
  #parts: readonly Tally[] = [];
  #nights: NightCounts[] = [];
  readonly #competitions: Competition[] = [];
  readonly #clusters = new Map<Measure, readonly Cluster[]>();
  readonly #choices = new Map<Measure, readonly Choice[]>();
  readonly #spans: Spans = new Map();
  // The era of the counted claims: none yet, or several, are told apart from none that is defined.
  #era: string | null = null;
  #eras: 'none' | 'one' | 'several' = 'none';
  #lastEras: readonly ReportingEra[] | null = null;

  /** The tally of several in the order of their nights, which they have not in common. It is not added to. */
  static of(parts: readonly Tally[]): Tally {
    const [first] = parts;
    if (first !== undefined && parts.length === 1) return first;
    const whole = new Tally();
    for (const part of parts) whole.#include(part);
    whole.#parts = parts;
    return whole;
  }

  /** Breaks of definition inside the span of nights that each claimant's counted claims cover in several together. */
  static breaksOf(parts: readonly Tally[]): Break[] {
    const spans: Spans = new Map();
    for (const part of parts) coverAll(spans, part.#spans);
    return breaksIn(spans);
  }

  /** The nights that count, in their order, when all is added. */
  get nights(): readonly NightCounts[] {
    if (this.#nights.length < this.night_count) {
      this.#nights = joined(this.#parts.map(({ nights }) => nights));
    }
    return this.#nights;
  }

  /** The nights as clusters of a measure, when all is added. */
  clusters(measure: Measure): readonly Cluster[] {
    const own = () => clustersOf(measure, this.nights);
    return this.#once(this.#clusters, measure, own, (part) => part.clusters(measure));
  }

  /** What competing claims allow of a measure, when all is added. */
  choices(measure: Measure): readonly Choice[] {
    const own = () => this.#competitions.map((one) => one.choice(measure));
    return this.#once(this.#choices, measure, own, (part) => part.choices(measure));
  }

  /** The era of all claims that enter the rates; null where none is defined or they span several. */
  get era(): string | null {
    return this.#eras === 'one' ? this.#era : null;
  }

  add(cell: Cell): void {
    const { excluded } = cell;
    if (excluded === null) {
      this.#addSelected(cell);
      this.#addUsed(cell);
      return;
    }
    increase(this.excluded, excluded, cell.claims);
    if (excluded === 'launched_unknown' || excluded === 'outcome_unknown') this.#addSelected(cell);
  }

  addFlag({ excluded, flag, claims }: FlagCell): void {
    if (excluded !== null && excluded !== 'launched_unknown' && excluded !== 'outcome_unknown')
      return;
    increase(this.flagged, flag, claims);
  }

  addContest({ excluded, competition }: ContestCell): void {
    if (excluded === null) this.#competitions.push(competition);
  }

  /** Breaks of definition inside the span of nights that each claimant's counted claims cover. */
  breaks(): Break[] {
    return breaksIn(this.#spans);
  }

  // Counts that need no outcome: what was launched, and the places, of all claims that were asked for.
  #addSelected(cell: Cell): void {
    this.first_report ??= cell.night;
    this.last_report = cell.night;
    this.launched_all = plus(this.launched_all, cell.launched);
    this.intercepted_all = plus(this.intercepted_all, cell.intercepted);
    this.hit_locations = plus(this.hit_locations, cell.hit_locations);
    this.hit_location_claims += cell.given.hit_locations_claims;
    this.debris_locations = plus(this.debris_locations, cell.debris_locations);
    this.debris_location_claims += cell.given.debris_locations_claims;
  }

  #addUsed(cell: Cell): void {
    this.claims += cell.claims;
    if (cell.basis === 'tally') this.tally_claims += cell.claims;
    this.launched = plus(this.launched, cell.launched);
    this.intercepted = plus(this.intercepted, cell.intercepted);
    this.suppressed = plus(this.suppressed, cell.suppressed);
    this.left_airspace = plus(this.left_airspace, cell.left_airspace);
    this.still_airborne = plus(this.still_airborne, cell.still_airborne);
    this.suppressed_claims += cell.given.suppressed_claims;
    this.launched_with_suppressed += cell.given.suppressed_launched ?? 0;
    this.#noteEra(cell.era);
    const last = this.#nights.at(-1);
    const isSameNight = cell.night === last?.night;
    const night = isSameNight ? last : this.#begin(cell.night);
    // Mostly the claimant is that of the cell before too.
    if (!isSameNight || cell.eras !== this.#lastEras)
      cover(this.#spans, { first: cell.night, last: cell.night, eras: cell.eras });
    this.#lastEras = cell.eras;
    night.launched += cell.launched ?? 0;
    night.intercepted += cell.intercepted ?? 0;
    night.suppressed += cell.suppressed ?? 0;
    night.left_airspace += cell.left_airspace ?? 0;
    night.suppressed_claims += cell.given.suppressed_claims;
    if (cell.basis !== 'tally') night.barrage_claims += cell.claims;
  }

  /** What is made once of a part, for all that it is part of. */
  #once<T>(
    known: Map<Measure, readonly T[]>,
    measure: Measure,
    own: () => readonly T[],
    ofPart: (part: Tally) => readonly T[],
  ): readonly T[] {
    let made = known.get(measure);
    if (made === undefined) {
      made = this.#parts.length > 0 ? joined(this.#parts.map(ofPart)) : own();
      known.set(measure, made);
    }
    return made;
  }

  #begin(night: string): NightCounts {
    const counts = noCounts(night);
    this.#nights.push(counts);
    this.night_count += 1;
    return counts;
  }

  #noteEra(era: string | null): void {
    if (this.#eras === 'none') {
      this.#eras = 'one';
      this.#era = era;
    } else if (era !== this.#era) this.#eras = 'several';
  }

  #include(part: Tally): void {
    this.night_count += part.night_count;
    this.claims += part.claims;
    this.tally_claims += part.tally_claims;
    this.launched = plus(this.launched, part.launched);
    this.intercepted = plus(this.intercepted, part.intercepted);
    this.suppressed = plus(this.suppressed, part.suppressed);
    this.left_airspace = plus(this.left_airspace, part.left_airspace);
    this.still_airborne = plus(this.still_airborne, part.still_airborne);
    this.suppressed_claims += part.suppressed_claims;
    this.launched_with_suppressed += part.launched_with_suppressed;
    this.launched_all = plus(this.launched_all, part.launched_all);
    this.intercepted_all = plus(this.intercepted_all, part.intercepted_all);
    this.hit_locations = plus(this.hit_locations, part.hit_locations);
    this.hit_location_claims += part.hit_location_claims;
    this.debris_locations = plus(this.debris_locations, part.debris_locations);
    this.debris_location_claims += part.debris_location_claims;
    this.first_report ??= part.first_report;
    this.last_report = part.last_report ?? this.last_report;
    for (const [reason, claims] of part.excluded) increase(this.excluded, reason, claims);
    for (const [flag, claims] of part.flagged) increase(this.flagged, flag, claims);
    coverAll(this.#spans, part.#spans);
    if (part.#eras === 'several') this.#eras = 'several';
    else if (part.#eras === 'one') this.#noteEra(part.#era);
  }
}
