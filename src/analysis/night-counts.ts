import { MEASURE_DEFINITIONS, type Measure } from '../domain/measure.js';
import type { Cluster } from '../statistics/binomial-point.js';

/** Counts of one night that enter the rates; suppressed and left_airspace unreported are 0 here, as the methods say. */
export interface NightCounts {
  night: string;
  launched: number;
  intercepted: number;
  suppressed: number;
  left_airspace: number;
  /** Claims of the night that report suppressed at all. */
  suppressed_claims: number;
  /** Claims of the night that are more than a tally of kills. */
  barrage_claims: number;
}

/** A night of which nothing counts. */
export const noCounts = (night: string): NightCounts => ({
  night,
  launched: 0,
  intercepted: 0,
  suppressed: 0,
  left_airspace: 0,
  suppressed_claims: 0,
  barrage_claims: 0,
});

/** Nights as clusters of a measure: numerator and launched of each. */
export function clustersOf(measure: Measure, nights: Iterable<NightCounts>): Cluster[] {
  const { numerator } = MEASURE_DEFINITIONS[measure];
  const clusters: Cluster[] = [];
  for (const night of nights) {
    let k = 0;
    for (const part of numerator) k += night[part];
    clusters.push({ k, n: night.launched });
  }
  return clusters;
}
