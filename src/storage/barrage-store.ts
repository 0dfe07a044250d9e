import { and, count, eq, exists, gt, gte, inArray, lte, not, or, type SQL, sql } from 'drizzle-orm';
import type { Barrage } from '../domain/barrage.js';
import { type ClaimFilter, claimCondition } from './claim-filter.js';
import type { Database } from './database.js';
import { inListed } from './listed.js';
import { ahead, keyset, type PageRequest } from './page.js';
import { preparedRows } from './prepared.js';
import { barrages, claims, debrisSites } from './tables.js';
import { visibleAt } from './versions.js';

/** A stored revision of a barrage. */
export interface StoredBarrage extends Barrage {
  revision: number;
  from_version: number;
  recorded_at: string;
}

/** Which barrages are meant: by their own key, by the claims and by the debris sites that they hold. */
export interface BarrageFilter {
  from?: string | undefined;
  to?: string | undefined;
  attackers?: readonly string[] | undefined;
  defenders?: readonly string[] | undefined;
  /** At least one claim meets this filter. */
  with_claim?: ClaimFilter | undefined;
  has_debris?: boolean | undefined;
  /** The barrage, a claim or a debris site of it was recorded after this instant (RFC 3339, UTC). */
  updated_after?: string | undefined;
  /** Some munition has claims of several sources, competing ones, or different assertions. */
  contestable?: boolean | undefined;
}

const { id, revision, from_version, recorded_at, attacker, defender, night, note } = barrages;
const COLUMNS = { id, revision, from_version, recorded_at, attacker, defender, night, note };

function holdsDebris(db: Database, version: number, more?: SQL): SQL {
  return exists(
    db.query
      .select({ one: sql`1` })
      .from(debrisSites)
      .where(and(eq(debrisSites.barrage_id, id), visibleAt(debrisSites, version), more)),
  );
}

function isUpdatedAfter(db: Database, version: number, instant: string): SQL | undefined {
  return or(
    gt(recorded_at, instant),
    holdsClaim(db, version, { updated_after: instant }),
    holdsDebris(db, version, gt(debrisSites.recorded_at, instant)),
  );
}

function holdsClaim(db: Database, version: number, filter: ClaimFilter): SQL {
  return exists(
    db.query
      .select({ one: sql`1` })
      .from(claims)
      .where(and(eq(claims.barrage_id, id), claimCondition(filter, version))),
  );
}

function isContestable(db: Database, version: number): SQL {
  return exists(
    db.query
      .select({ one: sql`1` })
      .from(claims)
      .where(and(eq(claims.barrage_id, id), visibleAt(claims, version)))
      .groupBy(claims.munition)
      .having(
        sql`count(distinct ${claims.source}) > 1 or count(${claims.alternative_to}) > 0 or count(distinct ${claims.assertion}) > 1`,
      ),
  );
}

function condition(db: Database, version: number, filter: BarrageFilter): SQL | undefined {
  const debris = filter.has_debris === undefined ? undefined : holdsDebris(db, version);
  return and(
    visibleAt(barrages, version),
    filter.attackers === undefined ? undefined : inArray(attacker, [...filter.attackers]),
    filter.defenders === undefined ? undefined : inArray(defender, [...filter.defenders]),
    filter.from === undefined ? undefined : gte(night, filter.from),
    filter.to === undefined ? undefined : lte(night, filter.to),
    filter.with_claim === undefined ? undefined : holdsClaim(db, version, filter.with_claim),
    filter.updated_after === undefined
      ? undefined
      : isUpdatedAfter(db, version, filter.updated_after),
    filter.contestable ? isContestable(db, version) : undefined,
    debris === undefined || filter.has_debris ? debris : not(debris),
  );
}

/** Barrages that meet a filter at a dataset version, one page in the order (night, id). */
export async function listBarrages(
  db: Database,
  version: number,
  filter: BarrageFilter,
  page: PageRequest,
): Promise<StoredBarrage[]> {
  const question = { version, filter: ahead(filter, page), page };
  return preparedRows(db, 'barrages', question, ({ version, filter, page }) => {
    const walk = keyset(barrages, page);
    return db.query
      .select(COLUMNS)
      .from(barrages)
      .where(and(condition(db, version, filter), walk.condition))
      .orderBy(...walk.order)
      .limit(page.limit);
  });
}

/** How many barrages meet a filter at a dataset version. */
export async function countBarrages(
  db: Database,
  version: number,
  filter: BarrageFilter,
): Promise<number> {
  const [row] = await db.query
    .select({ barrages: count() })
    .from(barrages)
    .where(condition(db, version, filter));
  return row?.barrages ?? 0;
}

/** Who ever attacked whom. Looked up from pair to pair: the barrages between are not read. */
export async function allPairs(db: Database): Promise<{ attacker: string; defender: string }[]> {
  // An id begins with both parties, and `~` comes after everything that can follow them.
  const rows = await db.query.values<[string]>(sql`
    with recursive pair(start) as (
      select substr(min(${id}), 1, 8) from ${barrages}
      union all
      select (select substr(min(${id}), 1, 8) from ${barrages} where ${id} > start || '~')
      from pair where start is not null
    ) select upper(start) from pair where start is not null`);
  return rows.map(([start]) => ({ attacker: start.slice(0, 3), defender: start.slice(4, 7) }));
}

/** One barrage at a dataset version. */
export async function findBarrage(
  db: Database,
  version: number,
  barrageId: string,
): Promise<StoredBarrage | null> {
  const [row] = await barragesWithIds(db, version, [barrageId]);
  return row ?? null;
}

/** Whether a barrage exists at a dataset version. */
export async function isBarrageKnown(
  db: Database,
  version: number,
  barrageId: string,
): Promise<boolean> {
  const text =
    'select 1 from barrages where id = ? and from_version <= ? and (to_version is null or to_version > ?)';
  return (await db.rows(text, [barrageId, version, version])).length > 0;
}

/** Those of some barrages that exist at a dataset version. */
export async function barragesWithIds(
  db: Database,
  version: number,
  ids: readonly string[],
): Promise<StoredBarrage[]> {
  if (ids.length === 0) return [];
  return preparedRows(db, 'barrages by id', { version, ids: JSON.stringify(ids) }, (asked) =>
    db.query
      .select(COLUMNS)
      .from(barrages)
      .where(and(inListed(id, asked.ids), visibleAt(barrages, asked.version))),
  );
}

/**
 * The highest revision that each of some barrages had up to a dataset version, retracted or not; nothing for one that
 * did not exist.
 */
export async function lastBarrageRevisions(
  db: Database,
  version: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await preparedRows(
    db,
    'revisions of barrages',
    { version, ids: JSON.stringify(ids) },
    (asked) =>
      db.query
        .select({ id, last: sql<number>`max(${revision})` })
        .from(barrages)
        .where(and(inListed(id, asked.ids), lte(from_version, asked.version)))
        .groupBy(id),
  );
  return new Map(rows.map((row) => [row.id, row.last]));
}

/** What the barrages of a dataset version are about: between which nights, against whom. */
export interface BarrageCoverage {
  /** Null while there are no barrages. */
  nights: { first: string; last: string } | null;
  defenders: string[];
}

/** The coverage of all barrages at a dataset version. */
export async function coverageAt(db: Database, version: number): Promise<BarrageCoverage> {
  const rows = await db.query
    .select({
      defender,
      first: sql<string>`min(${night})`,
      last: sql<string>`max(${night})`,
    })
    .from(barrages)
    .where(visibleAt(barrages, version))
    .groupBy(defender)
    .orderBy(defender);
  const first = rows.map((row) => row.first).toSorted()[0];
  const last = rows
    .map((row) => row.last)
    .toSorted()
    .at(-1);
  return {
    nights: first === undefined || last === undefined ? null : { first, last },
    defenders: rows.map((row) => row.defender),
  };
}

/** The last dataset version that wrote a barrage or anything that is or was in it; 0 for one that never existed. */
export async function touchedAt(db: Database, barrageId: string): Promise<number> {
  const last = async (table: typeof barrages | typeof claims | typeof debrisSites, of: SQL) => {
    const [row] = await db.query
      .select({
        version: sql<number>`max(max(${table.from_version}), coalesce(max(${table.to_version}), 0))`,
      })
      .from(table)
      .where(of);
    return row?.version ?? 0;
  };
  return Math.max(
    await last(barrages, eq(id, barrageId)),
    await last(claims, eq(claims.barrage_id, barrageId)),
    await last(debrisSites, eq(debrisSites.barrage_id, barrageId)),
  );
}
