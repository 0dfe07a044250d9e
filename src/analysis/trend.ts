import { comparableStretches, type ReportingEra } from '../domain/era.js';
import type { Measure } from '../domain/measure.js';
import { pearsonDispersionWithin } from '../statistics/pearson-dispersion.js';
import type { Database } from '../storage/database.js';
import { accountOf } from './account.js';
import type { Cell } from './cells.js';
import { changesOfRate, monthlySearch, nightlySearch } from './changes-of-rate.js';
import { loadCells } from './load-cells.js';
import { type Bounds, clampedWindow, isUsed, nightPoints } from './nights.js';
import { readingOf, warningFor } from './reading.js';
import { seasonalTable } from './seasonal.js';
import type { StatsQuery } from './stats-query.js';
import { tallyOf } from './tallies.js';
import {
  dispersionOf,
  logisticTrend,
  type MonthValue,
  monthGroups,
  monthlyTrend,
  monthValues,
} from './trend-of.js';

/** A part of the window with everything that is said about its course. */
function partOf(
  label: string,
  cells: readonly Cell[],
  measure: Measure,
  bounds: readonly Bounds[],
) {
  const months = monthValues(cells, measure, bounds);
  return {
    label,
    trend: monthlyTrend(months),
    launched_trend: monthlyTrend(volumes(months)),
    logistic: logisticTrend(cells, measure),
    dispersion: dispersionOf(cells, measure),
  };
}
export type TrendPart = ReturnType<typeof partOf>;

const volumes = (months: readonly MonthValue[]) =>
  months.map(({ month, launched }) => ({ month, value: launched }));

/** The eras of every claimant whose claims count, each lineage once. */
function lineagesOf(cells: readonly Cell[]): (readonly ReportingEra[])[] {
  const lineages = new Map(
    cells.filter(isUsed).flatMap(({ eras }) => (eras[0] === undefined ? [] : [[eras[0].id, eras]])),
  );
  return [...lineages.values()];
}

const within = (cells: readonly Cell[], { from, to }: Bounds): Cell[] =>
  cells.filter(({ night }) => (from === null || from <= night) && (to === null || night <= to));

function partsOf(cells: readonly Cell[], measure: Measure, window: Bounds) {
  const eras: TrendPart[] = [];
  const stretches: TrendPart[] = [];
  for (const lineage of lineagesOf(cells)) {
    const own = cells.filter((cell) => cell.eras[0]?.id === lineage[0]?.id);
    const part = (label: string, bounds: Bounds) =>
      partOf(label, within(own, bounds), measure, [window, bounds]);
    for (const { code, from_night, to_night } of lineage) {
      eras.push(part(`era ${code}`, { from: from_night, to: to_night }));
    }
    for (const stretch of comparableStretches(lineage, measure)) {
      const name = stretch.eras.includes('-') ? 'eras' : 'era';
      stretches.push(part(`${name} ${stretch.eras}`, stretch));
    }
  }
  const told = ({ dispersion }: TrendPart): boolean => dispersion.nights > 0;
  return { eras: eras.filter(told), stretches: stretches.filter(told) };
}

/** A claim of the asked side, scope and basis that competes with none and repeats none, whatever it gives. */
const isHeadline = (cell: Cell, { side, scope, basis }: StatsQuery): boolean =>
  cell.side === side &&
  !cell.alternative &&
  !cell.repetition &&
  scope.includes(cell.scope) &&
  basis.includes(cell.basis);

// Cells come night by night.
const spanOf = (cells: readonly Cell[]): Bounds => ({
  from: cells[0]?.night ?? null,
  to: cells.at(-1)?.night ?? null,
});

/**
 * The course of a measure: whole window, per era and per comparable stretch; change points; the seasonal table; and one
 * sentence that says no more than the numbers.
 *
 * Months count when they lie wholly inside the window and inside what the dataset covers, so that neither the first nor
 * the newest month is taken for a small one.
 */
export async function trendOf(db: Database, version: number, query: StatsQuery, measure: Measure) {
  const cells = await loadCells(db, version, query);
  const { sums } = cells;
  // Claims of other scopes, bases and sides must not move a default figure, so they do not widen what is covered.
  const { attacker, defender, side, scope, basis } = query;
  const counted = { attacker, defender, side, scope, basis };
  const { sums: all } = await loadCells(db, version, counted);
  const covered = spanOf(all.filter((cell) => isHeadline(cell, counted)));
  const window = clampedWindow(covered, query);
  const tally = tallyOf(cells);
  const breaks = tally.breaks();
  const comparable = !breaks.some(({ affects }) => affects.includes(measure));
  const months = monthValues(sums, measure, [window]);
  const whole = partOf('whole window', sums, measure, [window]);
  const { eras, stretches } = partsOf(sums, measure, window);
  const { points } = nightPoints(sums, measure);
  const monthly = months.map(({ month, numerator, launched }) => ({
    label: month,
    k: numerator,
    n: launched,
  }));
  const dispersion_within_months = pearsonDispersionWithin(monthGroups(sums, measure));
  const phi = dispersion_within_months?.phi ?? null;
  return {
    measure,
    comparable,
    warning: warningFor(measure, breaks),
    reading: readingOf(measure, whole, stretches, comparable),
    breaks,
    months,
    whole,
    eras,
    comparable_stretches: stretches,
    dispersion_within_months,
    change_points: {
      nightly: changesOfRate(points, nightlySearch(points.length, phi), breaks),
      monthly: changesOfRate(monthly, monthlySearch(monthly.length, phi), breaks),
    },
    seasonal: seasonalTable(sums, measure),
    ...accountOf(tally),
  };
}
