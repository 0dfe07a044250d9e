import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database } from '../../src/storage/database.js';
import { secretNamed } from '../../src/storage/secret-store.js';
import { currentVersion } from '../../src/storage/versions.js';
import { openDatabase, rows, temporaryFolder } from './fixtures.js';

describe('secretNamed', () => {
  it('makes 32 random bytes for each name, and the same ever after', async () => {
    const path = `file:${join(temporaryFolder(), 'a.db')}`;
    const db = await Database.open(path);
    const secret = await secretNamed(db, 'cursors');
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(await secretNamed(db, 'cursors')).toBe(secret);
    expect(await secretNamed(db, 'other')).not.toBe(secret);
    await db.close();
    const later = await openDatabase(path);
    expect(await secretNamed(later, 'cursors')).toBe(secret);
  });

  it('gives all that are first at once the same', async () => {
    const path = `file:${join(temporaryFolder(), 'a.db')}`;
    const [one, two] = [await openDatabase(path), await openDatabase(path)];
    const asked = [one, two, one, two, two, one].map((db) => secretNamed(db, 'cursors'));
    expect(new Set(await Promise.all(asked)).size).toBe(1);
    expect(await rows(one, 'select count(*) from secrets')).toEqual([[1]]);
  });

  it('is no part of the dataset: no version is raised', async () => {
    const db = await openDatabase();
    await secretNamed(db, 'cursors');
    expect((await currentVersion(db)).version).toBe(1);
  });
});
