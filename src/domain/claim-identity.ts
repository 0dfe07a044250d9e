import type { ClaimContent } from './claim.js';
import { sameValue } from './same-value.js';

/** Counts by which two statements are recognised as the same one. */
export const IDENTIFYING_COUNTS = [
  'launched',
  'intercepted',
  'suppressed',
  'left_airspace',
  'still_airborne',
] as const satisfies readonly (keyof ClaimContent)[];

const NATURAL_KEY = [
  'source',
  'url',
  'munition',
  'window_start',
  'window_end',
  'launch_places',
  'target',
  'assertion',
] as const satisfies readonly (keyof ClaimContent)[];

/** The natural key of a claim inside its barrage, as one text. */
export function naturalKey(claim: ClaimContent): string {
  return JSON.stringify(NATURAL_KEY.map((field) => claim[field] ?? ''));
}

const STATEMENT = [
  'source',
  'munition',
  'window_start',
  'window_end',
  'assertion',
  ...IDENTIFYING_COUNTS,
] as const satisfies readonly (keyof ClaimContent)[];

/** Fields by which claims are taken for duplicates; rows of one file are told apart by their target as well. */
export const DUPLICATE_FIELDS: readonly (keyof ClaimContent)[] = [
  ...STATEMENT,
  'alternative_to',
  'target',
];

/** Whether two headline claims are one statement: same source, munition, window, counts and assertion. */
export function isSameStatement(a: ClaimContent, b: ClaimContent): boolean {
  return (
    a.alternative_to === null &&
    b.alternative_to === null &&
    STATEMENT.every((field) => a[field] === b[field])
  );
}

/** The statement of a headline claim as one text, equal exactly where {@link isSameStatement}; null for an alternative. */
export function statementKey(claim: ClaimContent): string | null {
  if (claim.alternative_to !== null) return null;
  return JSON.stringify(STATEMENT.map((field) => claim[field]));
}

const isUnreported = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.length === 0);

/**
 * The fields in which a posted record says something that the stored one does not. What the posted one leaves out
 * (null, an empty list) contradicts nothing, except in counts, where null is itself a statement: not reported.
 */
export function contradictions<T extends object>(
  posted: T,
  stored: T,
  strict: readonly string[],
): (keyof T & string)[] {
  return (Object.keys(posted) as (keyof T & string)[]).filter(
    (field) =>
      !sameValue(posted[field], stored[field]) &&
      (strict.includes(field) || !isUnreported(posted[field])),
  );
}
