import Sqlite from 'better-sqlite3';
import { drizzle, type SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy';

const PREPARED_MAX = 500;
// SQLite looks at the value of such a parameter as it plans, and therefore plans anew whenever one is bound: 75 µs for
// a page. It does not look into an expression.
const BARE_LIMIT = /\blimit \?/g;

/** How a connection behaves. */
export interface ConnectionOptions {
  /** How long SQLite may wait for others: it waits by stopping the process. */
  busyTimeoutMs: number;
  /** Whether a commit must survive a power cut. */
  durable: boolean;
}

/** One connection to a database file; every statement is prepared once. */
export class Connection {
  readonly sqlite: Sqlite.Database;
  /** drizzle's query builder. */
  readonly query: SqliteRemoteDatabase;
  readonly #prepared = new Map<string, Sqlite.Statement>();

  constructor(path: string, { busyTimeoutMs, durable }: ConnectionOptions) {
    this.sqlite = new Sqlite(path);
    this.sqlite.pragma(`busy_timeout = ${busyTimeoutMs}`);
    this.sqlite.pragma('journal_mode = WAL');
    // A client that was answered must find its write after a power cut.
    this.sqlite.pragma(`synchronous = ${durable ? 'FULL' : 'OFF'}`);
    // Without it INSERT OR REPLACE deletes rows behind the back of the triggers that forbid it.
    this.sqlite.pragma('recursive_triggers = ON');
    // What a savepoint may have to give back is a page or two: not worth a file.
    this.sqlite.pragma('temp_store = MEMORY');
    this.query = drizzle(async (text, params, method) => {
      const statement = this.prepare(text);
      if (!statement.reader) {
        statement.run(...params);
        return { rows: [] };
      }
      const raw = statement.raw(true);
      return { rows: method === 'get' ? (raw.get(...params) as unknown[]) : raw.all(...params) };
    });
  }

  /** A statement, prepared once. */
  prepare(text: string): Sqlite.Statement {
    const known = this.#prepared.get(text);
    if (known !== undefined) return known;
    if (this.#prepared.size >= PREPARED_MAX) this.#prepared.clear();
    const statement = this.sqlite.prepare(text.replaceAll(BARE_LIMIT, 'limit (? + 0)'));
    this.#prepared.set(text, statement);
    return statement;
  }

  /** Runs a statement that gives no rows. */
  run(text: string, params: readonly unknown[] = []): void {
    this.prepare(text).run(params);
  }

  close(): void {
    this.#prepared.clear();
    this.sqlite.close();
  }
}

/** Whether SQLite refused because somebody else holds the lock. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');

/** Whether a constraint or a trigger refused. */
export const isConstraint = (error: unknown): error is Error =>
  error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT');

/** Whether a write came to the number of a version that somebody else is writing. */
export const isReserved = (error: unknown): boolean =>
  isConstraint(error) && error.message === 'changes: the version is reserved';
