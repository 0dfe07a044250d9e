import type { Break } from '../domain/era.js';
import type { Measure } from '../domain/measure.js';
import type { Cluster } from '../statistics/binomial-point.js';
import { nightClusteredInterval } from '../statistics/night-clustered-interval.js';
import { pearsonDispersion } from '../statistics/pearson-dispersion.js';
import { wilsonInterval } from '../statistics/wilson-interval.js';
import { type ClaimRange, claimRange } from './claim-range.js';
import { numeratorOf } from './competition.js';
import type { Tally } from './tally.js';

export const CONFIDENCE_LEVEL = 0.95;

/** Why a rate has no value. */
export const RATE_REASONS = [
  'no_claims',
  'denominator_unknown',
  'denominator_zero',
  'outcome_unknown',
  'suppressed_not_reported',
  'tally_only',
  'impossible_claims',
] as const;
export type RateReason = (typeof RATE_REASONS)[number];

/** A claimed rate with everything it rests on. */
export interface Rate {
  measure: Measure;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  level: number;
  wilson: [number, number] | null;
  night_clustered: [number, number] | null;
  nights: number;
  claims: number;
  dispersion: number | null;
  comparable: boolean;
  claim_range: ClaimRange | null;
  reason: RateReason | null;
}

const lacksSuppressed = (measure: Measure, tally: Tally): boolean =>
  measure !== 'interception' && tally.suppressed === null;

function reasonFor(measure: Measure, tally: Tally, k: number, n: number): RateReason | null {
  if (tally.claims === 0) {
    if ((tally.excluded.get('launched_unknown') ?? 0) > 0) return 'denominator_unknown';
    return (tally.excluded.get('outcome_unknown') ?? 0) > 0 ? 'outcome_unknown' : 'no_claims';
  }
  if (tally.tally_claims === tally.claims) return 'tally_only';
  if (n === 0) return 'denominator_zero';
  if (lacksSuppressed(measure, tally)) return 'suppressed_not_reported';
  return k > n ? 'impossible_claims' : null;
}

/**
 * The pooled rate of a measure over a group of claims: sum over sum, with the Wilson interval, and from two nights on
 * the night-clustered one. Null with a reason where there is no rate; nothing is clipped.
 *
 * @param breaks the breaks inside the group's span, from {@link Tally.breaks}
 */
export function rateOf(measure: Measure, tally: Tally, breaks: readonly Break[]): Rate {
  const clusters = tally.clusters(measure);
  const k = numeratorOf(measure, tally);
  const n = tally.launched ?? 0;
  const reason = reasonFor(measure, tally, k, n);
  const given = reason === null;
  // Also where another reason comes first, what nobody reports is not 0.
  const counted = tally.claims > 0 && !lacksSuppressed(measure, tally);
  const value = given ? k / n : null;
  const clustered = given ? nightClusteredInterval(clusters, CONFIDENCE_LEVEL) : null;
  // phi is a statistic of binomial nights; a night with more than was launched is dropped from it, never from the sums.
  const isPossible = (cluster: Cluster): boolean => cluster.k <= cluster.n;
  const possible = clusters.every(isPossible) ? clusters : clusters.filter(isPossible);
  return {
    measure,
    value,
    numerator: counted ? k : null,
    denominator: tally.claims > 0 && reason !== 'tally_only' ? n : null,
    level: CONFIDENCE_LEVEL,
    wilson: given ? wilsonInterval(k, n, CONFIDENCE_LEVEL) : null,
    night_clustered: clustered === null ? null : [...clustered.interval],
    nights: tally.night_count,
    claims: tally.claims,
    dispersion: given ? (pearsonDispersion(possible)?.phi ?? null) : null,
    comparable: !breaks.some(({ affects }) => affects.includes(measure)),
    claim_range: claimRange(measure, tally, value),
    reason,
  };
}
