import type { Break } from '../domain/era.js';
import { MEASURES, type Measure } from '../domain/measure.js';
import { type Account, accountOf } from './account.js';
import type { ClaimRange } from './claim-range.js';
import { type Rate, rateOf } from './rate.js';
import type { Tally } from './tally.js';

/** What is known about one group of claims. */
export interface Summary extends Account {
  launched: number | null;
  intercepted: number | null;
  suppressed: number | null;
  left_airspace: number | null;
  still_airborne: number | null;
  unaccounted: number | null;
  launched_all: number | null;
  intercepted_all: number | null;
  suppressed_claims: number;
  suppressed_reported_share: number | null;
  hit_locations: number | null;
  hit_location_claims: number;
  debris_locations: number | null;
  debris_location_claims: number;
  nights: number;
  claims: number;
  rates: Record<Measure, Rate>;
  claim_range: ClaimRange | null;
  breaks: Break[];
}

function unaccounted(tally: Tally): number | null {
  const { launched, intercepted, suppressed, left_airspace, still_airborne } = tally;
  if (launched === null || intercepted === null) return null;
  return launched - intercepted - (suppressed ?? 0) - (left_airspace ?? 0) - (still_airborne ?? 0);
}

/** The summary of a group: totals, every measure, what was left out and why, flags and breaks. */
export function summarise(tally: Tally): Summary {
  const breaks = tally.breaks();
  const rates = Object.fromEntries(
    MEASURES.map((measure) => [measure, rateOf(measure, tally, breaks)]),
  ) as Record<Measure, Rate>;
  return {
    launched: tally.launched,
    intercepted: tally.intercepted,
    suppressed: tally.suppressed,
    left_airspace: tally.left_airspace,
    still_airborne: tally.still_airborne,
    unaccounted: unaccounted(tally),
    launched_all: tally.launched_all,
    intercepted_all: tally.intercepted_all,
    suppressed_claims: tally.suppressed_claims,
    suppressed_reported_share: tally.launched
      ? tally.launched_with_suppressed / tally.launched
      : null,
    hit_locations: tally.hit_locations,
    hit_location_claims: tally.hit_location_claims,
    debris_locations: tally.debris_locations,
    debris_location_claims: tally.debris_location_claims,
    nights: tally.night_count,
    claims: tally.claims,
    rates,
    claim_range: rates.interception.claim_range,
    ...accountOf(tally),
    breaks,
  };
}
