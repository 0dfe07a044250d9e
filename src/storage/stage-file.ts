import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { makeDatasetFolder } from './dataset-folders.js';

const CACHE_KIB = 8_000;

/** A temporary database in a folder of its own, whose statements are prepared once. */
export class StageFile {
  readonly path: string;
  readonly #folder: string;
  readonly #connection: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();

  private constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, 'import.db');
    this.#connection = new Sqlite(this.path);
    // What a crash leaves is thrown away.
    this.#connection.pragma('journal_mode = OFF');
    this.#connection.pragma('synchronous = OFF');
    this.#connection.pragma(`cache_size = -${CACHE_KIB}`);
  }

  static async open(): Promise<StageFile> {
    return new StageFile(await makeDatasetFolder());
  }

  async close(): Promise<void> {
    this.#statements.clear();
    this.#connection.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  exec(text: string): void {
    this.#connection.exec(text);
  }

  prepare(text: string): Sqlite.Statement {
    const known = this.#statements.get(text) ?? this.#connection.prepare(text);
    this.#statements.set(text, known);
    return known;
  }

  /** Does some work in one go; afterwards other connections can read what it left. */
  together<T>(work: () => T): T {
    return this.#connection.transaction(work)();
  }
}
