import { addDays, type Bucket, type BucketSpan } from '../domain/calendar.js';
import type { Break } from '../domain/era.js';
import type { Measure } from '../domain/measure.js';
import type { Database } from '../storage/database.js';
import type { DatasetVersion } from '../storage/versions.js';
import { type Account, accountOf } from './account.js';
import type { GroupKey, KeyValues } from './group-key.js';
import { lasting } from './lasting.js';
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
  points: readonly Readonly<Point>[];
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

const pointOf = (
  { bucket, from, to }: BucketSpan,
  tally: Tally,
  measure: Measure,
  status: PointStatus,
): Readonly<Point> => ({
  bucket,
  from,
  to,
  launched: tally.launched,
  intercepted: tally.intercepted,
  suppressed: tally.suppressed,
  nights: tally.night_count,
  claims: tally.claims,
  rate: rateOf(measure, tally, tally.breaks()),
  rolling: null,
  ewma: null,
  era: tally.era,
  status,
});

const points = new WeakMap<Tally, Map<string, Readonly<Point>>>();

/** The point of a unit without averages: the same one as long as the unit's tally is kept. */
function keptPoint(span: BucketSpan, tally: Tally, { options, finalUpTo }: Frame): Readonly<Point> {
  const { measure } = options;
  const status = statusOf(tally, span.to, finalUpTo);
  // That nothing was reported is said of many units.
  if (status === 'silent') return pointOf(span, tally, measure, status);
  const known = points.get(tally) ?? new Map<string, Readonly<Point>>();
  points.set(tally, known);
  const name = `${measure} ${status}`;
  const again = known.get(name);
  // Most questions are asked once: what is asked for again will be, after the next write too.
  if (again !== undefined) return lasting(again);
  const point = pointOf(span, tally, measure, status);
  known.set(name, point);
  return point;
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

/** @param reaching the claims of the window and of what rolling windows reach back to; nobody else looks at it */
function courseOf(units: Units, reaching: Tally, frame: Frame): Course {
  const { measure, rolling: window, ewma, fill } = frame.options;
  const tallyIn = ({ bucket }: BucketSpan): Tally => units.get(bucket) ?? NOTHING;
  const own =
    fill === 'empty'
      ? frame.spans
      : frame.spans.filter((span) => tallyIn(span).first_report !== null);
  const bare = own.map((span) => keptPoint(span, tallyIn(span), frame));
  const breaks = Tally.breaksOf([...units.values()]);
  if (window === undefined && ewma === undefined) return { points: bare, breaks };
  const rolling = window === undefined ? null : rollingRates(reaching, measure, window, own);
  const averages = smoothed(bare, ewma);
  const points = bare.map((point) => ({
    ...point,
    rolling: rolling?.get(point.to) ?? null,
    ewma: averages.get(point.bucket) ?? null,
  }));
  return { points, breaks };
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

/** A group of claims: its tallies by unit, and what rolling windows reach back to. */
interface GroupUnits {
  key: KeyValues;
  units: Units;
  reaching: Tally;
}

function groupsOf(
  tallies: Tallies,
  reaching: Tallies,
  { bucket, group_by, rolling }: SeriesOptions,
): GroupUnits[] {
  if (group_by === undefined) return [];
  const byValue = unitsByGroup(tallies, bucket, group_by);
  if (rolling === undefined) {
    return Array.from(byValue, ([value, units]) => {
      return { key: { [group_by]: value }, units, reaching: NOTHING };
    });
  }
  // A group may have had its last report before the window.
  return reaching.by([group_by]).map(({ key, group }) => {
    const units = byValue.get(key[group_by] ?? null) ?? NO_UNITS;
    return { key, units, reaching: group };
  });
}

/** The course of each group of which there are points to give. */
const groupCourses = (groups: readonly GroupUnits[], frame: Frame) =>
  groups
    .map(({ key, units, reaching }) => ({ key, ...courseOf(units, reaching, frame) }))
    .filter(({ points }) => points.length > 0)
    .toSorted(compareKeys);

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
  const { bucket, measure, group_by, fill, rolling } = options;
  const load = (asked: StatsQuery): Promise<Tallies> =>
    loadTallies(db, version.version, asked, group_by === 'launch_place');
  const tallies = await load(query);
  const back = reachingBack(query, rolling);
  const reaching = back === query ? tallies : await load(back);
  const groups = groupsOf(tallies, reaching, options);
  const whole = tallies.whole();
  const units = new Map(tallies.by([bucket]).map(({ key, group }) => [key[bucket] ?? '', group]));
  const frame = {
    options,
    finalUpTo: addDays(version.at.slice(0, 10), -PROVISIONAL_NIGHTS),
    // Groups have the points of the whole, so that they can be laid beside each other.
    spans:
      fill === 'empty'
        ? filled(whole, query, bucket, groups.length)
        : reportedSpans(units.values(), bucket),
  };
  return {
    bucket,
    measure,
    ...courseOf(units, rolling === undefined ? NOTHING : reaching.whole(), frame),
    ...(group_by !== undefined && { groups: groupCourses(groups, frame) }),
    ...accountOf(whole),
  };
}
