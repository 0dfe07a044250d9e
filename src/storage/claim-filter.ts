import { and, exists, gt, gte, inArray, isNull, lte, not, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Basis, Scope } from '../domain/claim.js';
import { claims } from './tables.js';
import { visibleAt } from './versions.js';

/** Which claims are meant. A missing key does not restrict; lists are "one of". */
export interface ClaimFilter {
  from?: string | undefined;
  to?: string | undefined;
  nights?: readonly string[] | undefined;
  attackers?: readonly string[] | undefined;
  defenders?: readonly string[] | undefined;
  munitions?: readonly string[] | undefined;
  sources?: readonly string[] | undefined;
  scopes?: readonly Scope[] | undefined;
  bases?: readonly Basis[] | undefined;
  regions?: readonly string[] | undefined;
  launch_places?: readonly string[] | undefined;
  barrage_ids?: readonly string[] | undefined;
  /** Neither alternatives nor repetitions: claims that may add up. */
  headline_only?: boolean | undefined;
  min_launched?: number | undefined;
  max_launched?: number | undefined;
  /** Recorded after this instant (RFC 3339, UTC). */
  updated_after?: string | undefined;
}

/** Condition: the claim merely repeats other ones. */
export const IS_REPETITION = sql`(${claims.independent_of} <> '[]')`;

/** Condition: a JSON list column holds one of the values. */
function listHoldsOneOf(column: SQLiteColumn, values: readonly string[]): SQL {
  const member = sql`(select 1 from json_each(${column}) where json_each.value in ${[...values]})`;
  return exists(member);
}

/** Condition: the claim is visible at a version and meets the filter. */
export function claimCondition(filter: ClaimFilter, version: number): SQL {
  return and(visibleAt(claims, version), contentCondition(filter)) ?? sql`true`;
}

/** Condition: what a revision of a claim says meets the filter, visible or not. */
export function contentCondition(filter: ClaimFilter): SQL {
  const oneOf = <T>(
    values: readonly T[] | undefined,
    condition: (list: T[]) => SQL,
  ): SQL | undefined => (values === undefined ? undefined : condition([...values]));
  const condition = and(
    oneOf(filter.attackers, (list) => inArray(claims.attacker, list)),
    oneOf(filter.defenders, (list) => inArray(claims.defender, list)),
    filter.from === undefined ? undefined : gte(claims.night, filter.from),
    filter.to === undefined ? undefined : lte(claims.night, filter.to),
    oneOf(filter.nights, (list) => inArray(claims.night, list)),
    oneOf(filter.munitions, (list) => inArray(claims.munition, list)),
    oneOf(filter.sources, (list) => inArray(claims.source, list)),
    oneOf(filter.scopes, (list) => inArray(claims.scope, list)),
    oneOf(filter.bases, (list) => inArray(claims.basis, list)),
    oneOf(filter.barrage_ids, (list) => inArray(claims.barrage_id, list)),
    oneOf(filter.regions, (list) => listHoldsOneOf(claims.regions, list)),
    oneOf(filter.launch_places, (list) => listHoldsOneOf(claims.launch_places, list)),
    filter.min_launched === undefined ? undefined : gte(claims.launched, filter.min_launched),
    filter.max_launched === undefined ? undefined : lte(claims.launched, filter.max_launched),
    filter.updated_after === undefined ? undefined : gt(claims.recorded_at, filter.updated_after),
    filter.headline_only ? and(isNull(claims.alternative_to), not(IS_REPETITION)) : undefined,
  );
  return condition ?? sql`true`;
}
