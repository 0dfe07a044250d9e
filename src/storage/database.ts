import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { drizzle, type SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy';
import { migrate } from 'drizzle-orm/sqlite-proxy/migrator';
import { COMMIT_INSTANT, commitDated } from './commit-instant.js';
import { Turns } from './turns.js';
import { takeWriteLock } from './write-lock.js';

/** One SQL statement with its bound values, {@link COMMIT_INSTANT} among them. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** Told how many of a write's statements have been applied. */
export type Progress = (done: number, total: number) => void;

/**
 * Applies all statements in one transaction, or none of them.
 *
 * @param notBefore the earliest instant that may be written as {@link COMMIT_INSTANT}
 * @returns when the instant of the commit has passed, in ms since the epoch: nobody should be answered sooner
 * @throws ConstraintError if a constraint refuses one
 */
export type Apply = (
  statements: readonly Statement[],
  onProgress?: Progress,
  notBefore?: string,
) => Promise<number>;

/** A write that a constraint refused: nothing of it was stored. */
export class ConstraintError extends Error {}

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const PREPARED_MAX = 500;
const PROGRESS_STEP = 1_000;
// While the file is opened nobody else waits for this process.
const OPEN_TIMEOUT_MS = 5_000;
// SQLite waits by stopping the process. Readers of a WAL wait only for its recovery; writers wait without it.
const READ_TIMEOUT_MS = 50;
// More writes than a process makes between two of another.
const STAMP_STEP = 2 ** 32;

const pathOf = (url: string): string => (url.startsWith('file:') ? url.slice('file:'.length) : url);

/**
 * The embedded SQLite database behind an asynchronous interface: queries through drizzle's builder, writes as a list
 * of statements that happen together or not at all. Nothing above knows which engine answers.
 */
export class Database {
  /** drizzle's query builder; every statement it compiles is prepared once. */
  readonly query: SqliteRemoteDatabase;
  readonly #connection: Sqlite.Database;
  readonly #foreignWrites: Sqlite.Statement;
  readonly #writers = new Turns();
  #ownWrites = 0;
  readonly #writeListeners = new Set<() => void>();
  readonly #prepared = new Map<string, Sqlite.Statement>();

  private constructor(connection: Sqlite.Database) {
    this.#connection = connection;
    this.#foreignWrites = connection.prepare('pragma data_version').pluck();
    this.query = drizzle(async (text, params, method) => {
      const statement = this.#prepare(text);
      if (!statement.reader) {
        statement.run(...params);
        return { rows: [] };
      }
      const raw = statement.raw(true);
      return { rows: method === 'get' ? (raw.get(...params) as unknown[]) : raw.all(...params) };
    });
  }

  /**
   * Opens the database, creating its folder and file where they are missing, and applies the migrations that it lacks.
   *
   * @param url `file:` and a path, or `file::memory:`
   * @throws Error when a migration leaves a dangling reference
   */
  static async open(url: string): Promise<Database> {
    const path = pathOf(url);
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    const connection = new Sqlite(path);
    connection.pragma(`busy_timeout = ${OPEN_TIMEOUT_MS}`);
    connection.pragma('journal_mode = WAL');
    // A client that was answered must find its write after a power cut.
    connection.pragma('synchronous = FULL');
    // Without it INSERT OR REPLACE deletes rows behind the back of the triggers that forbid it.
    connection.pragma('recursive_triggers = ON');
    const database = new Database(connection);
    await database.#migrate();
    connection.pragma(`busy_timeout = ${READ_TIMEOUT_MS}`);
    return database;
  }

  /** Writes as soon as nobody else does. @see Apply @throws ConstraintError, WriterBusy */
  write: Apply = (statements, onProgress, notBefore) =>
    this.exclusively((apply) => apply(statements, onProgress, notBefore));

  /**
   * Does some work during which nobody else can write: what it reads is still so when it writes. Others go on reading.
   *
   * @param work is given the only way to write meanwhile: another one would wait for the work to end
   * @throws WriterBusy if other processes do not let go of the database
   */
  exclusively<T>(work: (apply: Apply) => Promise<T>): Promise<T> {
    return this.#writers.take(async () => {
      await takeWriteLock(this.#connection);
      try {
        return await work(async (...write) => this.#apply(...write));
      } finally {
        // Whatever was not committed by now failed, or there was nothing to write.
        if (this.#connection.inTransaction) this.#connection.exec('rollback');
      }
    });
  }

  #apply(statements: readonly Statement[], onProgress?: Progress, notBefore = ''): number {
    try {
      const settled = commitDated(this.#connection, statements.length, notBefore, (at) =>
        this.#run(statements, at, onProgress),
      );
      this.#ownWrites += 1;
      for (const listener of this.#writeListeners) listener();
      return settled;
    } catch (error) {
      if (this.#connection.inTransaction) this.#connection.exec('rollback');
      if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')) {
        throw new ConstraintError(error.message, { cause: error });
      }
      throw error;
    }
  }

  #run(statements: readonly Statement[], at: string, onProgress: Progress | undefined): void {
    for (const [index, { sql, params }] of statements.entries()) {
      this.#prepare(sql).run(params.map((value) => (value === COMMIT_INSTANT ? at : value)));
      if (index % PROGRESS_STEP === 0) onProgress?.(index, statements.length);
    }
  }

  /**
   * A number that is another one after every committed write, of this process or of another. It is looked up in
   * shared memory in about a microsecond, so that what was computed before can be kept until something is written.
   */
  stamp(): number {
    return Number(this.#foreignWrites.get()) * STAMP_STEP + this.#ownWrites;
  }

  /**
   * Applies statements that are no part of the dataset, such as a note that a key was used. It tells no listener, and
   * gives up at once where {@link write} would hold up everything while another process writes.
   *
   * @returns whether they were applied
   */
  async note(statements: readonly Statement[]): Promise<boolean> {
    // Inside somebody's transaction it would become a part of it.
    if (this.#connection.inTransaction) return false;
    const apply = this.#connection.transaction(() => {
      for (const { sql, params } of statements) this.#prepare(sql).run(...params);
    });
    this.#connection.pragma('busy_timeout = 0');
    try {
      apply.immediate();
      return true;
    } catch (error) {
      if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false;
      throw error;
    } finally {
      this.#connection.pragma(`busy_timeout = ${READ_TIMEOUT_MS}`);
    }
  }

  /** The file of the database; null if it is in memory, where only this thread reaches it. */
  async path(): Promise<string | null> {
    return this.#connection.memory ? null : this.#connection.name;
  }

  /** Calls a listener after every write that this process commits. @returns how to stop it */
  onWrite(listener: () => void): () => void {
    this.#writeListeners.add(listener);
    return () => void this.#writeListeners.delete(listener);
  }

  /** Whether the database answers. */
  async isReady(): Promise<boolean> {
    return this.#connection.open && this.#connection.prepare('select 1').get() !== undefined;
  }

  async close(): Promise<void> {
    this.#prepared.clear();
    this.#connection.close();
  }

  #prepare(text: string): Sqlite.Statement {
    const known = this.#prepared.get(text);
    if (known !== undefined) return known;
    if (this.#prepared.size >= PREPARED_MAX) this.#prepared.clear();
    const statement = this.#connection.prepare(text);
    this.#prepared.set(text, statement);
    return statement;
  }

  async #migrate(): Promise<void> {
    // Off while tables may be rebuilt (the pragma is ignored inside a transaction), checked, then on for good.
    this.#connection.pragma('foreign_keys = OFF');
    await migrate(
      this.query,
      async (queries) => {
        if (queries.length > 0)
          this.#connection.transaction(() => queries.map((q) => this.#connection.exec(q)))();
      },
      { migrationsFolder: MIGRATIONS },
    );
    const dangling = this.#connection.pragma('foreign_key_check') as unknown[];
    if (dangling.length > 0) {
      throw new Error(`the migrations left ${dangling.length} dangling references`);
    }
    this.#connection.pragma('foreign_keys = ON');
  }
}
