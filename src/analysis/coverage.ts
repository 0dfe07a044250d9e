import { type BucketSpan, bucketSpans, daysBetween } from '../domain/calendar.js';
import type { Basis, Scope } from '../domain/claim.js';
import type { Side } from '../domain/source.js';
import type { Database } from '../storage/database.js';
import { coveredNights } from '../storage/kept-sums.js';
import { PARTLY_GIVEN, type PartlyGiven } from '../storage/sum-store.js';
import { accountOf } from './account.js';
import type { Cell } from './cells.js';
import { loadCells } from './load-cells.js';
import { cellsBy, clampedWindow } from './nights.js';
import type { StatsQuery } from './stats-query.js';
import { tallyOf } from './tallies.js';

/** How often a count is given: claims that give it, and the share of what was launched that they stand for. */
interface Given {
  claims: number;
  share_of_claims: number | null;
  share_of_launched: number | null;
}

function givenOf(cells: readonly Cell[]): Record<PartlyGiven, Given> {
  const sum = (value: (cell: Cell) => number | null): number =>
    cells.reduce((total, cell) => total + (value(cell) ?? 0), 0);
  const [claims, launched] = [sum((cell) => cell.claims), sum((cell) => cell.launched)];
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  const entries = PARTLY_GIVEN.map((name) => {
    const giving = sum(({ given }) => given[`${name}_claims`]);
    const launchedOfGiving = sum(({ given }) => given[`${name}_launched`]);
    return [
      name,
      {
        claims: giving,
        share_of_claims: share(giving, claims),
        share_of_launched: share(launchedOfGiving, launched),
      },
    ] as const;
  });
  return Object.fromEntries(entries) as Record<PartlyGiven, Given>;
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

const nightsOf = (cells: readonly Cell[]): string[] =>
  [...new Set(cells.map(({ night }) => night))].toSorted();

interface Calendar {
  from: string | null;
  to: string | null;
  nights: number;
}

function monthCoverage(
  { bucket, from, to }: BucketSpan,
  cells: readonly Cell[],
  calendar: Calendar,
) {
  const first = calendar.from !== null && calendar.from > from ? calendar.from : from;
  const last = calendar.to !== null && calendar.to < to ? calendar.to : to;
  const reported = nightsOf(cells).length;
  return {
    month: bucket,
    claims: cells.reduce((sum, cell) => sum + cell.claims, 0),
    nights_with_reports: reported,
    silent_nights: daysBetween(first, last) + 1 - reported,
    given: givenOf(cells),
  };
}

function monthsOf(cells: readonly Cell[], calendar: Calendar) {
  if (calendar.from === null || calendar.to === null) return [];
  const own = cellsBy(cells, ({ night }) => night.slice(0, 7));
  return [...bucketSpans(calendar.from, calendar.to, 'month')].map((month) =>
    monthCoverage(month, own.get(month.bucket) ?? [], calendar),
  );
}

// A claim that merely repeats another one is no second witness.
const independentClaims = (cells: readonly Cell[]): number =>
  cells.reduce((sum, cell) => sum + cell.independent_claims, 0);

function sourceCoverage(source: string, cells: readonly Cell[], calendar: Calendar) {
  const nights = nightsOf(cells);
  const side: Side = cells[0]?.side ?? 'third_party';
  return {
    source,
    side,
    claims: cells.reduce((sum, cell) => sum + cell.claims, 0),
    independent_claims: independentClaims(cells),
    nights_with_reports: nights.length,
    nights_missed: calendar.nights - nights.length,
    first_night: nights[0] ?? null,
    newest_night: nights.at(-1) ?? null,
    given: givenOf(cells),
    months: monthsOf(cells, calendar),
  };
}

/** Whose claims are looked at; what is missing does not restrict. */
export interface CoverageOptions {
  side?: Side | undefined;
  scope?: readonly Scope[] | undefined;
  basis?: readonly Basis[] | undefined;
}

/**
 * Who reported when, and what they left out: per source and month the nights with reports, the silent nights, and how
 * many claims give each count. All sides, scopes and bases unless some are asked for, each source by itself; silence is
 * no report, not a quiet night.
 *
 * The calendar runs from the first to the last night of the whole dataset, or of the asked window inside it.
 */
export async function coverageOf(
  db: Database,
  version: number,
  query: StatsQuery,
  { side, scope, basis }: CoverageOptions,
) {
  const cells = await loadCells(db, version, query);
  const window = clampedWindow(await coveredNights(db, version, query), query);
  const nights =
    window.from === null || window.to === null ? 0 : daysBetween(window.from, window.to) + 1;
  const calendar = { ...window, nights };
  const reports = cells.sums.filter(
    (cell) =>
      (side === undefined || cell.side === side) &&
      (scope?.includes(cell.scope) ?? true) &&
      (basis?.includes(cell.basis) ?? true),
  );
  const reported = nightsOf(reports);
  const sources = [...cellsBy(reports, ({ source }) => source)].toSorted(byName);
  return {
    calendar,
    newest_night: reported.at(-1) ?? null,
    nights_with_reports: reported.length,
    silent_nights: nights - reported.length,
    claims: reports.reduce((sum, cell) => sum + cell.claims, 0),
    ...accountOf(tallyOf(cells)),
    given: givenOf(reports),
    independent_sources: sources.filter(([, own]) => independentClaims(own) > 0).length,
    sources: sources.map(([source, own]) => sourceCoverage(source, own, calendar)),
  };
}
