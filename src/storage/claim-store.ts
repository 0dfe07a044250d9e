import { and, asc, count, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { ClaimContent, Origin } from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import { type ClaimFilter, claimCondition } from './claim-filter.js';
import type { Database } from './database.js';
import { inListed } from './listed.js';
import { ahead, keyset, type PageRequest } from './page.js';
import { preparedRows } from './prepared.js';
import { claims } from './tables.js';
import { visibleAt } from './versions.js';

/** A stored revision of a claim. */
export interface StoredClaim {
  id: string;
  revision: number;
  from_version: number;
  recorded_at: string;
  barrage_id: string;
  content: ClaimContent;
  regions: string[];
  flags: Flag[];
  origin: Origin;
  set_by_hand: (keyof ClaimContent)[];
  import_id: string | null;
  import_line: number | null;
  /** The row that it was last made from, also when that row is no longer published. */
  raw: Record<string, string> | null;
}

type Row = typeof claims.$inferSelect;

/**
 * The content of a row of the claims table, or of anything else that holds more than it. Field by field, in the order of
 * the schema: a copy by their names takes ten times as long, and there may be thousands.
 */
export function contentOf(row: Readonly<ClaimContent>): ClaimContent {
  return {
    source: row.source,
    url: row.url,
    cited_by: row.cited_by,
    munition: row.munition,
    window_start: row.window_start,
    window_end: row.window_end,
    timezone: row.timezone,
    launched: row.launched,
    intercepted: row.intercepted,
    suppressed: row.suppressed,
    left_airspace: row.left_airspace,
    left_airspace_to: row.left_airspace_to,
    still_airborne: row.still_airborne,
    strike_uav_min: row.strike_uav_min,
    hit_locations: row.hit_locations,
    debris_locations: row.debris_locations,
    turbojet: row.turbojet,
    turbojet_intercepted: row.turbojet_intercepted,
    launch_places: row.launch_places,
    target: row.target,
    target_main: row.target_main,
    carriers: row.carriers,
    affected_regions: row.affected_regions,
    intercepted_by_place: row.intercepted_by_place,
    launched_by_munition: row.launched_by_munition,
    launch_places_by_munition: row.launch_places_by_munition,
    scope: row.scope,
    basis: row.basis,
    alternative_to: row.alternative_to,
    independent_of: row.independent_of,
    assertion: row.assertion,
    quotation: row.quotation,
    note: row.note,
  };
}

function stored(row: Row): StoredClaim {
  const { id, revision, from_version, recorded_at, barrage_id, regions, flags, origin } = row;
  const { import_id, import_line, raw, set_by_hand } = row;
  const content = contentOf(row);
  return {
    ...{ id, revision, from_version, recorded_at, barrage_id, content, regions, flags, origin },
    ...{ set_by_hand, import_id, import_line, raw },
  };
}

/** Claims that meet a filter at a dataset version, one page in the order (night, id). */
export async function listClaims(
  db: Database,
  version: number,
  filter: ClaimFilter,
  page: PageRequest,
): Promise<StoredClaim[]> {
  const { order, condition } = keyset(claims, page);
  const rows = await db.query
    .select()
    .from(claims)
    .where(and(claimCondition(ahead(filter, page), version), condition))
    .orderBy(...order)
    .limit(page.limit);
  return rows.map(stored);
}

/** How many claims meet a filter at a dataset version. */
export async function countClaims(
  db: Database,
  version: number,
  filter: ClaimFilter,
): Promise<number> {
  const [row] = await db.query
    .select({ claims: count() })
    .from(claims)
    .where(claimCondition(filter, version));
  return row?.claims ?? 0;
}

/** All claims of some barrages at a dataset version, by barrage and id. */
export async function claimsOfBarrages(
  db: Database,
  version: number,
  barrageIds: readonly string[],
): Promise<StoredClaim[]> {
  if (barrageIds.length === 0) return [];
  const question = { version, ids: JSON.stringify(barrageIds) };
  const rows = await preparedRows(db, 'claims of barrages', question, (asked) =>
    db.query
      .select()
      .from(claims)
      .where(and(visibleAt(claims, asked.version), inListed(claims.barrage_id, asked.ids)))
      .orderBy(asc(claims.barrage_id), asc(claims.id)),
  );
  return rows.map(stored);
}

/** One claim at a dataset version. */
export async function findClaim(
  db: Database,
  version: number,
  id: string,
): Promise<StoredClaim | null> {
  const [row] = await db.query
    .select()
    .from(claims)
    .where(and(eq(claims.id, id), visibleAt(claims, version)));
  return row === undefined ? null : stored(row);
}

/** The claims with the most launched inside a filter at a dataset version; equal ones by window, then id. */
export async function largestClaims(
  db: Database,
  version: number,
  filter: ClaimFilter,
  limit: number,
): Promise<{ id: string; barrage_id: string; content: ClaimContent }[]> {
  const rows = await db.query
    .select()
    .from(claims)
    .where(and(claimCondition(filter, version), isNotNull(claims.launched)))
    .orderBy(desc(claims.launched), asc(claims.night), asc(claims.window_start), asc(claims.id))
    .limit(limit);
  return rows.map((row) => ({ id: row.id, barrage_id: row.barrage_id, content: contentOf(row) }));
}

/** Launched, intercepted and strike UAVs of the claims inside a filter that give all three. */
export async function strikeClaims(
  db: Database,
  version: number,
  filter: ClaimFilter,
): Promise<{ launched: number; intercepted: number; strike_uav_min: number }[]> {
  const { launched, intercepted, strike_uav_min } = claims;
  const rows = await db.query
    .select({ launched, intercepted, strike_uav_min })
    .from(claims)
    .where(
      and(
        claimCondition(filter, version),
        isNotNull(strike_uav_min),
        // Few claims give the first; the plus keeps SQLite from going by launched, which most give.
        sql`+${launched} is not null`,
        sql`+${intercepted} is not null`,
      ),
    );
  return rows as { launched: number; intercepted: number; strike_uav_min: number }[];
}
