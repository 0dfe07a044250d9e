import { addDays, type Bucket, type BucketSpan, daysBetween } from '../domain/calendar.js';
import type { Break } from '../domain/era.js';
import type { Measure } from '../domain/measure.js';
import type { Database } from '../storage/database.js';
import type { DatasetVersion } from '../storage/versions.js';
import { type Account, accountOf } from './account.js';
import type { Cell, Cells } from './cells.js';
import { type GroupKey, Groups, type KeyValues } from './group-key.js';
import { loadCells } from './load-cells.js';
import { cellsBy, eraOf, isReport, tallied } from './nights.js';
import { type Rate, rateOf } from './rate.js';
import { type Rolling, rollingRates } from './rolling.js';
import { calendarOf, filled, nightsOf, spansOf } from './series-units.js';
import { type Ewma, smoothed } from './smoothing.js';
import { compareKeys, tallyOf } from './stats.js';
import type { StatsQuery } from './stats-query.js';
import type { Tally } from './tally.js';

/** How long a night's figures are likely to move after it, in nights. */
export const PROVISIONAL_NIGHTS = 7;
export const FILLS = ['none', 'empty'] as const;
export type PointStatus = 'final' | 'provisional' | 'silent';

/** One calendar unit of a series. */
export interface Point extends BucketSpan {
  launched: number | null;
  intercepted: number | null;
  suppressed: number | null;
  nights: number;
  claims: number;
  rate: Rate;
  rolling: Rolling | null;
  ewma: Ewma | null;
  era: string | null;
  status: PointStatus;
}

/** The course of a measure over some claims. */
export interface Course {
  points: Point[];
  breaks: Break[];
}

export interface Series extends Course, Account {
  bucket: Bucket;
  measure: Measure;
  groups?: ({ key: KeyValues } & Course)[];
}

export interface SeriesOptions {
  bucket: Bucket;
  measure: Measure;
  /** Length of the trailing window in nights, or undefined for none. */
  rolling?: number | undefined;
  /** Weight of the newest point in exponentially weighted averages, or undefined for none. */
  ewma?: number | undefined;
  fill: (typeof FILLS)[number];
  /** Also the course of each group of claims. */
  group_by?: SeriesGroupKey | undefined;
}

/** What a series can be grouped by: whatever does not follow from the night. */
export const SERIES_GROUP_KEYS = [
  'munition',
  'category',
  'source',
  'scope',
  'launch_place',
] as const satisfies readonly GroupKey[];
export type SeriesGroupKey = (typeof SERIES_GROUP_KEYS)[number];

/** A unit stays provisional until its last night is old enough, however old its newest report is. */
function statusOf(cells: readonly Cell[], lastNight: string, asOf: string): PointStatus {
  if (cells.length === 0) return 'silent';
  return daysBetween(lastNight, asOf) < PROVISIONAL_NIGHTS ? 'provisional' : 'final';
}

function pointOf(
  span: BucketSpan,
  cells: readonly Cell[],
  measure: Measure,
  asOf: string,
  rolling: Rolling | null,
): Point {
  const tally = tallied(cells);
  return {
    bucket: span.bucket,
    from: span.from,
    to: span.to,
    launched: tally.launched,
    intercepted: tally.intercepted,
    suppressed: tally.suppressed,
    nights: tally.nights.size,
    claims: tally.claims,
    rate: rateOf(measure, tally, tally.breaks()),
    rolling,
    ewma: null,
    era: eraOf(cells),
    status: statusOf(cells, span.to, asOf),
  };
}

// A rolling window of the first asked night reaches back before it: a night's value must not depend on what was asked.
const reachingBack = (query: StatsQuery, rolling: number | undefined): StatsQuery =>
  query.from === undefined || rolling === undefined
    ? query
    : { ...query, from: addDays(query.from, 1 - rolling) };

function since(from: string, cells: Cells): Cells {
  const { sums, flags, contests } = cells;
  // Cells come night by night: unless a rolling window reaches back there is nothing to leave out.
  if ((sums[0]?.night ?? from) >= from) return cells;
  return {
    sums: sums.filter(({ night }) => night >= from),
    flags: flags.filter(({ night }) => night >= from),
    contests: contests.filter(({ night }) => night >= from),
  };
}

function groupsOf(cells: Cells, key: SeriesGroupKey): { key: KeyValues; group: Cells }[] {
  const groups = new Groups([key], (): Cells => ({ sums: [], flags: [], contests: [] }));
  for (const cell of cells.sums) groups.of(cell).sums.push(cell);
  for (const cell of cells.flags) groups.of(cell).flags.push(cell);
  for (const cell of cells.contests) groups.of(cell).contests.push(cell);
  return groups.all;
}

/** What the courses of the whole and of its groups have in common. */
interface Frame {
  options: SeriesOptions;
  /** First night to give points for. */
  from: string;
  /** The day from which `provisional` is reckoned. */
  asOf: string;
  spanOf: (night: string) => BucketSpan;
  /** The units to give points for; those that hold a report where they are not given. */
  spans: readonly BucketSpan[] | undefined;
}

/** @param loaded the cells of the window and of what rolling windows reach back to */
function courseOf(
  loaded: Cells,
  { options, from, asOf, spanOf, spans }: Frame,
): Course & { whole: Tally } {
  const { measure, rolling: window, ewma } = options;
  const cells = since(from, loaded);
  const own = spans ?? spansOf(nightsOf(cells), spanOf);
  const rolling = window === undefined ? null : rollingRates(tallyOf(loaded), measure, window, own);
  const byBucket = cellsBy(cells.sums.filter(isReport), ({ night }) => spanOf(night).bucket);
  const points = own.map((span) => {
    const within = byBucket.get(span.bucket) ?? [];
    return pointOf(span, within, measure, asOf, rolling?.get(span.to) ?? null);
  });
  const averages = smoothed(points, ewma);
  for (const point of points) point.ewma = averages.get(point.bucket) ?? null;
  const whole = tallyOf(cells);
  return { points, breaks: whole.breaks(), whole };
}

/**
 * A measure over calendar units. A unit without a report is absent, or `silent` with `fill: 'empty'`: never a zero.
 *
 * @param version the dataset version to answer from; `provisional` is reckoned from the day it was written, so that a
 *   pinned answer never changes
 */
export async function seriesOf(
  db: Database,
  version: DatasetVersion,
  query: StatsQuery,
  options: SeriesOptions,
): Promise<Series> {
  const { bucket, measure, group_by, fill } = options;
  const reaching = reachingBack(query, options.rolling);
  const loaded = await loadCells(db, version.version, reaching, group_by === 'launch_place');
  const grouped = group_by === undefined ? [] : groupsOf(loaded, group_by);
  const from = query.from ?? '';
  const frame = {
    options,
    from,
    asOf: version.at.slice(0, 10),
    spanOf: calendarOf(bucket),
    // Groups have the points of the whole, so that they can be laid beside each other.
    spans:
      fill === 'empty' ? filled(since(from, loaded), query, bucket, grouped.length) : undefined,
  };
  const { whole, ...course } = courseOf(loaded, frame);
  const groups = grouped
    .map(({ key, group }) => {
      const { points, breaks } = courseOf(group, frame);
      return { key, points, breaks };
    })
    .filter(({ points }) => points.length > 0)
    .toSorted(compareKeys);
  return {
    bucket,
    measure,
    ...course,
    ...(group_by !== undefined && { groups }),
    ...accountOf(whole),
  };
}
