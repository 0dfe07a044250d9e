import { setTimeout as pause } from 'node:timers/promises';
import { getTableName } from 'drizzle-orm';
import type { Operation } from '../domain/change.js';
import type { ClaimContent } from '../domain/claim.js';
import { WriterBusy, type Written } from '../domain/record-error.js';
import { type BarrageSpan, keepSums, keepSumsBySpan } from './claim-sums.js';
import type { Database } from './database.js';
import { type Content, ENTITY_TABLES, type Entity } from './entities.js';
import type { Apply, Progress } from './group-writer.js';
import {
  type Answer,
  forgetOldKeys,
  type Idempotency,
  rememberAnswer,
  storedAnswer,
  whileReserved,
} from './idempotency.js';
import { insertDated, type Statement } from './statements.js';
import { changes } from './tables.js';
import { Turns } from './turns.js';
import { currentVersion, type DatasetVersion, earliestNext } from './versions.js';

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

// Of those who build while others may write, one of a process at a time.
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

  /** Writes the first revision of a claim, given in two parts: there may be thousands of them, with 40 fields each. */
  createClaim(content: ClaimContent, beside: Omit<Content<'claim'>, keyof ClaimContent>): void {
    this.#insert('claim', content, 1, beside);
    this.#log('created', 'claim', beside.id, 1, []);
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

  /** Adds statements that write many claims by themselves. @param spans all their barrages, to be added up span by span */
  addClaims(statements: readonly Statement[], spans: readonly BarrageSpan[]): void {
    this.#insertions.push(...statements, ...keepSumsBySpan(this.version, spans));
  }

  #key(entity: Entity, content: object): string {
    return String((content as Record<string, unknown>)[ENTITY_TABLES[entity].key]);
  }

  #insert(entity: Entity, content: object, revision: number, more: object = {}): void {
    const versioned = { ...more, revision, from_version: this.version, to_version: null };
    type Versioned = 'revision' | 'from_version' | 'to_version';
    const { table } = ENTITY_TABLES[entity];
    const row = content as Omit<(typeof table)['$inferInsert'], 'recorded_at' | Versioned>;
    this.#insertions.push(
      insertDated<typeof table, 'recorded_at', Versioned>(table, row, 'recorded_at', versioned),
    );
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
  return build(new Draft((await currentVersion(db)).version + 1, cause), db);
}

/**
 * Builds a draft on the current version and writes it as the next one, in one transaction.
 *
 * Others may write while it is built. If one does, it is built anew, after a few losses while nobody else can write,
 * so that a long one gets done too. A draft that stays empty writes nothing and raises no version. With an idempotency
 * key in the cause, what is built must be JSON: it is stored in the same transaction, and given again instead of
 * building it twice.
 *
 * @throws ConstraintError if the write is refused
 * @throws IdempotencyKeyReused, IdempotencyKeyInUse, WriterBusy
 */
export async function commit<T>(
  db: Database,
  cause: Cause,
  build: Build<T>,
  onProgress?: Progress,
): Promise<T> {
  const write = { db, cause, build, onProgress };
  const { result } = await whileReserved(db, cause, () => turnsOf(db).take(() => race(write)));
  return result;
}

/**
 * Writes like {@link commit}, and says beside the result at which dataset version it can be seen. It is built while
 * nobody else can write, on what the writes before it have written, whether or not they are committed yet: those that
 * are asked for at the same time share a commit.
 *
 * @param alone for long work: it has a commit of its own
 * @throws ConstraintError, IdempotencyKeyReused, IdempotencyKeyInUse, WriterBusy
 */
export async function record<T extends object>(
  db: Database,
  cause: Cause,
  build: Build<T>,
  alone = false,
): Promise<T & Written> {
  const { result, version, replayed } = await whileReserved(db, cause, () =>
    writeInside({ db, cause, build }, alone),
  );
  return { ...result, version, replayed };
}

/** Puts what is to be written into a draft. @param db what it is built on */
type Build<T> = (draft: Draft, db: Database) => Promise<T>;
interface Write<T> {
  db: Database;
  cause: Cause;
  build: Build<T>;
  onProgress?: Progress | undefined;
}

/** A draft with its answer, and the version that it was built on. */
interface Built<T> {
  answer: Answer<T>;
  statements: readonly Statement[];
  last: DatasetVersion;
}

/** Builds on what a database shows, unless the request was answered before. */
async function built<T>({ cause, build }: Write<T>, db: Database): Promise<Built<T>> {
  const last = await currentVersion(db);
  const now = new Date().toISOString();
  const at = now > last.at ? now : last.at;
  const earlier = await storedAnswer<T>(db, cause, at);
  if (earlier !== null) return { answer: earlier, statements: [], last };
  const draft = new Draft(last.version + 1, cause);
  const result = await build(draft, db);
  const version = draft.isEmpty ? last.version : draft.version;
  const written = [...draft.statements, ...rememberAnswer(cause, { version, result })];
  // What every write does beside its own.
  const statements = written.length === 0 ? [] : [...forgetOldKeys(at), ...written];
  return { answer: { result, version, replayed: false }, statements, last };
}

async function applyBuilt<T>(write: Write<T>, { statements, last }: Built<T>, apply: Apply) {
  if (statements.length === 0) return;
  await apply(statements, write.onProgress, earliestNext(write.db, last));
}

function writeInside<T>(write: Write<T>, alone: boolean): Promise<Answer<T>> {
  return write.db.exclusively(async (apply, inside) => {
    const done = await built(write, inside);
    await applyBuilt(write, done, apply);
    return done.answer;
  }, alone);
}

async function race<T>(write: Write<T>): Promise<Answer<T>> {
  for (let lost = 0; lost < OPEN_ATTEMPTS; lost += 1) {
    const done = await built(write, write.db);
    if (done.statements.length === 0) return done.answer;
    const isFirst = await write.db.exclusively(async (apply, inside) => {
      if ((await currentVersion(inside)).version !== done.last.version) return false;
      if ((await storedAnswer(inside, write.cause, done.last.at)) !== null) return false;
      await applyBuilt(write, done, apply);
      return true;
    }, true);
    if (isFirst) return done.answer;
    await pause(Math.random() * PAUSE_MS * (lost + 1));
  }
  try {
    return await writeInside(write, true);
  } catch (error) {
    throw error instanceof WriterBusy ? new WriterBusy(error.seconds, OPEN_ATTEMPTS) : error;
  }
}
