import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database } from '../../src/storage/database.js';
import { createKey, findKey } from '../../src/storage/key-store.js';
import { currentVersion } from '../../src/storage/versions.js';
import { openDatabase, run, temporaryFolder } from './fixtures.js';

const KEY = { name: 'somebody', scope: 'write', expires_at: null } as const;

describe('createKey', () => {
  it('shows a secret that finds the key again, without the secret', async () => {
    const db = await openDatabase();
    const { id, secret } = await createKey(db, KEY);
    expect(secret).toMatch(/^bst_[\w-]{43}$/);
    expect(await findKey(db, secret)).toEqual({ id, ...KEY });
  });

  it('never makes the same secret twice', async () => {
    const db = await openDatabase();
    const keys = await Promise.all(Array.from({ length: 20 }, () => createKey(db, KEY)));
    expect(new Set(keys.map(({ secret }) => secret)).size).toBe(20);
  });

  it('leaves the secret nowhere in the files of the database', async () => {
    const folder = temporaryFolder();
    const db = await Database.open(`file:${join(folder, 'a.db')}`);
    const { id, secret } = await createKey(db, KEY);
    const bytes = () =>
      Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
    expect(bytes().includes(id)).toBe(true);
    expect(bytes().includes(secret)).toBe(false);
    expect(bytes().includes(secret.slice(4))).toBe(false);
    await db.close();
    expect(bytes().includes(id)).toBe(true);
    expect(bytes().includes(secret.slice(4))).toBe(false);
  });

  it('is no part of the dataset: no version is raised', async () => {
    const db = await openDatabase();
    await createKey(db, KEY);
    expect((await currentVersion(db)).version).toBe(1);
  });
});

describe('findKey', () => {
  it('refuses a secret that nobody was given', async () => {
    const db = await openDatabase();
    const { secret } = await createKey(db, KEY);
    for (const wrong of ['', 'bst_', `${secret}x`, secret.slice(0, -1), secret.toUpperCase()]) {
      expect(await findKey(db, wrong)).toBeNull();
    }
  });

  it('refuses a key from the instant of its expiry on', async () => {
    const db = await openDatabase();
    const past = await createKey(db, { ...KEY, expires_at: new Date().toISOString() });
    expect(await findKey(db, past.secret)).toBeNull();
    const future = new Date(Date.now() + 3_600_000).toISOString();
    const later = await createKey(db, { ...KEY, expires_at: future });
    expect(await findKey(db, later.secret)).toMatchObject({ expires_at: future });
  });

  it('refuses a revoked key', async () => {
    const db = await openDatabase();
    const { id, secret } = await createKey(db, KEY);
    await run(db, `update api_keys set revoked_at = 'now' where id = ?`, id);
    expect(await findKey(db, secret)).toBeNull();
  });
});
