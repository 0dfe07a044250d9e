import { FLAGS, type Flag } from '../domain/claim-flags.js';
import type { Break } from '../domain/era.js';
import { MEASURES, type Measure } from '../domain/measure.js';
import { EXCLUSIONS, type Exclusion } from './cells.js';
import { type ClaimRange, claimRange } from './claim-range.js';
import { type Rate, rateOf } from './rate.js';
import type { Tally } from './tally.js';

/** What is known about one group of claims. */
export interface Summary {
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
  excluded: Record<Exclusion, number>;
  flagged: Partial<Record<Flag, number>>;
  breaks: Break[];
  warnings: string[];
}

function unaccounted(tally: Tally): number | null {
  const { launched, intercepted, suppressed, left_airspace, still_airborne } = tally;
  if (launched === null || intercepted === null) return null;
  return launched - intercepted - (suppressed ?? 0) - (left_airspace ?? 0) - (still_airborne ?? 0);
}

function present<K extends string>(keys: readonly K[], counts: ReadonlyMap<K, number>) {
  const entries = keys.flatMap((key) => {
    const count = counts.get(key);
    return count === undefined ? [] : [[key, count] as const];
  });
  return Object.fromEntries(entries) as Partial<Record<K, number>>;
}

/** The summary of a group: totals, every measure, what was left out and why, flags and breaks. */
export function summarise(tally: Tally): Summary {
  const breaks = tally.breaks();
  const rates = Object.fromEntries(
    MEASURES.map((measure) => [measure, rateOf(measure, tally, breaks)]),
  ) as Record<Measure, Rate>;
  const mixed = tally.tally_claims > 0 && tally.tally_claims < tally.claims;
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
    nights: tally.nights.size,
    claims: tally.claims,
    rates,
    claim_range: claimRange(tally, rates.interception.value),
    excluded: Object.fromEntries(
      EXCLUSIONS.map((reason) => [reason, tally.excluded.get(reason) ?? 0]),
    ) as Record<Exclusion, number>,
    flagged: present(FLAGS, tally.flagged),
    breaks,
    warnings: mixed ? ['tally_included'] : [],
  };
}
