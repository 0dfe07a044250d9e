import { and, desc, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Database } from './database.js';
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

async function newestWhere(db: Database, condition?: SQL): Promise<DatasetVersion | null> {
  const [row] = await db.query
    .select({ version: changes.version, at: changes.at })
    .from(changes)
    .where(condition)
    .orderBy(desc(changes.version))
    .limit(1);
  return row ?? null;
}

/** The newest version. The code lists of the migrations are version 1, so there always is one. */
export async function currentVersion(db: Database): Promise<DatasetVersion> {
  const newest = await newestWhere(db);
  if (newest === null) throw new Error('the database holds no dataset version');
  return newest;
}

/** The version with a number, or null if there is none. */
export function versionNumbered(db: Database, version: number): Promise<DatasetVersion | null> {
  return newestWhere(db, eq(changes.version, version));
}

/** The newest version written at or before an instant, or null before the first. */
export function versionAt(db: Database, instant: string): Promise<DatasetVersion | null> {
  return newestWhere(db, lte(changes.at, instant));
}

/** Condition: the row belongs to the dataset as it was at a version. */
export function visibleAt(table: Versioned, version: number): SQL {
  const visible = and(
    lte(table.from_version, version),
    or(isNull(table.to_version), gt(table.to_version, version)),
  );
  return visible ?? sql`true`;
}
