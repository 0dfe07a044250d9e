import { setTimeout as pause } from 'node:timers/promises';
import { getTableName } from 'drizzle-orm';
import type { Operation } from '../domain/change.js';
import type { Written } from '../domain/record-error.js';
import { ConstraintError, type Database, type Progress, type Statement } from './database.js';
import {
  type Answer,
  forgetOldKeys,
  type Idempotency,
  rememberAnswer,
  storedAnswer,
  whileReserved,
} from './idempotency.js';
import { insertInto } from './statements.js';
import {
  barrages,
  changes,
  claims,
  debrisSites,
  munitions,
  reportingEras,
  sources,
} from './tables.js';
import { currentVersion, type DatasetVersion } from './versions.js';

const TABLES = {
  source: { table: sources, key: 'slug' },
  munition: { table: munitions, key: 'slug' },
  reporting_era: { table: reportingEras, key: 'id' },
  barrage: { table: barrages, key: 'id' },
  claim: { table: claims, key: 'id' },
  debris_site: { table: debrisSites, key: 'id' },
} as const;
export type Entity = keyof typeof TABLES;

type VersionColumns = 'revision' | 'from_version' | 'to_version' | 'recorded_at';
/** A row of a versioned table without the columns that the draft fills in. */
export type Content<E extends Entity> = Omit<
  (typeof TABLES)[E]['table']['$inferInsert'],
  VersionColumns
>;

/** Who writes, and why. */
export interface Cause {
  actor: string;
  reason: string | null;
  /** A request that comes again with the same key is given the first answer and writes nothing. */
  idempotency?: Idempotency | undefined;
}

const MAX_ATTEMPTS = 20;
const PAUSE_MS = 5;

// Writers of one process wait for each other instead of racing; constraints and retries are for other processes.
const queues = new WeakMap<Database, Promise<unknown>>();

function inTurn<T>(db: Database, work: () => Promise<T>): Promise<T> {
  const turn = (queues.get(db) ?? Promise.resolve()).then(work);
  queues.set(
    db,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Everything that one dataset version will write, gathered before any of it is written. */
export class Draft {
  // Closings go first: two records may trade natural keys within one version.
  readonly #closings: Statement[] = [];
  readonly #insertions: Statement[] = [];
  #seq = 0;

  constructor(
    readonly version: number,
    readonly at: string,
    private readonly cause: Cause,
  ) {}

  get isEmpty(): boolean {
    return this.#closings.length + this.#insertions.length === 0;
  }

  get statements(): readonly Statement[] {
    return [...this.#closings, ...this.#insertions];
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
    return String((content as Record<string, unknown>)[TABLES[entity].key]);
  }

  #insert(entity: Entity, content: object, revision: number): void {
    const versioned = {
      revision,
      from_version: this.version,
      to_version: null,
      recorded_at: this.at,
    };
    const row = { ...content, ...versioned } as (typeof TABLES)[Entity]['table']['$inferInsert'];
    this.#insertions.push(insertInto(TABLES[entity].table, row));
  }

  #close(entity: Entity, id: string, revision: number): void {
    const { table, key } = TABLES[entity];
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
    const { version, at } = this;
    const { actor } = this.cause;
    const change = { version, seq: this.#seq++, at, actor, op, entity, id, revision };
    this.#insertions.push(insertInto(changes, { ...change, fields: [...fields], reason }));
  }
}

function draftAfter(last: DatasetVersion, cause: Cause): Draft {
  // The clock may step back; instants of versions never do, so that as_of stays unambiguous.
  const now = new Date().toISOString();
  return new Draft(last.version + 1, now > last.at ? now : last.at, cause);
}

/** Builds a draft on the current version and throws it away: what a write would do, without doing it. */
export async function rehearse<T>(
  db: Database,
  cause: Cause,
  build: (draft: Draft) => Promise<T>,
): Promise<T> {
  return build(draftAfter(await currentVersion(db), cause));
}

/**
 * Builds a draft on the current version and writes it as the next one, in one transaction.
 *
 * Constraints guard every rule, so a writer that lost a race fails instead of overwriting; it then looks again and
 * builds anew. A draft that stays empty writes nothing and raises no version. With an idempotency key in the cause,
 * what is built must be JSON: it is stored in the same transaction, and given again instead of building it twice.
 *
 * @throws ConstraintError if the write is refused even though nobody else wrote in between
 * @throws IdempotencyKeyReused, IdempotencyKeyInUse
 */
export async function commit<T>(
  db: Database,
  cause: Cause,
  build: (draft: Draft) => Promise<T>,
  onProgress?: Progress,
): Promise<T> {
  return (await answer(db, cause, build, onProgress)).result;
}

/** Commits like {@link commit}, and says beside the result at which dataset version it can be seen. */
export async function record<T extends object>(
  db: Database,
  cause: Cause,
  build: (draft: Draft) => Promise<T>,
): Promise<T & Written> {
  const { result, version, replayed } = await answer(db, cause, build);
  return { ...result, version, replayed };
}

function answer<T>(
  db: Database,
  cause: Cause,
  build: (draft: Draft) => Promise<T>,
  onProgress?: Progress,
): Promise<Answer<T>> {
  return whileReserved(db, cause, () => inTurn(db, () => race(db, cause, build, onProgress)));
}

async function race<T>(
  db: Database,
  cause: Cause,
  build: (draft: Draft) => Promise<T>,
  onProgress: Progress | undefined,
): Promise<Answer<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const last = await currentVersion(db);
    const draft = draftAfter(last, cause);
    const { at } = draft;
    const earlier = await storedAnswer<T>(db, cause, at);
    if (earlier !== null) return earlier;
    const result = await build(draft);
    const version = draft.isEmpty ? last.version : draft.version;
    const statements = [...draft.statements, ...rememberAnswer(cause, { version, at, result })];
    if (statements.length === 0) return { result, version, replayed: false };
    try {
      await db.write([...forgetOldKeys(at), ...statements], onProgress);
      return { result, version, replayed: false };
    } catch (error) {
      if (!(error instanceof ConstraintError) || attempt === MAX_ATTEMPTS) throw error;
      const moved = (await currentVersion(db)).version !== last.version;
      const answered = moved || (await storedAnswer(db, cause, at)) !== null;
      if (!answered) throw error;
      await pause(Math.random() * PAUSE_MS * attempt);
    }
  }
}
