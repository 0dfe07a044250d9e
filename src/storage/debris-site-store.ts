import { and, asc, count, eq, gt, gte, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { type DebrisSiteContent, debrisSiteContentSchema } from '../domain/debris-site.js';
import type { Database } from './database.js';
import { type JsonRow, jsonColumns, jsonObject } from './json-text.js';
import { inListed } from './listed.js';
import { ahead, keyset, type PageRequest } from './page.js';
import { preparedRecords, preparedRows } from './prepared.js';
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

const { id, revision, recorded_at, from_version, barrage_id } = debrisSites;
const night = sql<string>`${debrisSites.night}`.as('night');

/** A debris site as it is served, in every format and inside a barrage: the one definition. */
const SERVED = jsonColumns({
  ...{ id, revision, recorded_at, dataset_version: from_version, barrage_id },
  ...{ attacker: debrisSites.attacker, defender: debrisSites.defender, night: debrisSites.night },
  ...Object.fromEntries(CONTENT_KEYS.map((key) => [key, debrisSites[key]])),
});

/**
 * Debris sites that meet a filter at a dataset version, one page in the order (night, id), as they are served.
 *
 * @param fields those to give of every site; all by default
 */
export function sitesAsJson(
  db: Database,
  version: number,
  filter: DebrisSiteFilter,
  page: PageRequest,
  fields?: readonly string[],
): Promise<JsonRow[]> {
  const question = { version, filter: ahead(filter, page), page };
  return preparedRecords(db, `sites ${fields}`, question, ({ version, filter, page }) => {
    const { order, condition } = keyset(debrisSites, page);
    return db.query
      .select({ id, night, json: jsonObject(SERVED, fields).as('json') })
      .from(debrisSites)
      .where(and(siteCondition(filter, version), condition))
      .orderBy(...order)
      .limit(page.limit);
  });
}

/** All debris sites of some barrages at a dataset version as they are served, by barrage and id. */
export async function sitesOfBarragesAsJson(
  db: Database,
  version: number,
  barrageIds: readonly string[],
): Promise<{ barrage_id: string; json: string }[]> {
  if (barrageIds.length === 0) return [];
  return preparedRows(db, 'sites of barrages', { version, barrageIds }, (asked) =>
    db.query
      .select({ barrage_id, json: jsonObject(SERVED) })
      .from(debrisSites)
      .where(and(visibleAt(debrisSites, asked.version), inArray(barrage_id, [...asked.barrageIds])))
      .orderBy(asc(barrage_id), asc(id)),
  );
}

/** One debris site at a dataset version as it is served; null if there is none. */
export async function siteAsJson(
  db: Database,
  version: number,
  siteId: string,
): Promise<string | null> {
  const [row] = await preparedRows(db, 'site', { version, siteId }, (asked) =>
    db.query
      .select({ json: jsonObject(SERVED) })
      .from(debrisSites)
      .where(and(eq(id, asked.siteId), visibleAt(debrisSites, asked.version))),
  );
  return row?.json ?? null;
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
