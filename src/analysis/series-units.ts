import {
  type Bucket,
  type BucketSpan,
  bucketOf,
  bucketSpan,
  bucketSpans,
} from '../domain/calendar.js';
import { InvalidQuery } from '../domain/invalid-query.js';
import type { Cells } from './cells.js';
import { isReport } from './nights.js';
import type { StatsQuery } from './stats-query.js';

/** The most points that one series gives: ten years of nights and some. */
const MAX_POINTS = 4_000;

/** Every unit of the window, or of what it holds. @param groups how many courses will be given beside the whole */
export function filled(
  cells: Cells,
  { from, to }: StatsQuery,
  bucket: Bucket,
  groups: number,
): BucketSpan[] {
  const nights = nightsOf(cells);
  const [first, last] = [from ?? nights[0], to ?? nights.at(-1)];
  const spans: BucketSpan[] = [];
  if (first === undefined || last === undefined) return spans;
  for (const span of bucketSpans(first, last, bucket)) {
    if ((spans.length + 1) * Math.max(1, groups) > MAX_POINTS) {
      const detail = `fill=empty gives at most ${MAX_POINTS} points: ask for a shorter window, a coarser bucket or fewer groups`;
      throw new InvalidQuery('fill', 'too_many_points', detail);
    }
    spans.push(span);
  }
  return spans;
}

/** The nights of the claims that were asked for, in order, as cells are. */
export function nightsOf({ sums }: Cells): string[] {
  const nights: string[] = [];
  for (const cell of sums) {
    if (isReport(cell) && cell.night !== nights.at(-1)) nights.push(cell.night);
  }
  return nights;
}

/** Tells the unit that holds a night; each is worked out once. */
export function calendarOf(bucket: Bucket): (night: string) => BucketSpan {
  const spans = new Map<string, BucketSpan>();
  return (night) => {
    const name = bucketOf(night, bucket);
    const span = spans.get(name) ?? bucketSpan(night, bucket);
    spans.set(name, span);
    return span;
  };
}

/** The units that hold some nights, which are in order. */
export function spansOf(
  nights: readonly string[],
  spanOf: (night: string) => BucketSpan,
): BucketSpan[] {
  const spans: BucketSpan[] = [];
  for (const night of nights) {
    if (night > (spans.at(-1)?.to ?? '')) spans.push(spanOf(night));
  }
  return spans;
}
