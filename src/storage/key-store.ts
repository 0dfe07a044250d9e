import { hash, randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { KeyScope } from '../domain/api-key.js';
import type { Database } from './database.js';
import { newId } from './new-id.js';
import { insertInto } from './statements.js';
import { apiKeys } from './tables.js';

const PREFIX = 'bst_';
const SECRET_BYTES = 32;

/** A key as far as it may be shown: never the secret, which is not stored. */
export interface ApiKey {
  id: string;
  name: string;
  scope: KeyScope;
  expires_at: string | null;
}

/** A key with its history. */
export interface KeyRecord extends ApiKey {
  created_at: string;
  revoked_at: string | null;
  last_used_at: string | null;
}

/** A new key with its secret, the only time that it can be seen. */
export interface NewKey {
  id: string;
  secret: string;
}

// The secret has 256 random bits, so one SHA-256 is as good as a slow hash. No secret is ever compared with another:
// the index is searched for a hash that a caller cannot steer towards a stored one, so how long that takes says nothing.
const hashOf = (secret: string): string => hash('sha256', secret, 'hex');

function newSecret(): NewKey & { hash: string; created_at: string } {
  const secret = PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
  const created_at = new Date().toISOString();
  return { id: newId('key'), secret, hash: hashOf(secret), created_at };
}

/** Makes a key and returns its secret, the only time that it can be seen. */
export async function createKey(db: Database, key: Omit<ApiKey, 'id'>): Promise<NewKey> {
  const { secret, ...stored } = newSecret();
  await db.write([insertInto(apiKeys, { ...key, ...stored })]);
  return { id: stored.id, secret };
}

/** The key with a secret, unless it is unknown, revoked or past its expiry: the table is asked every time. */
export async function findKey(db: Database, secret: string): Promise<ApiKey | null> {
  type Row = ApiKey & Pick<KeyRecord, 'revoked_at'>;
  const text = 'select id, name, scope, expires_at, revoked_at from api_keys where hash = ?';
  const [row] = await db.rows<Row>(text, [hashOf(secret)]);
  if (row === undefined || row.revoked_at !== null) return null;
  if (row.expires_at !== null && row.expires_at <= new Date().toISOString()) return null;
  return { id: row.id, name: row.name, scope: row.scope, expires_at: row.expires_at };
}

/** Every key there ever was, oldest first. */
export async function listKeys(db: Database): Promise<KeyRecord[]> {
  const { id, name, scope, created_at, expires_at, revoked_at, last_used_at } = apiKeys;
  const shown = { id, name, scope, created_at, expires_at, revoked_at, last_used_at };
  return db.query.select(shown).from(apiKeys).orderBy(sql`rowid`);
}

async function recordOf(db: Database, id: string): Promise<KeyRecord | null> {
  return (await listKeys(db)).find((key) => key.id === id) ?? null;
}

/** Refuses a key from now on. @returns the key, with the instant from which it is refused; null if there is none */
export async function revokeKey(db: Database, id: string): Promise<KeyRecord | null> {
  const revoke = 'update api_keys set revoked_at = ? where id = ? and revoked_at is null';
  await db.write([{ sql: revoke, params: [new Date().toISOString(), id] }]);
  return recordOf(db, id);
}

/**
 * Makes a new key with the name, scope and expiry of another, and lets that one go: at once, or after a while in which
 * both are taken.
 *
 * @param graceMs how long the old one is still taken; 0 revokes it
 * @returns the new key, or null if the old one is unknown, revoked or expired
 */
export async function rotateKey(db: Database, id: string, graceMs: number): Promise<NewKey | null> {
  const { secret, ...made } = newSecret();
  const live = 'id = ? and revoked_at is null and (expires_at is null or expires_at > ?)';
  const copy = `insert into api_keys (id, name, hash, scope, created_at, expires_at) select ?, name, ?, scope, ?, expires_at from api_keys where ${live}`;
  const until = new Date(Date.parse(made.created_at) + graceMs).toISOString();
  const end =
    graceMs === 0
      ? `update api_keys set revoked_at = ? where ${live}`
      : `update api_keys set expires_at = min(?, coalesce(expires_at, '9999')) where ${live}`;
  await db.write([
    { sql: copy, params: [made.id, made.hash, made.created_at, id, made.created_at] },
    { sql: end, params: [until, id, made.created_at] },
  ]);
  return (await recordOf(db, made.id)) === null ? null : { id: made.id, secret };
}
