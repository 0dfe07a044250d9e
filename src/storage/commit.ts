import { setTimeout as pause } from 'node:timers/promises';
import { VersionReserved, WriterBusy, type Written } from '../domain/record-error.js';
import { listsAfter } from './code-list-store.js';
import type { Database } from './database.js';
import { type Cause, Draft } from './draft.js';
import type { Apply, Progress } from './group-writer.js';
import {
  type Answer,
  forgetOldKeys,
  rememberAnswer,
  storedAnswer,
  whileReserved,
} from './idempotency.js';
import type { Statement } from './statements.js';
import { Turns } from './turns.js';
import { dropUnpublished } from './unpublished.js';
import { currentVersion, type DatasetVersion, earliestNext, rememberVersion } from './versions.js';

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

/** Builds a draft on the current version and throws it away: what a write would do, without doing it. */
export async function rehearse<T>(db: Database, cause: Cause, build: Build<T>): Promise<T> {
  return build(new Draft((await currentVersion(db)).version + 1, cause), db);
}

/** Does some writing. If it came to a number that an import reserved and left, the next one need not come to it again. */
async function clearingTheWay<T>(db: Database, writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof VersionReserved) dropUnpublished(db).catch(() => undefined);
    throw error;
  }
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
  const writing = whileReserved(db, cause, () => turnsOf(db).take(() => race(write)));
  const { result } = await clearingTheWay(db, writing);
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
  const writing = whileReserved(db, cause, () => writeInside({ db, cause, build }, alone));
  const { result, version, at, replayed } = await clearingTheWay(db, writing);
  return { ...result, version, at, replayed };
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
  writesLists: boolean;
}

/** Builds on what a database shows, unless the request was answered before. */
async function built<T>({ cause, build }: Write<T>, db: Database): Promise<Built<T>> {
  const last = await currentVersion(db);
  const now = new Date().toISOString();
  const at = now > last.at ? now : last.at;
  const earlier = await storedAnswer<T>(db, cause, at);
  if (earlier !== null) return { answer: earlier, statements: [], last, writesLists: false };
  const draft = new Draft(last.version + 1, cause);
  const result = await build(draft, db);
  const version = draft.isEmpty ? last.version : draft.version;
  const answer = { result, version, at: last.at, replayed: false };
  const written = [...draft.statements, ...rememberAnswer(cause, { version, result })];
  // What every write does beside its own.
  const statements = written.length === 0 ? [] : [...forgetOldKeys(at), ...written];
  return { answer, statements, last, writesLists: draft.writesLists };
}

/** @returns the answer with the instant at which it was written */
async function applyBuilt<T>(
  { db, onProgress }: Write<T>,
  { answer, statements, last, writesLists }: Built<T>,
  apply: Apply,
  inside: Database,
): Promise<Answer<T>> {
  if (statements.length === 0) return answer;
  const at = await apply(statements, onProgress, earliestNext(db, last));
  if (answer.version === last.version) return answer;
  rememberVersion(inside, { version: answer.version, at });
  listsAfter(inside, answer.version, writesLists);
  return { ...answer, at };
}

function writeInside<T>(write: Write<T>, alone: boolean): Promise<Answer<T>> {
  return write.db.exclusively(async (apply, inside) => {
    return applyBuilt(write, await built(write, inside), apply, inside);
  }, alone);
}

async function race<T>(write: Write<T>): Promise<Answer<T>> {
  for (let lost = 0; lost < OPEN_ATTEMPTS; lost += 1) {
    const done = await built(write, write.db);
    if (done.statements.length === 0) return done.answer;
    const answer = await write.db.exclusively(async (apply, inside) => {
      if ((await currentVersion(inside)).version !== done.last.version) return null;
      if ((await storedAnswer(inside, write.cause, done.last.at)) !== null) return null;
      return applyBuilt(write, done, apply, inside);
    }, true);
    if (answer !== null) return answer;
    await pause(Math.random() * PAUSE_MS * (lost + 1));
  }
  try {
    return await writeInside(write, true);
  } catch (error) {
    const isLost = error instanceof WriterBusy && !(error instanceof VersionReserved);
    throw isLost ? new WriterBusy(error.seconds, OPEN_ATTEMPTS) : error;
  }
}
