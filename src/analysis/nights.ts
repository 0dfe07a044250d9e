import { bucketSpan } from '../domain/calendar.js';
import { MEASURE_DEFINITIONS, type Measure } from '../domain/measure.js';
import type { BinomialPoint } from '../statistics/binomial-point.js';
import type { Cell } from './cells.js';
import { Tally } from './tally.js';

/** A claim that was asked for: it counts, or would if it gave both counts. */
export const isReport = ({ excluded }: Cell): boolean =>
  excluded === null || excluded === 'launched_unknown' || excluded === 'outcome_unknown';

/** A claim that enters the rates. */
export const isUsed = ({ excluded }: Cell): boolean => excluded === null;

/** The account of some cells, as far as their counts go. */
export function tallied(cells: readonly Cell[]): Tally {
  const tally = new Tally();
  for (const cell of cells) tally.add(cell);
  return tally;
}

/** Cells by a key, in the order in which the keys first appear. */
export function cellsBy(cells: readonly Cell[], key: (cell: Cell) => string): Map<string, Cell[]> {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const name = key(cell);
    const own = groups.get(name);
    if (own === undefined) groups.set(name, [cell]);
    else own.push(cell);
  }
  return groups;
}

/** One night or month of a measure. */
export interface LabelledPoint extends BinomialPoint {
  label: string;
}

/** The nights of a measure, and those with more in the numerator than was launched, which no fit can use. */
export interface NightPoints {
  points: LabelledPoint[];
  dropped: string[];
}

/**
 * The claims from which a measure can be made at all: in an era in which nobody reports suppressed there is nothing that a measure with suppressed could be made of: null is not zero.
 */
function measurable(cells: readonly Cell[], measure: Measure): Cell[] {
  const used = cells.filter(isUsed);
  if (measure === 'interception') return used;
  const reporting = new Set(
    used
      .filter(({ given }) => given.suppressed_claims > 0)
      .map(({ reporting_era }) => reporting_era?.id),
  );
  return used.filter(({ reporting_era }) => reporting.has(reporting_era?.id));
}

/**
 * Nights with launches and more than tallies, by date. Within an era in which some claims report suppressed, those that do not add nothing.
 */
export function nightPoints(cells: readonly Cell[], measure: Measure): NightPoints {
  const { numerator } = MEASURE_DEFINITIONS[measure];
  const all = tallied(measurable(cells, measure))
    .nights.map((counts) => ({
      label: counts.night,
      k: numerator.reduce((sum, part) => sum + counts[part], 0),
      n: counts.launched,
      rated: counts.barrage_claims > 0,
    }))
    .filter(({ n, rated }) => n > 0 && rated);
  return {
    points: all.filter(({ k, n }) => k <= n).map(({ label, k, n }) => ({ label, k, n })),
    dropped: all.filter(({ k, n }) => k > n).map(({ label }) => label),
  };
}

/** Points by calendar month of their night. */
export function byMonth(points: readonly LabelledPoint[]): Map<string, LabelledPoint[]> {
  const months = new Map<string, LabelledPoint[]>();
  for (const point of points) {
    const month = point.label.slice(0, 7);
    const known = months.get(month) ?? [];
    known.push(point);
    months.set(month, known);
  }
  return months;
}

/** First and last night of something, both inclusive; null is unbounded. */
export interface Bounds {
  from: string | null;
  to: string | null;
}

/** What is asked for of what the dataset covers; nulls where the two do not meet. */
export function clampedWindow(
  covered: Bounds,
  asked: { from?: string | undefined; to?: string | undefined },
): Bounds {
  const { from, to } = covered;
  if (from === null || to === null) return covered;
  const first = asked.from !== undefined && asked.from > from ? asked.from : from;
  const last = asked.to !== undefined && asked.to < to ? asked.to : to;
  return first <= last ? { from: first, to: last } : { from: null, to: null };
}

/** Whether a calendar month lies wholly inside bounds. */
export function isWholeMonth(month: string, { from, to }: Bounds): boolean {
  const span = bucketSpan(`${month}-01`, 'month');
  return (from === null || from <= span.from) && (to === null || span.to <= to);
}
