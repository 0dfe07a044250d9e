import { createHash, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
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

// The secret has 256 random bits, so one SHA-256 is as good as a slow hash, and the look-up by hash gives no timing.
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Makes a key and returns its secret, the only time that it can be seen. */
export async function createKey(
  db: Database,
  key: Omit<ApiKey, 'id'>,
): Promise<{ id: string; secret: string }> {
  const id = newId('key');
  const secret = PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
  const created_at = new Date().toISOString();
  await db.write([insertInto(apiKeys, { ...key, id, hash: hashOf(secret), created_at })]);
  return { id, secret };
}

/** The key with a secret, unless it is unknown, revoked or past its expiry. */
export async function findKey(db: Database, secret: string): Promise<ApiKey | null> {
  const [row] = await db.query
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.hash, hashOf(secret)));
  if (row === undefined || row.revoked_at !== null) return null;
  if (row.expires_at !== null && row.expires_at <= new Date().toISOString()) return null;
  return { id: row.id, name: row.name, scope: row.scope, expires_at: row.expires_at };
}
