import { addDays, type Bucket, type BucketSpan } from '../domain/calendar.js';
import type { Break } from '../domain/era.js';
import type { Measure } from '../domain/measure.js';
import type { Database } from '../storage/database.js';
import type { DatasetVersion } from '../storage/versions.js';
import { type Account, accountOf } from './account.js';
import type { Grouped, GroupKey, KeyValues } from './group-key.js';
import { loadTallies } from './load-tallies.js';
import { type Rate, rateOf } from './rate.js';
import { type Rolling, rollingRates } from './rolling.js';
import { filled, reportedSpans } from './series-units.js';
import { type Ewma, smoothed } from './smoothing.js';
import { compareKeys } from './stats.js';
import type { StatsQuery } from './stats-query.js';
import type { Tallies } from './tallies.js';
import { Tally } from './tally.js';

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
function statusOf({ first_report }: Tally, lastNight: string, finalUpTo: string): PointStatus {
  if (first_report === null) return 'silent';
  return lastNight > finalUpTo ? 'provisional' : 'final';
}

const rates = new WeakMap<Tally, Map<Measure, Rate>>();

/** The rate of a unit, worked out once for a tally that is kept. */
function unitRate(measure: Measure, tally: Tally): Rate {
  const known = rates.get(tally) ?? new Map<Measure, Rate>();
  rates.set(tally, known);
  const rate = known.get(measure) ?? rateOf(measure, tally, tally.breaks());
  known.set(measure, rate);
  return rate;
}

function pointOf(
  span: BucketSpan,
  tally: Tally,
  { options, finalUpTo }: Frame,
  rolling: Rolling | null,
): Point {
  return {
    bucket: span.bucket,
    from: span.from,
    to: span.to,
    launched: tally.launched,
    intercepted: tally.intercepted,
    suppressed: tally.suppressed,
    nights: tally.nights.length,
    claims: tally.claims,
    rate: unitRate(options.measure, tally),
    rolling,
    ewma: null,
    era: tally.era,
    status: statusOf(tally, span.to, finalUpTo),
  };
}

// A rolling window of the first asked night reaches back before it: a night's value must not depend on what was asked.
const reachingBack = (query: StatsQuery, rolling: number | undefined): StatsQuery =>
  query.from === undefined || rolling === undefined
    ? query
    : { ...query, from: addDays(query.from, 1 - rolling) };

/** What the courses of the whole and of its groups have in common. */
interface Frame {
  options: SeriesOptions;
  /** A unit that ends after it is provisional. */
  finalUpTo: string;
  /** The units to give points for, in order; without `fill`, those of them in which a course has a report. */
  spans: readonly BucketSpan[];
}

/** The tallies of a course by its units, in order. */
type Units = ReadonlyMap<string, Tally>;

const NOTHING = new Tally();

/** @param reaching the claims of the window and of what rolling windows reach back to */
function courseOf(units: Units, reaching: Tally, frame: Frame): Course {
  const { measure, rolling: window, ewma, fill } = frame.options;
  const tallyIn = ({ bucket }: BucketSpan): Tally => units.get(bucket) ?? NOTHING;
  const own =
    fill === 'empty'
      ? frame.spans
      : frame.spans.filter((span) => tallyIn(span).first_report !== null);
  const rolling = window === undefined ? null : rollingRates(reaching, measure, window, own);
  const points = own.map((span) =>
    pointOf(span, tallyIn(span), frame, rolling?.get(span.to) ?? null),
  );
  const averages = smoothed(points, ewma);
  for (const point of points) point.ewma = averages.get(point.bucket) ?? null;
  return { points, breaks: Tally.of([...units.values()]).breaks() };
}

/** The units of each group, by the value of its key. */
function unitsByGroup(tallies: Tallies, bucket: Bucket, group: SeriesGroupKey) {
  const groups = new Map<string | null, Map<string, Tally>>();
  for (const { key, group: tally } of tallies.by([group, bucket])) {
    const value = key[group] ?? null;
    const units = groups.get(value) ?? new Map<string, Tally>();
    groups.set(value, units.set(key[bucket] ?? '', tally));
  }
  return groups;
}

const NO_UNITS: Units = new Map();

/** The course of each group of which there are points to give. */
function groupCourses(tallies: Tallies, groups: readonly Grouped<Tally>[], frame: Frame) {
  const { group_by, bucket } = frame.options;
  if (group_by === undefined) return undefined;
  const units = unitsByGroup(tallies, bucket, group_by);
  return groups
    .map(({ key, group }) => {
      const own = units.get(key[group_by] ?? null) ?? NO_UNITS;
      return { key, ...courseOf(own, group, frame) };
    })
    .filter(({ points }) => points.length > 0)
    .toSorted(compareKeys);
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
  const load = (asked: StatsQuery): Promise<Tallies> =>
    loadTallies(db, version.version, asked, group_by === 'launch_place');
  const tallies = await load(query);
  const back = reachingBack(query, options.rolling);
  const reaching = back === query ? tallies : await load(back);
  const grouped = group_by === undefined ? [] : reaching.by([group_by]);
  const whole = tallies.whole();
  const units = new Map(tallies.by([bucket]).map(({ key, group }) => [key[bucket] ?? '', group]));
  const frame = {
    options,
    finalUpTo: addDays(version.at.slice(0, 10), -PROVISIONAL_NIGHTS),
    // Groups have the points of the whole, so that they can be laid beside each other.
    spans:
      fill === 'empty'
        ? filled(whole, query, bucket, grouped.length)
        : reportedSpans(units.values(), bucket),
  };
  const groups = groupCourses(tallies, grouped, frame);
  return {
    bucket,
    measure,
    ...courseOf(units, reaching.whole(), frame),
    ...(groups !== undefined && { groups }),
    ...accountOf(whole),
  };
}
