import { rm } from 'node:fs/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.js';

/** How the rows of a table are cut off at a dataset version. */
const CUTS = {
  versioned: [
    'sources',
    'munitions',
    'reporting_eras',
    'barrages',
    'claims',
    'claim_sums',
    'debris_sites',
  ],
  dated: ['changes', 'imports'],
  whole: ['regions', '__drizzle_migrations'],
} as const;
type Cut = keyof typeof CUTS;

/**
 * Tables whose rows never leave the service. Any table that is not named in this file is treated likewise, so that a
 * new one is private until somebody decides otherwise.
 */
export const PRIVATE_TABLES = ['api_keys', 'idempotency_keys', 'secrets'] as const;
export const PUBLIC_TABLES = Object.values(CUTS).flat();

const CHUNK_ROWS = 1_000;

const cutOf = (table: string): Cut | undefined =>
  (Object.keys(CUTS) as Cut[]).find((cut) => (CUTS[cut] as readonly string[]).includes(table));

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const read = (db: Database, query: SQL): Promise<unknown[][]> => db.query.values(query);

interface Definition {
  type: string;
  name: string;
  text: string;
}

async function definitions(db: Database): Promise<Definition[]> {
  const rows = await read(
    db,
    sql`select type, name, sql from sqlite_master where sql is not null and substr(name, 1, 7) <> 'sqlite_'`,
  );
  return (rows as [string, string, string][]).map(([type, name, text]) => ({ type, name, text }));
}

// Generated columns are not in table_info: the copy generates its own.
async function columnsOf(db: Database, table: string): Promise<string[]> {
  const rows = await read(db, sql`select name from pragma_table_info(${table})`);
  return rows.map(([name]) => String(name));
}

/** Rows of a table after a rowid as they were at a version, each with its rowid before it. */
function cutRows(
  table: string,
  columns: readonly string[],
  cut: Cut,
  version: number,
): (after: number) => SQL {
  const taken = columns.map((name) =>
    // A row that was closed after the version was open at it.
    name === 'to_version'
      ? sql`case when to_version <= ${version} then to_version end`
      : sql.raw(quoted(name)),
  );
  const within = {
    versioned: sql`from_version <= ${version}`,
    dated: sql`version <= ${version}`,
    whole: sql`true`,
  }[cut];
  return (after) =>
    sql`select rowid, ${sql.join(taken, sql`, `)} from ${sql.raw(quoted(table))} where rowid > ${after} and ${within} order by rowid limit ${CHUNK_ROWS}`;
}

async function copyRows(
  db: Database,
  target: Sqlite.Database,
  table: string,
  version: number,
  signal: AbortSignal,
): Promise<void> {
  const cut = cutOf(table);
  if (cut === undefined) return;
  const columns = await columnsOf(db, table);
  const rowsAfter = cutRows(table, columns, cut, version);
  const insert = target.prepare(
    `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  );
  const store = target.transaction((rows: unknown[][]) => {
    for (const [, ...values] of rows) insert.run(...values);
  });
  for (let last = 0; ; ) {
    const rows = await read(db, rowsAfter(last));
    store(rows);
    await breathe();
    signal.throwIfAborted();
    if (rows.length < CHUNK_ROWS) return;
    last = Number(rows.at(-1)?.[0]);
  }
}

/**
 * Writes the public part of the dataset, as it was at a version, into a new SQLite file that can itself be opened as a
 * database. Rows that were published are only ever added and closed, each with its version, so the cut is exact although
 * writes go on meanwhile and no transaction is held; other work has its turn after every thousand rows.
 *
 * @param path of a file that does not exist; nothing is left there when it fails
 * @throws the signal's reason when it is aborted
 */
export async function copyDataset(
  db: Database,
  version: number,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const target = new Sqlite(path);
  try {
    // A file that was not finished is thrown away, so nothing needs to survive a crash.
    target.pragma('journal_mode = OFF');
    target.pragma('synchronous = OFF');
    const all = await definitions(db);
    const tables = all.filter(({ type }) => type === 'table');
    for (const { text } of tables) target.exec(text);
    target.pragma('foreign_keys = OFF');
    for (const { name } of tables) await copyRows(db, target, name, version, signal);
    // After the rows: an index is built faster at once, and triggers would refuse what is history by now.
    for (const { text } of all.filter(({ type }) => type !== 'table')) {
      target.exec(text);
      await breathe();
      signal.throwIfAborted();
    }
    target.close();
  } catch (error) {
    target.close();
    await rm(path, { force: true });
    throw error;
  }
}
