import { join } from 'node:path';
import { setImmediate as next } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/storage/database.js';
import { createKey, listKeys } from '../../src/storage/key-store.js';
import { noteKeyUse } from '../../src/storage/key-use.js';
import { currentVersion } from '../../src/storage/versions.js';
import { openDatabase, temporaryFolder } from './fixtures.js';

const KEY = { name: 'n', scope: 'read', expires_at: null } as const;
const AT = Date.parse('2026-03-01T12:00:00.000Z');

const usedAt = async (db: Database) => (await listKeys(db)).map(({ last_used_at }) => last_used_at);

async function use(db: Database, id: string, at: number) {
  noteKeyUse(db, id, at);
  await next();
  await next();
  return usedAt(db);
}

describe('noteKeyUse', () => {
  it('writes down when a key was used, once a minute, for that key alone', async () => {
    const db = await openDatabase();
    const { id } = await createKey(db, KEY);
    await createKey(db, KEY);
    expect(await use(db, id, AT)).toEqual(['2026-03-01T12:00:00.000Z', null]);
    expect(await use(db, id, AT + 59_999)).toEqual(['2026-03-01T12:00:00.000Z', null]);
    expect(await use(db, id, AT + 60_000)).toEqual(['2026-03-01T12:01:00.000Z', null]);
  });

  it('writes after the work at hand, not before it', async () => {
    const db = await openDatabase();
    const { id } = await createKey(db, KEY);
    noteKeyUse(db, id, AT);
    expect(await usedAt(db)).toEqual([null]);
    await next();
    await next();
    expect(await usedAt(db)).toEqual([new Date(AT).toISOString()]);
  });

  it('raises no version and wakes nobody who waits for one', async () => {
    const db = await openDatabase();
    const { id } = await createKey(db, KEY);
    let woken = 0;
    db.onWrite(() => {
      woken += 1;
    });
    expect(await use(db, id, AT)).not.toEqual([null]);
    expect((await currentVersion(db)).version).toBe(1);
    expect(woken).toBe(0);
  });

  it('waits for no other writer: it is noted at the next use instead', async () => {
    const path = join(temporaryFolder(), 'a.db');
    const db = await openDatabase(`file:${path}`);
    const { id } = await createKey(db, KEY);
    const other = new Sqlite(path);
    other.exec('begin immediate');
    const started = performance.now();
    expect(await use(db, id, AT)).toEqual([null]);
    expect(performance.now() - started).toBeLessThan(1_000);
    other.exec('commit');
    other.close();
    expect(await use(db, id, AT + 1)).toEqual([new Date(AT + 1).toISOString()]);
  });

  it('does not mind a database that was closed meanwhile', async () => {
    const db = await openDatabase();
    const { id } = await createKey(db, KEY);
    noteKeyUse(db, id, AT);
    await db.close();
    await next();
    await next();
  });
});
