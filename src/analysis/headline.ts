import { MEASURES, type Measure } from '../domain/measure.js';
import { sideOf } from '../domain/source.js';
import type { Database } from '../storage/database.js';
import { type Given, PARTLY_GIVEN } from '../storage/sum-store.js';
import {
  type PartySpan,
  partySpans,
  sumsAt,
  sumsBetween,
  type VersionSums,
} from '../storage/version-sum-store.js';
import { exclusionOf } from './cells.js';
import { pairFilter } from './query-filter.js';
import { rateOf } from './rate.js';
import type { StatsQuery } from './stats-query.js';
import { Tally } from './tally.js';

/** The figures that are quoted. */
export interface HeadlineFigures {
  claims: number;
  launched: number | null;
  intercepted: number | null;
  suppressed: number | null;
  left_airspace: number | null;
  rates: Record<Measure, number | null>;
}

/** What one dataset version did to them. */
export interface HeadlineChange {
  before: HeadlineFigures;
  after: HeadlineFigures;
  changed: boolean;
}

const COUNTS = [
  'claims',
  'launched',
  'intercepted',
  'suppressed',
  'suppressed_claims',
  'left_airspace',
  'left_airspace_claims',
] as const;

const NONE_GIVEN = Object.fromEntries(
  PARTLY_GIVEN.flatMap((name) => [
    [`${name}_claims`, 0],
    [`${name}_launched`, null],
  ]),
) as Given;

/** The claims of the pair as the versions go by, added up per key. */
class RunningSums {
  readonly #cells = new Map<string, VersionSums>();

  /** @param sign 1 for claims that entered, -1 for claims that left */
  add(sums: VersionSums, sign: 1 | -1): void {
    // What is neither counted nor the version tells claims apart, whatever a key will hold one day.
    const counts = Object.fromEntries(COUNTS.map((field) => [field, 0]));
    const blank = { ...sums, version: 0, ...counts };
    const name = JSON.stringify(blank);
    const known = this.#cells.get(name) ?? blank;
    for (const field of COUNTS) known[field] = (known[field] ?? 0) + sign * (sums[field] ?? 0);
    this.#cells.set(name, known);
  }

  /** The figures of a query, by the rules of every statistic. @param parties for whom each source speaks now */
  figures(query: StatsQuery, parties: ReadonlyMap<string, string | null>): HeadlineFigures {
    const tally = new Tally();
    for (const sums of this.#cells.values()) {
      if (sums.claims === 0) continue;
      const side = sideOf(parties.get(sums.source) ?? null, query);
      tally.add({
        ...sums,
        // A sum of nothing is not reported, not 0.
        launched: sums.launched_known ? sums.launched : null,
        intercepted: sums.intercepted_known ? sums.intercepted : null,
        suppressed: sums.suppressed_claims > 0 ? sums.suppressed : null,
        left_airspace: sums.left_airspace_claims > 0 ? sums.left_airspace : null,
        independent_claims: sums.claims,
        still_airborne: null,
        hit_locations: null,
        debris_locations: null,
        given: { ...NONE_GIVEN, suppressed_claims: sums.suppressed_claims },
        category: 'uncategorised',
        side,
        era: null,
        reporting_era: null,
        eras: [],
        excluded: exclusionOf(sums, side, query),
      });
    }
    const { claims, launched, intercepted, suppressed, left_airspace } = tally;
    const rates = Object.fromEntries(
      MEASURES.map((measure) => [measure, rateOf(measure, tally, []).value]),
    ) as Record<Measure, number | null>;
    return { claims, launched, intercepted, suppressed, left_airspace, rates };
  }
}

const partiesAt = (spans: readonly PartySpan[], version: number) =>
  new Map(
    spans
      .filter(
        ({ from_version: from, to_version: to }) =>
          from <= version && (to ?? version + 1) > version,
      )
      .map(({ slug, party }) => [slug, party]),
  );

/**
 * What each of the dataset versions that follow one did to the headline of a query: the same figures as the statistic
 * itself at that version, from one state and what was added and taken since.
 *
 * @param versions all that there are after it and up to another one, in order: their numbers may have gaps
 * @param query over one pair; its window and codes are not looked at
 * @returns one entry per version, in order
 */
export async function headlineChanges(
  db: Database,
  after: number,
  versions: readonly number[],
  query: StatsQuery,
): Promise<HeadlineChange[]> {
  const pair = pairFilter(query);
  const upTo = versions.at(-1) ?? after;
  const [start, { entered, left }, spans] = await Promise.all([
    sumsAt(db, pair, after),
    sumsBetween(db, pair, after, upTo),
    partySpans(db),
  ]);
  const running = new RunningSums();
  for (const sums of start) running.add(sums, 1);
  const changes: HeadlineChange[] = [];
  let before = running.figures(query, partiesAt(spans, after));
  for (const version of versions) {
    for (const sums of entered) if (sums.version === version) running.add(sums, 1);
    for (const sums of left) if (sums.version === version) running.add(sums, -1);
    const now = running.figures(query, partiesAt(spans, version));
    changes.push({ before, after: now, changed: JSON.stringify(before) !== JSON.stringify(now) });
    before = now;
  }
  return changes;
}
