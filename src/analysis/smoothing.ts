import { ewma } from '../statistics/ewma.js';
import { ewmaRate } from '../statistics/ewma-rate.js';
import type { Rate } from './rate.js';

/** Exponentially weighted averages up to a point: of the counts (the weighty nights weigh) and of the rates. */
export interface Ewma {
  of_counts: number | null;
  of_rates: number;
}

/**
 * Averages over the points that have a rate, in order; silent points are no time here, unlike in a rolling rate.
 *
 * @param alpha weight of the newest point, above 0 up to 1
 */
export function smoothed(
  points: readonly { bucket: string; rate: Rate }[],
  alpha: number | undefined,
): ReadonlyMap<string, Ewma> {
  if (alpha === undefined) return new Map();
  const rated = points.flatMap(({ bucket, rate }) =>
    rate.value === null
      ? []
      : [{ bucket, value: rate.value, k: rate.numerator ?? 0, n: rate.denominator ?? 0 }],
  );
  const ofCounts = ewmaRate(rated, alpha);
  const ofRates = ewma(
    rated.map(({ value }) => value),
    alpha,
  );
  return new Map(
    rated.map(({ bucket, value }, index) => [
      bucket,
      { of_counts: ofCounts[index] ?? null, of_rates: ofRates[index] ?? value },
    ]),
  );
}
