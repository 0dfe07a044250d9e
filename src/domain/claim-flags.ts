import { type ClaimContent, knownSum } from './claim.js';
import type { ReportingEra } from './era.js';
import { exceedsOneDay, isReversed } from './night.js';

/** Every way in which a claim can be odd. Flagged claims are kept as claimed; nothing is repaired. */
export const FLAGS = [
  'intercepted_exceeds_launched',
  'components_exceed_launched',
  'neutralised_exceeds_launched',
  'strike_uavs_exceed_launched',
  'window_reversed',
  'window_over_24h',
  'breakdown_not_additive',
  'unknown_munition',
  'unknown_place',
  'unparsable_literal',
  'possible_duplicate',
  'mixed_definition',
  'outcome_unknown',
  'launched_unknown',
] as const;
export type Flag = (typeof FLAGS)[number];

/** Flags of claims that cannot be true as they stand; a client must say that the source really made them. */
export const IMPOSSIBLE_FLAGS: ReadonlySet<Flag> = new Set([
  'intercepted_exceeds_launched',
  'components_exceed_launched',
  'neutralised_exceeds_launched',
  'strike_uavs_exceed_launched',
  'window_reversed',
]);

/** Flags that come from what stood beside a claim when it was recorded: they stay with it until that is settled. */
export const CARRIED_FLAGS: ReadonlySet<Flag> = new Set([
  'unparsable_literal',
  'possible_duplicate',
]);

/** Flags that a claim's content alone does not raise: they stay with the row of a file that raised them. */
export const ROW_FLAGS: ReadonlySet<Flag> = new Set<Flag>([
  'unknown_munition',
  'unknown_place',
  ...CARRIED_FLAGS,
]);

/** A flag with the field that raised it and the numbers that prove it. */
export interface RaisedFlag {
  flag: Flag;
  field: keyof ClaimContent;
  detail: string;
}

function countFlags(claim: ClaimContent): RaisedFlag[] {
  // A statement without any number leaves none out.
  if (claim.assertion !== null) return [];
  const { launched, intercepted } = claim;
  if (launched === null) {
    return [{ flag: 'launched_unknown', field: 'launched', detail: 'launched is not reported' }];
  }
  const raised: RaisedFlag[] = [];
  const raise = (flag: Flag, field: keyof ClaimContent, what: string, value: number): void => {
    if (value > launched)
      raised.push({ flag, field, detail: `${what} ${value} > launched ${launched}` });
  };
  const neutralised = (intercepted ?? 0) + (claim.suppressed ?? 0);
  const components = neutralised + (claim.still_airborne ?? 0) + (claim.left_airspace ?? 0);
  raise('intercepted_exceeds_launched', 'intercepted', 'intercepted', intercepted ?? 0);
  raise('neutralised_exceeds_launched', 'suppressed', 'intercepted + suppressed', neutralised);
  raise(
    'components_exceed_launched',
    'launched',
    'intercepted + suppressed + still_airborne + left_airspace',
    components,
  );
  raise(
    'strike_uavs_exceed_launched',
    'strike_uav_min',
    'strike_uav_min',
    claim.strike_uav_min ?? 0,
  );
  if (intercepted === null) {
    raised.push({
      flag: 'outcome_unknown',
      field: 'intercepted',
      detail: 'intercepted is not reported',
    });
  }
  return raised;
}

function windowFlags(claim: ClaimContent): RaisedFlag[] {
  const detail = `${claim.window_start} to ${claim.window_end}`;
  const raised: RaisedFlag[] = [];
  if (isReversed(claim)) raised.push({ flag: 'window_reversed', field: 'window_end', detail });
  if (exceedsOneDay(claim)) raised.push({ flag: 'window_over_24h', field: 'window_end', detail });
  return raised;
}

/**
 * The flags that a claim raises by itself: rules of the oracle ("flags"), in the words of this service.
 * `unknown_munition`, `unknown_place`, `unparsable_literal` and `possible_duplicate` need more than the claim and are
 * raised by whoever knows.
 *
 * @param era the reporting era of the claim's source and night, or null where none is defined
 */
export function raisedFlags(claim: ClaimContent, era: ReportingEra | null): RaisedFlag[] {
  const raised = [...countFlags(claim), ...windowFlags(claim)];
  const breakdown = knownSum(claim.intercepted_by_place);
  if (breakdown !== null && claim.intercepted !== null && breakdown > claim.intercepted) {
    const detail = `the parts add up to ${breakdown} > intercepted ${claim.intercepted}`;
    raised.push({ flag: 'breakdown_not_additive', field: 'intercepted_by_place', detail });
  }
  const left = knownSum(claim.left_airspace_to);
  if (left !== null && claim.left_airspace !== null && left > claim.left_airspace) {
    const detail = `the parts add up to ${left} > left_airspace ${claim.left_airspace}`;
    raised.push({ flag: 'breakdown_not_additive', field: 'left_airspace_to', detail });
  }
  const mixes = era?.intercepted_includes_suppressed_for.includes(claim.munition) ?? false;
  if (mixes && (claim.suppressed ?? 0) > 0) {
    const detail = `suppressed ${claim.suppressed} beside an intercepted count that contains suppressed ones`;
    raised.push({ flag: 'mixed_definition', field: 'suppressed', detail });
  }
  return raised;
}

/** Flags in the order of {@link FLAGS}, each once: the form in which they are stored and compared. */
export function orderedFlags(flags: Iterable<Flag>): Flag[] {
  const present = new Set(flags);
  return FLAGS.filter((flag) => present.has(flag));
}
