import { type Bucket, type BucketSpan, bucketSpan, bucketSpans } from '../domain/calendar.js';
import { InvalidQuery } from '../domain/invalid-query.js';
import type { StatsQuery } from './stats-query.js';
import type { Tally } from './tally.js';

/** The most points that one series gives: ten years of nights and some. */
const MAX_POINTS = 4_000;

/** Every unit of the window, or of what it holds. @param groups how many courses will be given beside the whole */
export function filled(
  { first_report, last_report }: Tally,
  { from, to }: StatsQuery,
  bucket: Bucket,
  groups: number,
): BucketSpan[] {
  const [first, last] = [from ?? first_report, to ?? last_report];
  const spans: BucketSpan[] = [];
  if (first === null || last === null) return spans;
  for (const span of bucketSpans(first, last, bucket)) {
    if ((spans.length + 1) * Math.max(1, groups) > MAX_POINTS) {
      const detail = `fill=empty gives at most ${MAX_POINTS} points: ask for a shorter window, a coarser bucket or fewer groups`;
      throw new InvalidQuery('fill', 'too_many_points', detail);
    }
    spans.push(span);
  }
  return spans;
}

/** The units that hold a report, in order. @param units their tallies, of some of which no claim was asked for */
export const reportedSpans = (units: Iterable<Tally>, bucket: Bucket): BucketSpan[] =>
  Array.from(units, ({ first_report: night }) => night)
    .filter((night) => night !== null)
    .map((night) => bucketSpan(night, bucket));
