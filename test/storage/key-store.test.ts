import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database } from '../../src/storage/database.js';
import { createKey, findKey, listKeys, revokeKey, rotateKey } from '../../src/storage/key-store.js';
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

describe('listKeys', () => {
  it('shows every key, oldest first, and neither secret nor hash', async () => {
    const db = await openDatabase();
    const one = await createKey(db, KEY);
    const two = await createKey(db, {
      ...KEY,
      scope: 'read',
      expires_at: '2999-01-01T00:00:00.000Z',
    });
    const listed = await listKeys(db);
    expect(listed.map(({ id, scope }) => [id, scope])).toEqual([
      [one.id, 'write'],
      [two.id, 'read'],
    ]);
    expect(Object.keys(listed[0] ?? {}).toSorted()).toEqual(
      ['id', 'name', 'scope', 'created_at', 'expires_at', 'revoked_at', 'last_used_at'].toSorted(),
    );
  });
});

describe('revokeKey', () => {
  it('refuses a key from now on, once and for all', async () => {
    const db = await openDatabase();
    const { id, secret } = await createKey(db, KEY);
    const other = await createKey(db, KEY);
    const revoked = await revokeKey(db, id);
    expect(revoked?.revoked_at).toEqual(expect.any(String));
    expect(await findKey(db, secret)).toBeNull();
    expect(await findKey(db, other.secret)).not.toBeNull();
    expect(await revokeKey(db, id)).toEqual(revoked);
  });

  it('knows no key that there is not', async () => {
    expect(await revokeKey(await openDatabase(), 'key_none')).toBeNull();
  });
});

describe('rotateKey', () => {
  it('makes a key with the same name, scope and expiry, and revokes the old one at once', async () => {
    const db = await openDatabase();
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    const old = await createKey(db, { name: 'n', scope: 'admin', expires_at });
    const made = await rotateKey(db, old.id, 0);
    expect(made?.secret).toMatch(/^bst_[\w-]{43}$/);
    expect(made?.secret).not.toBe(old.secret);
    expect(await findKey(db, old.secret)).toBeNull();
    const found = await findKey(db, made?.secret ?? '');
    expect(found).toEqual({ id: made?.id, name: 'n', scope: 'admin', expires_at });
  });

  it('takes both for as long as it is told to, and never longer than the old one would have been', async () => {
    const db = await openDatabase();
    const unlimited = await createKey(db, KEY);
    const before = Date.now();
    const made = await rotateKey(db, unlimited.id, 60_000);
    const ends = Date.parse((await findKey(db, unlimited.secret))?.expires_at ?? '');
    expect(ends - before).toBeGreaterThanOrEqual(60_000);
    expect(ends - Date.now()).toBeLessThanOrEqual(60_000);
    expect(await findKey(db, made?.secret ?? '')).toMatchObject({ expires_at: null });
    const expires_at = new Date(Date.now() + 1_000).toISOString();
    const short = await createKey(db, { ...KEY, expires_at });
    await rotateKey(db, short.id, 60_000);
    expect(await findKey(db, short.secret)).toMatchObject({ expires_at });
  });

  it('makes nothing out of a key that is unknown, revoked or expired', async () => {
    const db = await openDatabase();
    const revoked = await createKey(db, KEY);
    await revokeKey(db, revoked.id);
    const expired = await createKey(db, { ...KEY, expires_at: new Date().toISOString() });
    const before = await listKeys(db);
    for (const id of ['key_none', revoked.id, expired.id]) {
      expect(await rotateKey(db, id, 0)).toBeNull();
      expect(await rotateKey(db, id, 60_000)).toBeNull();
    }
    expect(await listKeys(db)).toEqual(before);
  });
});
