import type { Flag } from '../domain/claim-flags.js';
import { type Break, breaksBetween, type ReportingEra } from '../domain/era.js';
import type { Outcome } from '../storage/sum-store.js';
import type { Cell, ContestCell, Exclusion, FlagCell } from './cells.js';

/** Counts of one night that enter the rates; suppressed and left_airspace unreported are 0 here, as the methods say. */
export interface NightCounts {
  launched: number;
  intercepted: number;
  suppressed: number;
  left_airspace: number;
  /** Claims of the night that report suppressed at all. */
  suppressed_claims: number;
  /** Claims of the night that are more than a tally of kills. */
  barrage_claims: number;
}

/** A night of which nothing counts. */
export const NO_COUNTS: Readonly<NightCounts> = {
  launched: 0,
  intercepted: 0,
  suppressed: 0,
  left_airspace: 0,
  suppressed_claims: 0,
  barrage_claims: 0,
};

/** A headline claim with all claims that compete with it. */
export interface Contested {
  headline: Outcome;
  rivals: Outcome[];
}

const plus = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : a + b;

/** The running account of one group of claims, from which its summary is computed. */
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
  readonly nights = new Map<string, NightCounts>();
  readonly excluded = new Map<Exclusion, number>();
  readonly flagged = new Map<Flag, number>();
  readonly contested: Contested[] = [];
  #lastContested = '';
  readonly #spans = new Map<
    string,
    { first: string; last: string; eras: readonly ReportingEra[] }
  >();

  #lastNight = '';
  #lastCounts: NightCounts | null = null;
  #lastEras: readonly ReportingEra[] | null = null;

  add(cell: Cell): void {
    if (cell.excluded !== null) {
      this.excluded.set(cell.excluded, (this.excluded.get(cell.excluded) ?? 0) + cell.claims);
    }
    const used = cell.excluded === null;
    if (used || cell.excluded === 'launched_unknown' || cell.excluded === 'outcome_unknown') {
      this.#addSelected(cell);
    }
    if (used) this.#addUsed(cell);
  }

  addFlag({ excluded, flag, claims }: FlagCell): void {
    if (excluded !== null && excluded !== 'launched_unknown' && excluded !== 'outcome_unknown')
      return;
    this.flagged.set(flag, (this.flagged.get(flag) ?? 0) + claims);
  }

  addContest({ excluded, id, headline, alternative_outcome }: ContestCell): void {
    if (excluded !== null) return;
    // Those of one headline claim come one after the other.
    const last = id === this.#lastContested ? this.contested.at(-1) : undefined;
    if (last === undefined) this.contested.push({ headline, rivals: [alternative_outcome] });
    else last.rivals.push(alternative_outcome);
    this.#lastContested = id;
  }

  /** Breaks of definition inside the span of nights that each claimant's counted claims cover. */
  breaks(): Break[] {
    const found = new Map<string, Break>();
    for (const { first, last, eras } of this.#spans.values()) {
      for (const item of breaksBetween(eras, first, last)) {
        found.set(`${item.night} ${item.from} ${item.to}`, item);
      }
    }
    return [...found.values()].toSorted((a, b) => (a.night < b.night ? -1 : 1));
  }

  // Counts that need no outcome: what was launched, and the places, of all claims that were asked for.
  #addSelected(cell: Cell): void {
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
    // Cells come night by night and source by source: mostly it is the night and the claimant of the one before.
    const isSameNight = cell.night === this.#lastNight;
    const night =
      isSameNight && this.#lastCounts !== null ? this.#lastCounts : this.#nightOf(cell.night);
    if (!isSameNight || cell.eras !== this.#lastEras) this.#widenSpan(cell);
    this.#lastNight = cell.night;
    this.#lastCounts = night;
    this.#lastEras = cell.eras;
    night.launched += cell.launched ?? 0;
    night.intercepted += cell.intercepted ?? 0;
    night.suppressed += cell.suppressed ?? 0;
    night.left_airspace += cell.left_airspace ?? 0;
    night.suppressed_claims += cell.given.suppressed_claims;
    if (cell.basis !== 'tally') night.barrage_claims += cell.claims;
  }

  #nightOf(night: string): NightCounts {
    const known = this.nights.get(night);
    if (known !== undefined) return known;
    const counts = { ...NO_COUNTS };
    this.nights.set(night, counts);
    return counts;
  }

  #widenSpan({ eras, night }: Cell): void {
    const lineage = eras[0]?.source ?? eras[0]?.party;
    if (lineage === undefined || lineage === null) return;
    const span = this.#spans.get(lineage) ?? { first: night, last: night, eras };
    if (night < span.first) span.first = night;
    if (night > span.last) span.last = night;
    this.#spans.set(lineage, span);
  }
}
