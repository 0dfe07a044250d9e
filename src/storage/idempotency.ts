import { and, eq, gte } from 'drizzle-orm';
import { IdempotencyKeyInUse, IdempotencyKeyReused, type Written } from '../domain/record-error.js';
import type { Database } from './database.js';
import { preparedRows } from './prepared.js';
import { insertDated, type Statement } from './statements.js';
import { idempotencyKeys } from './tables.js';
import { versionNumbered } from './versions.js';

/** What makes a request the same as an earlier one. */
export interface Idempotency {
  /** Chosen by the client. */
  key: string;
  /** Digest of everything that the request says. */
  fingerprint: string;
}

interface Asking {
  actor: string;
  idempotency?: Idempotency | undefined;
}

/** What a write gave, and when. */
export type Answer<T> = Written & { result: T };

const KEPT_MS = 24 * 60 * 60 * 1000;

/** The oldest instant of which keys are still known. @param at the instant of the write */
const keptSince = (at: string): string => new Date(Date.parse(at) - KEPT_MS).toISOString();

/**
 * The answer that a request with this key was given within the last 24 hours, or null.
 *
 * @throws IdempotencyKeyReused if the key was used for another request
 */
export async function storedAnswer<T>(
  db: Database,
  { actor, idempotency }: Asking,
  at: string,
): Promise<Answer<T> | null> {
  if (idempotency === undefined) return null;
  const { key, fingerprint } = idempotency;
  const columns = idempotencyKeys;
  const question = { actor, key, since: keptSince(at) };
  const [row] = await preparedRows(db, 'idempotency key', question, (asked) =>
    db.query
      .select()
      .from(columns)
      .where(
        and(
          eq(columns.actor, asked.actor),
          eq(columns.key, asked.key),
          gte(columns.at, asked.since),
        ),
      ),
  );
  if (row === undefined) return null;
  if (row.fingerprint !== fingerprint) throw new IdempotencyKeyReused(key);
  const version = await versionNumbered(db, row.version);
  if (version === null) throw new Error(`the answer of version ${row.version} has none`);
  return { result: row.result as T, ...version, replayed: true };
}

/** Statements that forget the keys of more than 24 hours ago. */
export function forgetOldKeys(at: string): Statement[] {
  return [{ sql: 'delete from idempotency_keys where at < ?', params: [keptSince(at)] }];
}

/** Statements that remember an answer; none if the request has no key. */
export function rememberAnswer(
  { actor, idempotency }: Asking,
  { version, result }: { version: number; result: unknown },
): Statement[] {
  if (idempotency === undefined) return [];
  const row = { actor, ...idempotency, version, result: result as object };
  return [insertDated(idempotencyKeys, row)];
}

// Other processes are told apart by the primary key of the table: one of them fails, looks again and replays.
const running = new WeakMap<Database, Set<string>>();

/** Does some work that no other request of this process with the same key may do meanwhile. @throws IdempotencyKeyInUse */
export async function whileReserved<T>(
  db: Database,
  { actor, idempotency }: Asking,
  work: () => Promise<T>,
): Promise<T> {
  if (idempotency === undefined) return work();
  const name = JSON.stringify([actor, idempotency.key]);
  const names = running.get(db) ?? new Set();
  running.set(db, names);
  if (names.has(name)) throw new IdempotencyKeyInUse(idempotency.key);
  names.add(name);
  try {
    return await work();
  } finally {
    names.delete(name);
  }
}
