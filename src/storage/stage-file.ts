import Sqlite from 'better-sqlite3';
import { remembered } from '../domain/remembered.js';

const CACHE_KIB = 8_000;

/** A temporary database, whose statements are prepared once. */
export class StageFile {
  readonly #connection: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();

  constructor(path: string) {
    this.#connection = new Sqlite(path);
    // What a crash leaves is thrown away.
    this.#connection.pragma('journal_mode = OFF');
    this.#connection.pragma('synchronous = OFF');
    this.#connection.pragma(`cache_size = -${CACHE_KIB}`);
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  exec(text: string): void {
    this.#connection.exec(text);
  }

  prepare(text: string): Sqlite.Statement {
    const known = this.#statements.get(text) ?? this.#connection.prepare(text);
    this.#statements.set(text, known);
    return known;
  }

  /** Lets statements call a pure function of a text. */
  define(name: string, answer: (text: string) => string): void {
    this.#connection.function(name, { deterministic: true }, remembered(answer));
  }

  /** Does some work in one go; afterwards other connections can read what it left. */
  together<T>(work: () => T): T {
    return this.#connection.transaction(work)();
  }
}
