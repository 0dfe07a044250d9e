import { and, desc, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { untilToldOf } from './commit-instant.js';
import type { Database } from './database.js';
import { preparedRows } from './prepared.js';
import { changes } from './tables.js';

/** A state of the dataset: everything ever published can be asked for again at its version. */
export interface DatasetVersion {
  version: number;
  /** When the version was written, RFC 3339 in UTC. */
  at: string;
}

interface Versioned {
  from_version: SQLiteColumn;
  to_version: SQLiteColumn;
}

/** The version with a number, or the newest up to an instant. */
interface Bound {
  is?: number;
  at?: string;
}

async function newestWhere(db: Database, bound: Bound): Promise<DatasetVersion | null> {
  const [row] = await preparedRows(db, 'newest version', bound, ({ is, at }) =>
    db.query
      .select({ version: changes.version, at: changes.at })
      .from(changes)
      .where(
        and(
          is === undefined ? undefined : eq(changes.version, is),
          at === undefined ? undefined : lte(changes.at, at),
          // By its first change, which publishes it, and which the index of instants holds alone.
          sql`${changes.seq} = 0`,
        ),
      )
      // Instants never go back from one version to the next, so the newest is the last by both.
      .orderBy(desc(changes.at), desc(changes.version))
      .limit(1),
  );
  return row ?? null;
}

// After every write somebody asks for it: drizzle takes as long around it as SQLite for it. By first changes, as above.
const NEWEST =
  'select version, at from changes where seq = 0 order by at desc, version desc limit 1';

interface Known {
  stamp: number;
  version: DatasetVersion;
  /** When this process first saw it, in ms since the epoch. */
  since: number;
}
const newestKnown = new WeakMap<Database, Known>();

/** The newest version if it is known without asking the database, else null. */
export function knownVersion(db: Database): DatasetVersion | null {
  const known = newestKnown.get(db);
  return known !== undefined && known.stamp === db.stamp() ? known.version : null;
}

/** When this process first saw the newest version, in ms since the epoch: never before it was committed. */
export const knownSince = (db: Database): number | null =>
  knownVersion(db) === null ? null : (newestKnown.get(db)?.since ?? null);

/** Takes down the newest version for whoever has just written it, and looks for it inside the same transaction. */
export function rememberVersion(db: Database, version: DatasetVersion): void {
  newestKnown.set(db, { stamp: db.stamp(), version, since: Date.now() });
}

/** The newest version. The code lists of the migrations are version 1, so there always is one. */
export async function currentVersion(db: Database): Promise<DatasetVersion> {
  const known = knownVersion(db);
  if (known !== null) return known;
  // Taken before the look-up: a write in between makes it outdated, never wrong.
  const stamp = db.stamp();
  const [version] = await db.rows<DatasetVersion>(NEWEST, []);
  if (version === undefined) throw new Error('the database holds no dataset version');
  const before = newestKnown.get(db);
  const since = before?.version.version === version.version ? before.since : Date.now();
  newestKnown.set(db, { stamp, version, since });
  return version;
}

/** The version with a number, or null if there is none. */
export function versionNumbered(db: Database, version: number): Promise<DatasetVersion | null> {
  return newestWhere(db, { is: version });
}

const newestAsked = new WeakMap<Database, string>();
const later = (one: string, other: string): string => (one > other ? one : other);

/**
 * The newest version written at or before an instant, or null before the first. Of an instant that is not quite past,
 * it is told a moment later: until then a version may be dated with it.
 */
export async function versionAt(db: Database, instant: string): Promise<DatasetVersion | null> {
  await untilToldOf(instant);
  newestAsked.set(db, later(instant, newestAsked.get(db) ?? ''));
  return newestWhere(db, { at: instant });
}

/**
 * The earliest instant that the version after the newest may be dated with, whatever the clock says: not before the
 * newest, and after every instant for which this process has already told what the dataset was.
 */
export function earliestNext(db: Database, newest: DatasetVersion): string {
  const asked = newestAsked.get(db);
  if (asked === undefined) return newest.at;
  return later(newest.at, new Date(Date.parse(asked) + 1).toISOString());
}

/** Condition: the row belongs to the dataset as it was at a version. */
export function visibleAt(table: Versioned, version: number): SQL {
  const visible = and(
    lte(table.from_version, version),
    or(isNull(table.to_version), gt(table.to_version, version)),
  );
  return visible ?? sql`true`;
}
