import {
  addDays,
  type Bucket,
  type BucketSpan,
  bucketOf,
  bucketSpan,
  bucketSpans,
  daysBetween,
} from '../domain/calendar.js';
import type { Break } from '../domain/era.js';
import { InvalidQuery } from '../domain/invalid-query.js';
import type { Measure } from '../domain/measure.js';
import type { Database } from '../storage/database.js';
import type { DatasetVersion } from '../storage/versions.js';
import { type Account, accountOf } from './account.js';
import type { Cell, Cells } from './cells.js';
import { loadCells } from './load-cells.js';
import { cellsBy, eraOf, isReport, tallied } from './nights.js';
import { type Rate, rateOf } from './rate.js';
import { type Rolling, rollingRates } from './rolling.js';
import { type Ewma, smoothed } from './smoothing.js';
import { tallyOf } from './stats.js';
import type { StatsQuery } from './stats-query.js';

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

export interface Series extends Account {
  bucket: Bucket;
  measure: Measure;
  points: Point[];
  breaks: Break[];
}

export interface SeriesOptions {
  bucket: Bucket;
  measure: Measure;
  /** Length of the trailing window in nights, or undefined for none. */
  rolling?: number | undefined;
  /** Weight of the newest point in exponentially weighted averages, or undefined for none. */
  ewma?: number | undefined;
  fill: (typeof FILLS)[number];
}

/** The most points that one series gives: ten years of nights and some. */
const MAX_POINTS = 4_000;

function bucketsBetween(first: string, last: string, bucket: Bucket): BucketSpan[] {
  const spans: BucketSpan[] = [];
  for (const span of bucketSpans(first, last, bucket)) {
    if (spans.length === MAX_POINTS) {
      const detail = `fill=empty gives at most ${MAX_POINTS} points: ask for a shorter window or a coarser bucket`;
      throw new InvalidQuery('fill', 'too_many_points', detail);
    }
    spans.push(span);
  }
  return spans;
}

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
): Omit<Point, 'rolling' | 'ewma'> {
  const tally = tallied(cells);
  return {
    ...span,
    launched: tally.launched,
    intercepted: tally.intercepted,
    suppressed: tally.suppressed,
    nights: tally.nights.size,
    claims: tally.claims,
    rate: rateOf(measure, tally, tally.breaks()),
    era: eraOf(cells),
    status: statusOf(cells, span.to, asOf),
  };
}

function spansOf(cells: Cells, query: StatsQuery, { bucket, fill }: SeriesOptions): BucketSpan[] {
  const nights = cells.sums
    .filter(isReport)
    .map(({ night }) => night)
    .toSorted();
  if (fill === 'empty') {
    const first = query.from ?? nights[0];
    const last = query.to ?? nights.at(-1);
    return first === undefined || last === undefined ? [] : bucketsBetween(first, last, bucket);
  }
  const spans = new Map(nights.map((night) => [night, bucketSpan(night, bucket)]));
  return [...new Map([...spans.values()].map((span) => [span.bucket, span])).values()];
}

// A rolling window of the first asked night reaches back before it: a night's value must not depend on what was asked.
const reachingBack = (query: StatsQuery, rolling: number | undefined): StatsQuery =>
  query.from === undefined || rolling === undefined
    ? query
    : { ...query, from: addDays(query.from, 1 - rolling) };

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
  const { bucket, measure } = options;
  const loaded = await loadCells(db, version.version, reachingBack(query, options.rolling), false);
  const asked = ({ night }: { night: string }): boolean => night >= (query.from ?? '');
  const cells = {
    sums: loaded.sums.filter(asked),
    flags: loaded.flags.filter(asked),
    contests: loaded.contests.filter(asked),
  };
  const whole = tallyOf(cells);
  const spans = spansOf(cells, query, options);
  const rolling = rollingRates(tallyOf(loaded), measure, options.rolling, spans);
  const reports = cells.sums.filter(isReport);
  const byBucket = cellsBy(reports, ({ night }) => bucketOf(night, bucket));
  const asOf = version.at.slice(0, 10);
  const plain = spans.map((span) => pointOf(span, byBucket.get(span.bucket) ?? [], measure, asOf));
  const averages = smoothed(plain, options.ewma);
  const points = plain.map(({ era, status, ...point }) => ({
    ...point,
    rolling: rolling.get(point.to) ?? null,
    ewma: averages.get(point.bucket) ?? null,
    era,
    status,
  }));
  return { bucket, measure, points, breaks: whole.breaks(), ...accountOf(whole) };
}
