import { and, asc, eq, gt, inArray, lte, min, type SQL, sql } from 'drizzle-orm';
import type { Operation, RevisedEntity } from '../domain/change.js';
import { sameValue } from '../domain/same-value.js';
import type { Database } from './database.js';
import { barrages, changes, claims, debrisSites, imports } from './tables.js';
import { currentVersion } from './versions.js';

/** One entity written by one dataset version. */
export type Change = typeof changes.$inferSelect;

/** A place in the feed of changes: everything up to it is known. */
export interface FeedPosition {
  version: number;
  seq: number;
}

const newest = async (db: Database): Promise<number> => (await currentVersion(db)).version;

/**
 * Changes after a position, in the order in which they were written.
 *
 * @param upTo the last dataset version; the newest if it is not given
 */
export async function listChanges(
  db: Database,
  after: FeedPosition,
  limit: number,
  upTo?: number,
): Promise<Change[]> {
  const last = upTo ?? (await newest(db));
  const isAfter = sql`(${changes.version}, ${changes.seq}) > (${after.version}, ${after.seq})`;
  return db.query
    .select()
    .from(changes)
    .where(and(isAfter, lte(changes.version, last)))
    .orderBy(asc(changes.version), asc(changes.seq))
    .limit(limit);
}

/** What a dataset version brought, and where it came from. */
export interface VersionSummary {
  version: number;
  at: string;
  actor: string;
  reason: string | null;
  changes: Record<Operation, number>;
  import: Pick<
    typeof imports.$inferSelect,
    'importer' | 'file_name' | 'sha256' | 'munitions_sha256' | 'published'
  > | null;
}

const counted = (op: Operation): SQL<number> =>
  sql<number>`sum(${changes.op} = ${op})`.mapWith(Number);

/** Dataset versions after a number and up to another, oldest first. */
export async function listVersions(
  db: Database,
  after: number,
  limit: number,
  upTo: number,
): Promise<VersionSummary[]> {
  const rows = await db.query
    .select({
      version: changes.version,
      at: sql<string>`${min(changes.at)}`,
      actor: sql<string>`${min(changes.actor)}`,
      // Of several reasons none is that of the version; each change has its own.
      reason: sql<
        string | null
      >`case when count(*) = count(${changes.reason}) and count(distinct ${changes.reason}) = 1 then ${min(changes.reason)} end`,
      created: counted('created'),
      corrected: counted('corrected'),
      retracted: counted('retracted'),
    })
    .from(changes)
    .where(and(gt(changes.version, after), lte(changes.version, upTo)))
    .groupBy(changes.version)
    .orderBy(asc(changes.version))
    .limit(limit);
  const versions = rows.map(({ version }) => version);
  const files = await db.query.select().from(imports).where(inArray(imports.version, versions));
  return rows.map(({ version, at, actor, reason, created, corrected, retracted }) => {
    const file = files.find((one) => one.version === version);
    return {
      version,
      at,
      actor,
      reason,
      changes: { created, corrected, retracted },
      import:
        file === undefined
          ? null
          : {
              importer: file.importer,
              file_name: file.file_name,
              sha256: file.sha256,
              munitions_sha256: file.munitions_sha256,
              published: file.published,
            },
    };
  });
}

const REVISED = {
  barrage: barrages,
  claim: claims,
  debris_site: debrisSites,
} as const satisfies Record<RevisedEntity, unknown>;

/** One entry in the history of a record. */
export interface Revision {
  revision: number;
  op: Operation;
  recorded_at: string;
  dataset_version: number;
  actor: string;
  reason: string | null;
  changed: { field: string; old: unknown; new: unknown }[];
}

// What belongs to the version and not to what the record says.
const BOOKKEEPING = new Set([
  'revision',
  'from_version',
  'to_version',
  'recorded_at',
  'import_id',
  'import_line',
  'raw',
  'set_by_hand',
]);

function differences(before: Record<string, unknown>, after: Record<string, unknown>) {
  return Object.keys(after)
    .filter((field) => !BOOKKEEPING.has(field) && !sameValue(before[field], after[field]))
    .map((field) => ({ field, old: before[field], new: after[field] }));
}

/**
 * The history of a record, oldest first: who wrote it when and why, and what changed. Empty if there is none.
 *
 * @param upTo the last dataset version; the newest if it is not given
 */
export async function listRevisions(
  db: Database,
  entity: RevisedEntity,
  id: string,
  upTo?: number,
): Promise<Revision[]> {
  const table = REVISED[entity];
  const last = upTo ?? (await newest(db));
  const [rows, log] = await Promise.all([
    db.query.select().from(table).where(eq(table.id, id)).orderBy(asc(table.revision)),
    db.query
      .select()
      .from(changes)
      .where(and(eq(changes.entity, entity), eq(changes.id, id), lte(changes.version, last)))
      .orderBy(asc(changes.version), asc(changes.seq)),
  ]);
  const contents = new Map<number, Record<string, unknown>>(rows.map((row) => [row.revision, row]));
  return log.map(({ revision, op, at, version, actor, reason }) => ({
    revision,
    op,
    recorded_at: at,
    dataset_version: version,
    actor,
    reason,
    changed:
      op === 'corrected'
        ? differences(contents.get(revision - 1) ?? {}, contents.get(revision) ?? {})
        : [],
  }));
}
