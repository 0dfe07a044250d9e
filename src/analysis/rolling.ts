import { addDays, type BucketSpan, daysBetween } from '../domain/calendar.js';
import type { Measure } from '../domain/measure.js';
import { rollingRate } from '../statistics/rolling-rate.js';
import { wilsonInterval } from '../statistics/wilson-interval.js';
import { clustersOf, type NightCounts, noCounts } from './night-counts.js';
import { CONFIDENCE_LEVEL } from './rate.js';
import type { Tally } from './tally.js';

/** The pooled rate of the nights of the calendar that end on a point; silent nights are time without launches. */
export interface Rolling {
  from: string;
  to: string;
  value: number | null;
  numerator: number;
  denominator: number;
  wilson: [number, number] | null;
}

const rollingSum = (
  days: readonly NightCounts[],
  window: number,
  field: 'suppressed_claims' | 'barrage_claims',
): number[] =>
  rollingRate(
    days.map((day) => ({ k: 0, n: day[field] })),
    window,
  ).map(({ n }) => n);

/**
 * Trailing windows of a number of nights, by the last night of each span. At the start of the series a window reaches
 * back only as far as there are nights; a span that ends after the last night is given the window of that night.
 */
export function rollingRates(
  tally: Tally,
  measure: Measure,
  window: number,
  spans: readonly BucketSpan[],
): ReadonlyMap<string, Rolling> {
  const nights = new Map(tally.nights.map((counts) => [counts.night, counts]));
  const [first, last] = [tally.nights[0]?.night, tally.nights.at(-1)?.night];
  if (first === undefined || last === undefined) return new Map();
  const calendar = Array.from({ length: daysBetween(first, last) + 1 }, (_, index) =>
    addDays(first, index),
  );
  const days = calendar.map((night) => nights.get(night) ?? noCounts(night));
  const rates = rollingRate(clustersOf(measure, days), window);
  const reporting = rollingSum(days, window, 'suppressed_claims');
  const rated = rollingSum(days, window, 'barrage_claims');
  const windowAt = (to: string): Rolling | undefined => {
    const end = to > last ? last : to;
    const index = daysBetween(first, end);
    const rate = rates[index];
    if (rate === undefined) return undefined;
    const start = addDays(end, 1 - window);
    // A window in which nobody reports suppressed has no rate of a measure that needs it; tallies alone have none.
    const reported = measure === 'interception' || (reporting[index] ?? 0) > 0;
    const value = reported && (rated[index] ?? 0) > 0 ? rate.rate : null;
    return {
      from: start < first ? first : start,
      to: end,
      value,
      numerator: rate.k,
      denominator: rate.n,
      wilson: value === null ? null : wilsonInterval(rate.k, rate.n, CONFIDENCE_LEVEL),
    };
  };
  return new Map(
    spans.flatMap(({ to }) => {
      const rolling = windowAt(to);
      return rolling === undefined ? [] : [[to, rolling] as const];
    }),
  );
}
