import { and, asc, count, eq, gt, gte, inArray, lte, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { type DebrisSiteContent, debrisSiteContentSchema } from '../domain/debris-site.js';
import type { Database } from './database.js';
import { inListed } from './listed.js';
import { keyset, type PageRequest } from './page.js';
import { preparedRows } from './prepared.js';
import { debrisSites } from './tables.js';
import { visibleAt } from './versions.js';

/** A stored revision of a debris site. */
export interface StoredDebrisSite {
  id: string;
  revision: number;
  from_version: number;
  recorded_at: string;
  barrage_id: string;
  content: DebrisSiteContent;
}

export interface DebrisSiteFilter {
  from?: string | undefined;
  to?: string | undefined;
  attackers?: readonly string[] | undefined;
  defenders?: readonly string[] | undefined;
  sources?: readonly string[] | undefined;
  regions?: readonly string[] | undefined;
  /** Recorded after this instant (RFC 3339, UTC). */
  updated_after?: string | undefined;
}

const CONTENT_KEYS = Object.keys(debrisSiteContentSchema.shape) as (keyof DebrisSiteContent)[];

function stored(row: typeof debrisSites.$inferSelect): StoredDebrisSite {
  const { id, revision, from_version, recorded_at, barrage_id } = row;
  const content = Object.fromEntries(CONTENT_KEYS.map((key) => [key, row[key]]));
  return {
    id,
    revision,
    from_version,
    recorded_at,
    barrage_id,
    content: content as unknown as DebrisSiteContent,
  };
}

function siteCondition(filter: DebrisSiteFilter, version: number): SQL | undefined {
  const { attacker, defender, night, source, region, recorded_at } = debrisSites;
  const oneOf = (column: SQLiteColumn, list?: readonly string[]) =>
    list === undefined ? undefined : inArray(column, [...list]);
  return and(
    visibleAt(debrisSites, version),
    oneOf(attacker, filter.attackers),
    oneOf(defender, filter.defenders),
    oneOf(source, filter.sources),
    oneOf(region, filter.regions),
    filter.from === undefined ? undefined : gte(night, filter.from),
    filter.to === undefined ? undefined : lte(night, filter.to),
    filter.updated_after === undefined ? undefined : gt(recorded_at, filter.updated_after),
  );
}

/** How many debris sites meet a filter at a dataset version. */
export async function countDebrisSites(
  db: Database,
  version: number,
  filter: DebrisSiteFilter,
): Promise<number> {
  const [row] = await db.query
    .select({ sites: count() })
    .from(debrisSites)
    .where(siteCondition(filter, version));
  return row?.sites ?? 0;
}

/** Debris sites that meet a filter at a dataset version, one page in the order (night, id). */
export async function listDebrisSites(
  db: Database,
  version: number,
  filter: DebrisSiteFilter,
  page: PageRequest,
): Promise<StoredDebrisSite[]> {
  const { order, condition } = keyset(debrisSites, page);
  const rows = await db.query
    .select()
    .from(debrisSites)
    .where(and(siteCondition(filter, version), condition))
    .orderBy(...order)
    .limit(page.limit);
  return rows.map(stored);
}

/** All debris sites of some barrages at a dataset version, by barrage and id. */
export async function debrisSitesOfBarrages(
  db: Database,
  version: number,
  barrageIds: readonly string[],
): Promise<StoredDebrisSite[]> {
  if (barrageIds.length === 0) return [];
  const question = { version, ids: JSON.stringify(barrageIds) };
  const rows = await preparedRows(db, 'debris sites of barrages', question, (asked) =>
    db.query
      .select()
      .from(debrisSites)
      .where(
        and(visibleAt(debrisSites, asked.version), inListed(debrisSites.barrage_id, asked.ids)),
      )
      .orderBy(asc(debrisSites.barrage_id), asc(debrisSites.id)),
  );
  return rows.map(stored);
}

/** One debris site at a dataset version. */
export async function findDebrisSite(
  db: Database,
  version: number,
  id: string,
): Promise<StoredDebrisSite | null> {
  const [row] = await db.query
    .select()
    .from(debrisSites)
    .where(and(eq(debrisSites.id, id), visibleAt(debrisSites, version)));
  return row === undefined ? null : stored(row);
}
