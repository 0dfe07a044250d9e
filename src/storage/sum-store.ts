import { count, isNotNull, isNull, type SQL, sql, sum } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Basis, Scope } from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import { type ClaimFilter, claimCondition, IS_REPETITION } from './claim-filter.js';
import type { Database } from './database.js';
import { claims } from './tables.js';

/** What claims are told apart by before they are added up; every group of a statistic is a union of these. */
export interface SumKey {
  night: string;
  source: string;
  munition: string;
  scope: Scope;
  basis: Basis;
  /** Competes with a headline claim and enters no sum. */
  alternative: boolean;
  /** Merely repeats other claims and enters no sum. */
  repetition: boolean;
  /** States something without any number. */
  assertion: boolean;
  launched_known: boolean;
  intercepted_known: boolean;
  /** The claim's launch places as one JSON list, or null when they were not asked for. */
  launch_places: string | null;
}

/** Sums over claims that share a key: null where no claim reports the count. */
export interface ClaimSums extends SumKey {
  claims: number;
  /** Claims that do not merely repeat another one. */
  independent_claims: number;
  launched: number | null;
  intercepted: number | null;
  suppressed: number | null;
  left_airspace: number | null;
  still_airborne: number | null;
  hit_locations: number | null;
  debris_locations: number | null;
  /** For each count that not every claim gives: the claims that give it, and the launched of just those. */
  given: Given;
}

/** Counts that many claims leave out. */
export const PARTLY_GIVEN = [
  'suppressed',
  'left_airspace',
  'still_airborne',
  'strike_uav_min',
  'hit_locations',
  'debris_locations',
] as const;
export type PartlyGiven = (typeof PARTLY_GIVEN)[number];
export type Given = Record<`${PartlyGiven}_claims`, number> &
  Record<`${PartlyGiven}_launched`, number | null>;

export const total = (column: SQLiteColumn) => sum(column).mapWith(Number) as SQL<number | null>;
const truth = (condition: SQL) => sql<boolean>`${condition}`.mapWith(Boolean);

function givenColumns() {
  const launchedWith = (column: SQLiteColumn) =>
    sql`sum(case when ${column} is not null then ${claims.launched} end)`;
  const entries = PARTLY_GIVEN.flatMap((name) => [
    [`${name}_claims`, count(claims[name])] as const,
    [`${name}_launched`, launchedWith(claims[name])] as const,
  ]);
  return Object.fromEntries(entries) as { [K in keyof Given]: SQL<Given[K]> };
}

/** What the claims of a sum have in common. */
export function keyColumns(byLaunchPlaces: boolean) {
  return {
    night: sql<string>`${claims.night}`,
    source: claims.source,
    munition: claims.munition,
    scope: claims.scope,
    basis: claims.basis,
    alternative: truth(isNotNull(claims.alternative_to)),
    repetition: truth(IS_REPETITION),
    assertion: truth(isNotNull(claims.assertion)),
    launched_known: truth(isNotNull(claims.launched)),
    intercepted_known: truth(isNotNull(claims.intercepted)),
    launch_places: byLaunchPlaces
      ? sql<string | null>`${sql.raw('"claims"."launch_places"')}`
      : sql<string | null>`null`,
  };
}

export const GROUPED = [
  claims.night,
  claims.source,
  claims.munition,
  claims.scope,
  claims.basis,
  isNull(claims.alternative_to),
  IS_REPETITION,
  isNull(claims.assertion),
  isNull(claims.launched),
  isNull(claims.intercepted),
];

/**
 * Claims inside a filter at a dataset version, added up per key. SQL only counts; what counts for what is decided above.
 *
 * @param byLaunchPlaces tell apart claims with different launch places too
 */
export async function claimSums(
  db: Database,
  version: number,
  filter: ClaimFilter,
  byLaunchPlaces: boolean,
): Promise<ClaimSums[]> {
  return db.query
    .select({
      ...keyColumns(byLaunchPlaces),
      claims: count(),
      independent_claims: sql<number>`sum(not ${IS_REPETITION})`.mapWith(Number),
      launched: total(claims.launched),
      intercepted: total(claims.intercepted),
      suppressed: total(claims.suppressed),
      left_airspace: total(claims.left_airspace),
      still_airborne: total(claims.still_airborne),
      hit_locations: total(claims.hit_locations),
      debris_locations: total(claims.debris_locations),
      given: givenColumns(),
    })
    .from(claims)
    .where(claimCondition(filter, version))
    .groupBy(...GROUPED, ...(byLaunchPlaces ? [claims.launch_places] : []))
    .orderBy(claims.night);
}

/** How many claims of a key carry a flag. */
export interface FlagCount extends SumKey {
  flag: Flag;
  claims: number;
}

/** Flagged claims inside a filter at a dataset version, counted per key and flag. */
export async function flagCounts(
  db: Database,
  version: number,
  filter: ClaimFilter,
  byLaunchPlaces: boolean,
): Promise<FlagCount[]> {
  const flag = sql<Flag>`json_each.value`;
  return db.query
    .select({ ...keyColumns(byLaunchPlaces), flag, claims: count() })
    .from(claims)
    .innerJoin(sql`json_each(${claims.flags})`, sql`true`)
    .where(claimCondition(filter, version))
    .groupBy(...GROUPED, ...(byLaunchPlaces ? [claims.launch_places] : []), flag);
}
