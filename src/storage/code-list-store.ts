import { and, asc, eq, sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { ReportingEra } from '../domain/era.js';
import type { Munition } from '../domain/munition.js';
import type { Region } from '../domain/region.js';
import type { Source } from '../domain/source.js';
import type { Database } from './database.js';
import { preparedRecords, preparedRows } from './prepared.js';
import { munitions, regions, reportingEras, sources } from './tables.js';
import { visibleAt } from './versions.js';

/** The sources as they were at a dataset version, by slug. */
export async function listSources(db: Database, version: number): Promise<Source[]> {
  const { slug, name, party, kind, url, note } = sources;
  return preparedRows(db, 'sources', { version }, (asked) =>
    db.query
      .select({ slug, name, party, kind, url, note })
      .from(sources)
      .where(visibleAt(sources, asked.version))
      .orderBy(asc(slug)),
  );
}

/** One source as it was at a dataset version, with its revision. */
export async function findSource(
  db: Database,
  slug: string,
  version: number,
): Promise<{ source: Source; revision: number } | null> {
  const [row] = await db.query
    .select()
    .from(sources)
    .where(and(eq(sources.slug, slug), visibleAt(sources, version)));
  if (row === undefined) return null;
  const { name, party, kind, url, note, revision } = row;
  return { source: { slug, name, party, kind, url, note }, revision };
}

/** The munitions as they were at a dataset version, by slug. */
export async function listMunitions(db: Database, version: number): Promise<Munition[]> {
  const { slug, name, category, aliases, components } = munitions;
  return db.query
    .select({ slug, name, category, aliases, components })
    .from(munitions)
    .where(visibleAt(munitions, version))
    .orderBy(asc(slug));
}

/** Revision of each munition at a dataset version. */
export async function munitionRevisions(
  db: Database,
  version: number,
): Promise<ReadonlyMap<string, number>> {
  const { slug, revision } = munitions;
  const rows = await db.query
    .select({ slug, revision })
    .from(munitions)
    .where(visibleAt(munitions, version));
  return new Map(rows.map((row) => [row.slug, row.revision]));
}

/** The regions, by code. They are ISO's, so they have no versions. */
export async function listRegions(db: Database): Promise<Region[]> {
  return db.query.select().from(regions).orderBy(asc(regions.code));
}

/** The reporting eras as they were at a dataset version, by claimant and first night. */
export async function listReportingEras(db: Database, version: number): Promise<ReportingEra[]> {
  const { id, party, source, code, from_night, to_night, meaning, breaks } = reportingEras;
  const { intercepted_includes_suppressed_for } = reportingEras;
  return db.query
    .select({
      id,
      party,
      source,
      code,
      from_night,
      to_night,
      meaning,
      breaks,
      intercepted_includes_suppressed_for,
    })
    .from(reportingEras)
    .where(visibleAt(reportingEras, version))
    .orderBy(asc(id));
}

/** The code lists that statistics and writes need, as they were at a dataset version. */
export interface CodeListsAt {
  sources: Source[];
  munitions: Munition[];
  regions: Region[];
  eras: ReportingEra[];
}

/** The newest version up to one that changed a code list. */
async function lastListChange(db: Database, version: number): Promise<number> {
  const [row] = await preparedRecords<{ version: number }, { last: number }>(
    db,
    'last change of a list',
    { version },
    (asked) => {
      const newest = [sources, munitions, reportingEras].flatMap(({ from_version, to_version }) =>
        [from_version, to_version].map(
          (column) =>
            sql`(select coalesce(max(${column}), 0) from ${column.table} where ${column} <= ${asked.version})`,
        ),
      );
      const last = sql`max(${sql.join(newest, sql`, `)})`.as('last');
      return db.query.select({ last }).from(sql`(select 1)`);
    },
  );
  return row?.last ?? 0;
}

const LISTS_HELD = 8;
const heldLists = new WeakMap<Database, LRUCache<number, CodeListsAt>>();

interface Standing {
  version: number;
  lists: CodeListsAt;
}
// What was asked last: the next question is mostly about the same version, or about the next one.
const standing = new WeakMap<Database, Standing>();

/** Told of each version that is written: unless it writes code lists, it has those of the one before it. */
export function listsAfter(db: Database, version: number, areWritten: boolean): void {
  const last = standing.get(db);
  if (areWritten) standing.delete(db);
  else if (last?.version === version - 1) last.version = version;
}

/**
 * All code lists at a dataset version: one object for all versions between two changes of a list, so that whatever is
 * derived from them can be held by it.
 */
export async function codeListsAt(db: Database, version: number): Promise<CodeListsAt> {
  const last = standing.get(db);
  if (last?.version === version) return last.lists;
  const lists = await listsAt(db, version);
  standing.set(db, { version, lists });
  return lists;
}

async function listsAt(db: Database, version: number): Promise<CodeListsAt> {
  const held = heldLists.get(db) ?? new LRUCache<number, CodeListsAt>({ max: LISTS_HELD });
  heldLists.set(db, held);
  const changed = await lastListChange(db, version);
  const known = held.get(changed);
  if (known !== undefined) return known;
  const [sources, munitions, regions, eras] = await Promise.all([
    listSources(db, version),
    listMunitions(db, version),
    listRegions(db),
    listReportingEras(db, version),
  ]);
  const lists = { sources, munitions, regions, eras };
  held.set(changed, lists);
  return lists;
}

/** Revision of each reporting era at a dataset version. */
export async function eraRevisions(
  db: Database,
  version: number,
): Promise<ReadonlyMap<string, number>> {
  const { id, revision } = reportingEras;
  const rows = await db.query
    .select({ id, revision })
    .from(reportingEras)
    .where(visibleAt(reportingEras, version));
  return new Map(rows.map((row) => [row.id, row.revision]));
}
