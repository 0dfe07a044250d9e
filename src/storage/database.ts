import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy';
import { Connection } from './connection.js';
import { named } from './constraint-error.js';
import { type Apply, GroupWriter } from './group-writer.js';
import { migrateThrough } from './migrate-through.js';
import type { Statement } from './statements.js';
import { LookedUpLately } from './turns.js';
import { tryWriteLock } from './write-lock.js';

/**
 * Work during which nobody else writes.
 *
 * @param apply the only way to write meanwhile: another one would wait for the work to end
 * @param inside the database as the open transaction sees it, with what it has written
 */
export type Work<T> = (apply: Apply, inside: Database) => Promise<T>;

// While the file is opened nobody else waits for this process.
const OPEN_TIMEOUT_MS = 5_000;
// SQLite waits by stopping the process. Readers of a WAL wait only for its recovery; writers wait without it.
const READ_TIMEOUT_MS = 50;
// A look-up takes a fifth of the time of a poll, and forty polls arrive in this time where many do.
const FOREIGN_WRITES_MS = 1;
// Rows of one night stand on as many pages as the file has rows between one of a night and the next one of it.
const ATTACHED_CACHE_KIB = 8_000;
// More writes than a transaction holds between two of another process.
const STAMP_STEP = 2 ** 32;

const pathOf = (url: string): string => (url.startsWith('file:') ? url.slice('file:'.length) : url);

/**
 * The embedded SQLite database behind an asynchronous interface: queries through drizzle's builder, writes as lists of
 * statements that happen together or not at all. One connection reads and another one writes, so that a write may take
 * many turns of the loop while readers see only what was committed. Nothing above knows which engine answers.
 */
export class Database {
  /** drizzle's query builder; every statement it compiles is prepared once. */
  readonly query: SqliteRemoteDatabase;
  readonly #reading: Connection;
  readonly #writing: Connection;
  readonly #writer: GroupWriter | null;
  readonly #foreignWrites: LookedUpLately<number>;
  readonly #writeListeners = new Set<() => void>();
  #inside: Database;
  #changes = 0;

  private constructor(reading: Connection, writing: Connection) {
    this.query = reading.query;
    this.#reading = reading;
    this.#writing = writing;
    const dataVersion = reading.sqlite.prepare('pragma data_version').pluck();
    this.#foreignWrites = new LookedUpLately(() => Number(dataVersion.get()), FOREIGN_WRITES_MS);
    if (reading === writing) {
      this.#writer = null;
      this.#inside = this;
      return;
    }
    this.#inside = new Database(writing, writing);
    this.#writer = new GroupWriter(writing, {
      onChange: () => {
        this.#inside.#changes += 1;
      },
      onCommit: () => {
        this.#foreignWrites.forget();
        for (const listener of this.#writeListeners) listener();
      },
      // What was remembered of the transaction never was.
      onRollback: () => {
        this.#inside = new Database(writing, writing);
      },
    });
  }

  /**
   * Opens the database, creating its folder and file where they are missing, and applies the migrations that it lacks.
   *
   * @param url `file:` and a path, or `file::memory:` for a database that is gone when it is closed
   * @throws Error when a migration leaves a dangling reference
   */
  static async open(url: string): Promise<Database> {
    const path = pathOf(url);
    if (path === ':memory:') return Database.#openNameless();
    mkdirSync(dirname(path), { recursive: true });
    return Database.#openFile(path, true);
  }

  /** A file that nobody else can open: SQLite's own memory databases belong to one connection. */
  static async #openNameless(): Promise<Database> {
    const folder = mkdtempSync(join(tmpdir(), 'barrage-stats-memory-'));
    try {
      return await Database.#openFile(join(folder, 'a.db'), false);
    } finally {
      // It lives on without a name, and ends with the process however that ends.
      rmSync(folder, { recursive: true });
    }
  }

  static async #openFile(path: string, durable: boolean): Promise<Database> {
    const writing = new Connection(path, { busyTimeoutMs: OPEN_TIMEOUT_MS, durable });
    await migrateThrough(writing);
    writing.sqlite.pragma('busy_timeout = 0');
    const reading = new Connection(path, { busyTimeoutMs: READ_TIMEOUT_MS, durable });
    reading.sqlite.pragma('foreign_keys = ON');
    reading.sqlite.pragma('query_only = ON');
    const database = new Database(reading, writing);
    database.stamp();
    return database;
  }

  /** The rows of a statement that is always spelled the same: around a look-up drizzle takes longer than SQLite does. */
  async rows<T>(text: string, params: readonly unknown[]): Promise<T[]> {
    // The statement is shared with whoever walks through the same text, and stays as it was used last.
    return this.#reading.prepare(text).raw(false).all(params) as T[];
  }

  /**
   * Walks through the rows of a statement, each a list of values, in their order. Of thousands of rows none outlives its
   * visit, so that they cost no collection of garbage and no memory that stays.
   */
  async walk(
    text: string,
    params: readonly unknown[],
    visit: (row: readonly unknown[]) => void,
  ): Promise<void> {
    const statement = this.#reading.prepare(text).raw(true);
    for (const row of statement.iterate(params)) visit(row as unknown[]);
  }

  /** Runs a statement of work that is done exclusively, and that nobody is to see yet: it moves no version. */
  async run({ sql, params }: Statement): Promise<void> {
    this.#reading.run(sql, params);
  }

  /** Writes as soon as nobody else does. @see Apply @throws ConstraintError, WriterBusy */
  write: Apply = (...write) => this.exclusively((apply) => apply(...write));

  /**
   * Does some work during which nobody else can write: what it reads inside is still so when it writes. Others go on
   * reading, and see nothing of it before it is committed. Work that waits at the same time shares the commit; each
   * fails alone. Work that took too long to be dated as it was is done again.
   *
   * @param alone for long work: it has a commit of its own
   * @returns once that is committed and its instant has passed
   * @throws WriterBusy if other processes do not let go of the database
   */
  exclusively<T>(work: Work<T>, alone = false): Promise<T> {
    if (this.#writer === null) throw new Error('a write within a write goes through its apply');
    return this.#writer.take(
      (apply) => work((...write) => named(apply(...write)), this.#inside),
      alone,
    );
  }

  /** Does some work while a temporary database can be read under a name, by the statements of this one. */
  async withAttached<T>(path: string, name: string, work: () => Promise<T>): Promise<T> {
    const each = (run: (connection: Connection) => void) => {
      for (const connection of [this.#reading, this.#writing]) run(connection);
    };
    // Inside of somebody's transaction nothing can be attached, so this waits for its turn to write and then leaves it.
    await this.#between(() =>
      each((one) => {
        one.run(`attach ? as ${name}`, [path]);
        one.sqlite.pragma(`${name}.cache_size = -${ATTACHED_CACHE_KIB}`);
      }),
    );
    try {
      return await work();
    } finally {
      await this.#between(() => each((one) => one.sqlite.exec(`detach ${name}`)));
    }
  }

  async #between(work: () => void): Promise<void> {
    await this.exclusively(async () => {
      this.#writing.run('rollback');
      work();
      this.#writing.run('begin');
    }, true);
  }

  /**
   * A number that is another one after every committed write, of this process or of another, so that what was computed
   * before can be kept until something is written. It is looked up in shared memory once in a millisecond, and again
   * after a write of this process.
   */
  stamp(): number {
    // Inside of a transaction the next version is made from what it says.
    if (this.#writer === null) this.#foreignWrites.forget();
    return this.#foreignWrites.get() * STAMP_STEP + this.#changes;
  }

  /**
   * Applies statements that are no part of the dataset, such as a note that a key was used. It tells no listener, and
   * gives up at once where {@link write} would wait for others.
   *
   * @returns whether they were applied
   */
  async note(statements: readonly Statement[]): Promise<boolean> {
    // Inside somebody's transaction it would become a part of it.
    if (this.#writing.sqlite.inTransaction || !tryWriteLock(this.#writing)) return false;
    try {
      for (const { sql, params } of statements) this.#writing.run(sql, params);
      this.#writing.run('commit');
      return true;
    } finally {
      if (this.#writing.sqlite.inTransaction) this.#writing.run('rollback');
    }
  }

  /** The file of the database; null if it has no name, by which another thread could open it. */
  async path(): Promise<string | null> {
    const { name } = this.#reading.sqlite;
    return existsSync(name) ? name : null;
  }

  /** Calls a listener after every transaction that this process commits. @returns how to stop it */
  onWrite(listener: () => void): () => void {
    this.#writeListeners.add(listener);
    return () => void this.#writeListeners.delete(listener);
  }

  /** Whether the database answers. */
  async isReady(): Promise<boolean> {
    const { sqlite } = this.#reading;
    return sqlite.open && sqlite.prepare('select 1').get() !== undefined;
  }

  async close(): Promise<void> {
    // Nothing is known of a closed one.
    this.#foreignWrites.forget();
    this.#reading.close();
    this.#writing.close();
  }
}
