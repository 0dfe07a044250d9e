import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from './database.js';
import { secrets } from './tables.js';

const BYTES = 32;

async function stored(db: Database, name: string): Promise<string | null> {
  const [row] = await db.query
    .select({ value: secrets.value })
    .from(secrets)
    .where(eq(secrets.name, name));
  return row?.value ?? null;
}

/**
 * The secret of the service with a name: 32 random bytes in base64url, made when it is first asked for and the same
 * ever after, in every process on this database. It never leaves the service; `/dataset.sqlite` does not hold it.
 */
export async function secretNamed(db: Database, name: string): Promise<string> {
  const known = await stored(db, name);
  if (known !== null) return known;
  const value = randomBytes(BYTES).toString('base64url');
  // Of two that are first at once, one stores its value, and both read that one.
  const sql =
    'insert into secrets (name, value, created_at) values (?, ?, ?) on conflict do nothing';
  await db.write([{ sql, params: [name, value, new Date().toISOString()] }]);
  return (await stored(db, name)) ?? value;
}
