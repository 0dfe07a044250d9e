import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { WriterBusy } from '../../src/domain/record-error.js';
import { commit } from '../../src/storage/commit.js';
import { ConstraintError } from '../../src/storage/constraint-error.js';
import { currentVersion } from '../../src/storage/versions.js';
import { CAUSE, openDatabase, rows, sourceRow, temporaryFolder, value, write } from './fixtures.js';

const REGION = `insert into regions (code, name, country, aliases) values (?, 'x', 'XXB', '[]')`;
const region = (code: string | null) => ({ sql: REGION, params: [code] });
const regionsOf = (db: Awaited<ReturnType<typeof openDatabase>>) =>
  value(db, `select group_concat(code) from regions where country = 'XXB'`);

/** Two connections to one file, as two processes have them. */
async function twoConnections() {
  const url = `file:${join(temporaryFolder(), 'a.db')}`;
  return [await openDatabase(url), await openDatabase(url)] as const;
}

describe('a slow writer', () => {
  it('gets done although another process writes all the time', async () => {
    const [slow, quick] = await twoConnections();
    let builds = 0;
    let done = false;
    const landed = commit(slow, CAUSE, async (draft) => {
      builds += 1;
      draft.create('source', sourceRow({ slug: 'slow' }));
      await pause(100);
      return draft.version;
    }).finally(() => {
      done = true;
    });
    let written = 0;
    while (!done) {
      const slug = `quick-${written++}`;
      await write(quick, (draft) => draft.create('source', sourceRow({ slug })));
      await pause(10);
    }
    const version = await landed;
    expect(builds).toBeLessThanOrEqual(4);
    expect(written).toBeGreaterThan(2);
    expect(await rows(slow, `select from_version from sources where slug = 'slow'`)).toEqual([
      [version],
    ]);
    expect((await currentVersion(slow)).version).toBe(2 + written);
  });
});

describe('a writer that finds the database locked', () => {
  it('waits without stopping its process, and writes when its turn comes', async () => {
    const [db, other] = await twoConnections();
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const held = other.exclusively(() => pause(1_000));
    const waiting = write(db, (draft) => draft.create('source', sourceRow()));
    await pause(100);
    expect((await currentVersion(db)).version).toBe(1);
    await held;
    await waiting;
    clearInterval(timer);
    expect(longest).toBeLessThan(800);
    expect((await currentVersion(db)).version).toBe(2);
  });

  it('gives up after 5 seconds, says so, and has stored nothing', async () => {
    const [db, other] = await twoConnections();
    let done = false;
    const held = other.exclusively(async () => {
      while (!done) await pause(20);
    });
    const begun = performance.now();
    const refused = write(db, (draft) => draft.create('source', sourceRow()));
    await expect(refused).rejects.toThrow(WriterBusy);
    await expect(refused).rejects.toThrow(/locked by another writer for 5 seconds/);
    expect(performance.now() - begun).toBeGreaterThan(4_900);
    done = true;
    await held;
    expect((await currentVersion(db)).version).toBe(1);
    await write(db, (draft) => draft.create('source', sourceRow()));
  });
});

describe('Database.exclusively', () => {
  it('lets no other write of the process into its transaction', async () => {
    const db = await openDatabase();
    const failing = db.exclusively(async (apply) => {
      await pause(30);
      await apply([region('XB-01'), region(null)]);
    });
    const other = db.write([region('XB-02')]);
    await expect(failing).rejects.toThrow(ConstraintError);
    await other;
    expect(await regionsOf(db)).toBe('XB-02');
  });

  it('shows readers of the process nothing before it is committed', async () => {
    const db = await openDatabase();
    const held = db.exclusively(async (apply) => {
      await pause(20);
      await apply([region('XB-01')]);
    });
    await pause(5);
    expect(await regionsOf(db)).toBeNull();
    await held;
    expect(await regionsOf(db)).toBe('XB-01');
  });

  it('lets go of the lock when its work fails or writes nothing', async () => {
    const [db, other] = await twoConnections();
    const failing = db.exclusively(async () => {
      throw new Error('halfway');
    });
    await expect(failing).rejects.toThrow('halfway');
    expect(await db.exclusively(async () => 'nothing')).toBe('nothing');
    await other.write([region('XB-01')]);
    expect(await regionsOf(db)).toBe('XB-01');
  });
});
