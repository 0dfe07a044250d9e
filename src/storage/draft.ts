import { setTimeout as pause } from 'node:timers/promises';
import { getTableName } from 'drizzle-orm';
import type { Operation } from '../domain/change.js';
import { WriterBusy, type Written } from '../domain/record-error.js';
import { keepSums } from './claim-sums.js';
import {
  type Apply,
  ConstraintError,
  type Database,
  type Progress,
  type Statement,
} from './database.js';
import { type Content, ENTITY_TABLES, type Entity } from './entities.js';
import {
  type Answer,
  forgetOldKeys,
  type Idempotency,
  rememberAnswer,
  storedAnswer,
  whileReserved,
} from './idempotency.js';
import { insertDated } from './statements.js';
import { changes } from './tables.js';
import { Turns } from './turns.js';
import { currentVersion, earliestNext } from './versions.js';

/** Who writes, and why. */
export interface Cause {
  actor: string;
  reason: string | null;
  /** A request that comes again with the same key is given the first answer and writes nothing. */
  idempotency?: Idempotency | undefined;
}

// How often a write is built while others may write too, before it takes the lock first.
const OPEN_ATTEMPTS = 3;
const PAUSE_MS = 5;

// Writers of one process wait for each other instead of racing; constraints and locks are for other processes.
const turns = new WeakMap<Database, Turns>();

function turnsOf(db: Database): Turns {
  const known = turns.get(db) ?? new Turns();
  turns.set(db, known);
  return known;
}

/** Everything that one dataset version will write, gathered before any of it is written. */
export class Draft {
  // Closings go first: two records may trade natural keys within one version.
  readonly #closings: Statement[] = [];
  readonly #insertions: Statement[] = [];
  #seq = 0;
  #writesClaims = false;

  constructor(
    readonly version: number,
    private readonly cause: Cause,
  ) {}

  get isEmpty(): boolean {
    return this.#closings.length + this.#insertions.length === 0;
  }

  get statements(): readonly Statement[] {
    const derived = this.#writesClaims ? keepSums(this.version) : [];
    return [...this.#closings, ...this.#insertions, ...derived];
  }

  /** Writes the first revision of an entity, or the next one after a retraction. */
  create<E extends Entity>(entity: E, content: Content<E>, revision = 1): void {
    this.#insert(entity, content, revision);
    this.#log('created', entity, this.#key(entity, content), revision, []);
  }

  /** Closes the current revision and opens the next. @param fields the fields that differ */
  correct<E extends Entity>(
    entity: E,
    content: Content<E>,
    revision: number,
    fields: readonly string[],
    reason: string | null = this.cause.reason,
  ): void {
    const id = this.#key(entity, content);
    this.#close(entity, id, revision);
    this.#insert(entity, content, revision + 1);
    this.#log('corrected', entity, id, revision + 1, fields, reason);
  }

  /** Closes the current revision for good; older versions of the dataset keep it. */
  retract(entity: Entity, id: string, revision: number, reason = this.cause.reason): void {
    this.#close(entity, id, revision);
    this.#log('retracted', entity, id, revision, [], reason);
  }

  /** Adds a statement that belongs to the write but is not itself versioned. */
  add(statement: Statement): void {
    this.#insertions.push(statement);
  }

  #key(entity: Entity, content: object): string {
    return String((content as Record<string, unknown>)[ENTITY_TABLES[entity].key]);
  }

  #insert(entity: Entity, content: object, revision: number): void {
    const versioned = { revision, from_version: this.version, to_version: null };
    type Row = Omit<(typeof ENTITY_TABLES)[Entity]['table']['$inferInsert'], 'recorded_at'>;
    const row = { ...content, ...versioned } as Row;
    this.#insertions.push(insertDated(ENTITY_TABLES[entity].table, row, 'recorded_at'));
  }

  #close(entity: Entity, id: string, revision: number): void {
    const { table, key } = ENTITY_TABLES[entity];
    const sql = `update "${getTableName(table)}" set to_version = ? where "${key}" = ? and revision = ? and to_version is null`;
    this.#closings.push({ sql, params: [this.version, id, revision] });
  }

  #log(
    op: Operation,
    entity: Entity,
    id: string,
    revision: number,
    fields: readonly string[],
    reason: string | null = this.cause.reason,
  ): void {
    const { version } = this;
    const { actor } = this.cause;
    const change = { version, seq: this.#seq++, actor, op, entity, id, revision };
    this.#insertions.push(insertDated(changes, { ...change, fields: [...fields], reason }, 'at'));
    this.#writesClaims ||= entity === 'claim';
  }
}

/** Builds a draft on the current version and throws it away: what a write would do, without doing it. */
export async function rehearse<T>(db: Database, cause: Cause, build: Build<T>): Promise<T> {
  return build(new Draft((await currentVersion(db)).version + 1, cause));
}

/**
 * Builds a draft on the current version and writes it as the next one, in one transaction.
 *
 * Constraints guard every rule, so a writer that lost a race fails instead of overwriting; it then looks again and
 * builds anew, after a few losses while it holds the lock, so that a long one gets done too. A draft that stays empty
 * writes nothing and raises no version. With an idempotency key in the cause, what is built must be JSON: it is stored
 * in the same transaction, and given again instead of building it twice.
 *
 * @throws ConstraintError if the write is refused even though nobody else wrote in between
 * @throws IdempotencyKeyReused, IdempotencyKeyInUse, WriterBusy
 */
export async function commit<T>(
  db: Database,
  cause: Cause,
  build: Build<T>,
  onProgress?: Progress,
): Promise<T> {
  return (await answer({ db, cause, build, onProgress })).result;
}

/** Commits like {@link commit}, and says beside the result at which dataset version it can be seen. */
export async function record<T extends object>(
  db: Database,
  cause: Cause,
  build: Build<T>,
): Promise<T & Written> {
  const { result, version, replayed } = await answer({ db, cause, build });
  return { ...result, version, replayed };
}

type Build<T> = (draft: Draft) => Promise<T>;
interface Write<T> {
  db: Database;
  cause: Cause;
  build: Build<T>;
  onProgress?: Progress | undefined;
}
/** An answer, and when it may be given, in ms since the epoch. */
interface Landed<T> {
  answer: Answer<T>;
  settled: number;
}

function answer<T>(write: Write<T>): Promise<Answer<T>> {
  const { db, cause } = write;
  return whileReserved(db, cause, async () => {
    const landed = await turnsOf(db).take(() => race(write));
    // Whoever was answered and asks for the dataset as of now must find what was written.
    const ahead = landed.settled - Date.now();
    // Timers may ring a millisecond early.
    if (ahead > 0) await pause(ahead + 1);
    return landed.answer;
  });
}

async function race<T>(write: Write<T>): Promise<Landed<T>> {
  for (let lost = 0; lost < OPEN_ATTEMPTS; lost += 1) {
    const landed = await attempt(write, write.db.write);
    if (landed !== null) return landed;
    await pause(Math.random() * PAUSE_MS * (lost + 1));
  }
  try {
    const landed = await write.db.exclusively((apply) => attempt(write, apply));
    if (landed !== null) return landed;
  } catch (error) {
    throw error instanceof WriterBusy ? new WriterBusy(error.seconds, OPEN_ATTEMPTS) : error;
  }
  throw new Error('somebody wrote although the database was locked');
}

/** Builds a write and applies it. @returns null if somebody else wrote in between */
async function attempt<T>(write: Write<T>, apply: Apply): Promise<Landed<T> | null> {
  const { db, cause, build, onProgress } = write;
  const last = await currentVersion(db);
  const now = new Date().toISOString();
  const at = now > last.at ? now : last.at;
  const earlier = await storedAnswer<T>(db, cause, at);
  if (earlier !== null) return { answer: earlier, settled: 0 };
  const draft = new Draft(last.version + 1, cause);
  const result = await build(draft);
  const version = draft.isEmpty ? last.version : draft.version;
  const statements = [...draft.statements, ...rememberAnswer(cause, { version, result })];
  const built = { result, version, replayed: false };
  if (statements.length === 0) return { answer: built, settled: 0 };
  try {
    const all = [...forgetOldKeys(at), ...statements];
    const settled = await apply(all, onProgress, earliestNext(db, last));
    return { answer: built, settled };
  } catch (error) {
    if (!(error instanceof ConstraintError)) throw error;
    const moved = (await currentVersion(db)).version !== last.version;
    if (moved || (await storedAnswer(db, cause, at)) !== null) return null;
    throw error;
  }
}
