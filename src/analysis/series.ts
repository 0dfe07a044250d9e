import { addDays, type Bucket, type BucketSpan, daysBetween } from '../domain/calendar.js';
import type { Break } from '../domain/era.js';
import type { Measure } from '../domain/measure.js';
import type { Database } from '../storage/database.js';
import type { DatasetVersion } from '../storage/versions.js';
import { type Account, accountOf } from './account.js';
import type { GroupKey, KeyValues } from './group-key.js';
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
function statusOf({ first_report }: Tally, lastNight: string, asOf: string): PointStatus {
  if (first_report === null) return 'silent';
  return daysBetween(lastNight, asOf) < PROVISIONAL_NIGHTS ? 'provisional' : 'final';
}

function pointOf(
  span: BucketSpan,
  tally: Tally,
  { measure }: SeriesOptions,
  asOf: string,
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
    rate: rateOf(measure, tally, tally.breaks(), []),
    rolling,
    ewma: null,
    era: tally.era,
    status: statusOf(tally, span.to, asOf),
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
  /** The day from which `provisional` is reckoned. */
  asOf: string;
  /** The units to give points for; those that hold a report where they are not given. */
  spans: readonly BucketSpan[] | undefined;
}

/** The tallies of a course by its units, in order. */
type Units = ReadonlyMap<string, Tally>;

/** @param reaching the claims of the window and of what rolling windows reach back to */
function courseOf(units: Units, reaching: Tally, { options, asOf, spans }: Frame): Course {
  const { bucket, measure, rolling: window, ewma } = options;
  const own = spans ?? reportedSpans(units.values(), bucket);
  const rolling = window === undefined ? null : rollingRates(reaching, measure, window, own);
  const points = own.map((span) => {
    const tally = units.get(span.bucket) ?? NOTHING;
    return pointOf(span, tally, options, asOf, rolling?.get(span.to) ?? null);
  });
  const averages = smoothed(points, ewma);
  for (const point of points) point.ewma = averages.get(point.bucket) ?? null;
  return { points, breaks: Tally.of([...units.values()]).breaks() };
}

const NOTHING = new Tally();

/** Units of a window by bucket, under the name of the group that they belong to. */
function unitsByGroup(tallies: Tallies, bucket: Bucket, keys: readonly GroupKey[]) {
  const groups = new Map<string, Map<string, Tally>>();
  for (const { key, group } of tallies.by([...keys, bucket])) {
    const name = JSON.stringify(keys.map((one) => key[one]));
    const own = groups.get(name) ?? new Map<string, Tally>();
    groups.set(name, own.set(key[bucket] ?? '', group));
  }
  return ({ key }: { key: KeyValues }): Units =>
    groups.get(JSON.stringify(keys.map((one) => key[one]))) ?? new Map();
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
  const keys = group_by === undefined ? [] : [group_by];
  const groups = group_by === undefined ? [] : reaching.by(keys);
  const whole = tallies.whole();
  const frame = {
    options,
    asOf: version.at.slice(0, 10),
    // Groups have the points of the whole, so that they can be laid beside each other.
    spans: fill === 'empty' ? filled(whole, query, bucket, groups.length) : undefined,
  };
  const unitsOf = unitsByGroup(tallies, bucket, keys);
  const courses = groups
    .map(({ key, group }) => ({ key, ...courseOf(unitsOf({ key }), group, frame) }))
    .filter(({ points }) => points.length > 0)
    .toSorted(compareKeys);
  const units = unitsByGroup(tallies, bucket, [])({ key: {} });
  return {
    bucket,
    measure,
    ...courseOf(units, reaching.whole(), frame),
    ...(group_by !== undefined && { groups: courses }),
    ...accountOf(whole),
  };
}
