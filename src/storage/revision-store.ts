import {
  and,
  asc,
  count,
  eq,
  gt,
  isNotNull,
  lt,
  lte,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { CLAIM_COUNTS } from '../domain/claim.js';
import { type ClaimFilter, claimCondition, contentCondition } from './claim-filter.js';
import type { Database } from './database.js';
import { claims, imports } from './tables.js';

/** A count that a claim can give. */
export type CountField = (typeof CLAIM_COUNTS)[number];
export type Counts = Record<CountField, number | null>;

const first = alias(claims, 'first');
const earlier = alias(claims, 'earlier');
const later = alias(claims, 'later');

const perCount = <T>(value: (field: CountField) => T): Record<CountField, T> =>
  Object.fromEntries(CLAIM_COUNTS.map((field) => [field, value(field)])) as Record<CountField, T>;

/** The claims of one source, and how many of them gave each count when they were first recorded. */
export interface FirstGiven {
  source: string;
  claims: number;
  given: Record<CountField, number>;
}

/** Claims inside a filter at a dataset version by source, with the counts that their first revision gave. */
export async function firstGiven(
  db: Database,
  version: number,
  filter: ClaimFilter,
): Promise<FirstGiven[]> {
  return db.query
    .select({
      source: claims.source,
      claims: count(),
      given: perCount((field) => count(first[field])),
    })
    .from(claims)
    .innerJoin(first, and(eq(first.id, claims.id), eq(first.revision, 1)))
    .where(claimCondition(filter, version))
    .groupBy(claims.source);
}

/** Claims by source that met a filter in their last revision and were retracted by a dataset version. */
export async function retractedClaims(
  db: Database,
  version: number,
  filter: ClaimFilter,
): Promise<{ source: string; claims: number }[]> {
  // A revision that was closed by then and had no successor by then was closed by a retraction.
  const successor = db.query
    .select({ one: sql`1` })
    .from(later)
    .where(
      and(
        eq(later.id, claims.id),
        eq(later.revision, sql`${claims.revision} + 1`),
        lte(later.from_version, version),
      ),
    );
  return db.query
    .select({ source: claims.source, claims: count() })
    .from(claims)
    .where(and(lte(claims.to_version, version), contentCondition(filter), notExists(successor)))
    .groupBy(claims.source);
}

/** A revision of a claim that changed a count: from what, to what, and when it was released. */
export interface Step {
  id: string;
  source: string;
  night: string;
  /** Date of the file that it came from, else of the day on which it was recorded. */
  released: string;
  before: Counts;
  after: Counts;
}

/**
 * The revisions up to a dataset version that changed a count, of the claims inside a filter at that version; claim by
 * claim in the order (night, id), oldest first.
 */
export async function countSteps(
  db: Database,
  version: number,
  filter: ClaimFilter,
): Promise<Step[]> {
  const changed = CLAIM_COUNTS.map((field) => sql`${earlier[field]} is not ${later[field]}`);
  return (
    db.query
      .select({
        id: claims.id,
        source: claims.source,
        night: sql<string>`${claims.night}`,
        released: sql<string>`substr(coalesce(${imports.published}, ${later.recorded_at}), 1, 10)`,
        before: perCount((field) => earlier[field]),
        after: perCount((field) => later[field]),
      })
      .from(claims)
      .innerJoin(earlier, and(eq(earlier.id, claims.id), lt(earlier.revision, claims.revision)))
      .innerJoin(
        later,
        and(eq(later.id, earlier.id), eq(later.revision, sql`${earlier.revision} + 1`)),
      )
      // A correction by hand keeps the file that the claim came from, but was released by nobody else than its author.
      .leftJoin(
        imports,
        and(eq(imports.id, later.import_id), eq(imports.version, later.from_version)),
      )
      .where(and(claimCondition(filter, version), gt(claims.revision, 1), or(...changed)))
      .orderBy(asc(claims.night), asc(claims.id), asc(later.revision))
  );
}

/** Sums over the same claims, of their first and of their present counts. */
export interface FirstAndNow {
  /** Claims inside the filter, whatever they give. */
  claims: number;
  /** Those that gave launched and intercepted first and give both now; all sums below are over them. */
  used: number;
  used_tallies: number;
  /** Those of them in which one of the two counts differs. */
  moved: number;
  first_launched: number;
  first_intercepted: number;
  now_launched: number;
  now_intercepted: number;
}

/** Claims inside a filter at a dataset version, added up as they were first recorded and as they are at that version. */
export async function firstAndNow(
  db: Database,
  version: number,
  filter: ClaimFilter,
): Promise<FirstAndNow> {
  const used = and(
    ...[first, claims].flatMap(({ launched, intercepted }) => [
      isNotNull(launched),
      isNotNull(intercepted),
    ]),
  );
  const overUsed = (value: SQL): SQL<number> =>
    sql`coalesce(sum(case when ${used} then ${value} else 0 end), 0)`.mapWith(Number);
  const [row] = await db.query
    .select({
      claims: count(),
      used: overUsed(sql`1`),
      used_tallies: overUsed(sql`(${claims.basis} = 'tally')`),
      moved: overUsed(
        sql`(${first.launched} <> ${claims.launched} or ${first.intercepted} <> ${claims.intercepted})`,
      ),
      first_launched: overUsed(sql`${first.launched}`),
      first_intercepted: overUsed(sql`${first.intercepted}`),
      now_launched: overUsed(sql`${claims.launched}`),
      now_intercepted: overUsed(sql`${claims.intercepted}`),
    })
    .from(claims)
    .innerJoin(first, and(eq(first.id, claims.id), eq(first.revision, 1)))
    .where(claimCondition(filter, version));
  if (row === undefined) throw new Error('an aggregate without GROUP BY has one row');
  return row;
}
