import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { barrageInputSchema } from '../../src/domain/barrage-input.js';
import { RecordConflict } from '../../src/domain/record-error.js';
import type { Source } from '../../src/domain/source.js';
import { record } from '../../src/storage/commit.js';
import { ConstraintError } from '../../src/storage/constraint-error.js';
import type { Database } from '../../src/storage/database.js';
import { recordBarrage } from '../../src/storage/record-barrage.js';
import { recordBatch } from '../../src/storage/record-batch.js';
import { recordSource } from '../../src/storage/record-source.js';
import { currentVersion } from '../../src/storage/versions.js';
import { walCommits } from '../support/wal-commits.js';
import { CAUSE, openDatabase, rows, temporaryFolder, value } from './fixtures.js';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const source = (slug: string, name = 'Synthetic'): Source => ({
  ...{ party: null, kind: 'official', url: null, note: null },
  slug,
  name,
});

/** A database in a file, and a count of the commits since it was opened. */
async function counted(): Promise<{ db: Database; commits: () => number; url: string }> {
  const path = join(temporaryFolder(), 'a.db');
  const db = await openDatabase(`file:${path}`);
  // What is compiled at its first use takes longer than what shares a transaction may.
  await recordSource(db, CAUSE, source('warm'));
  await recordBarrage(db, CAUSE, barrage(2_000));
  const before = walCommits(path);
  return { db, commits: () => walCommits(path) - before, url: `file:${path}` };
}

const nightOf = (index: number): string =>
  new Date(Date.UTC(1950, 0, 1 + index)).toISOString().slice(0, 10);

const barrage = (index: number, launched = 1) => {
  const night = nightOf(index);
  const window = { window_start: night, window_end: night };
  const claim = { source: 'ua-air-force', munition: 'lancet', ...window, launched };
  return barrageInputSchema.parse({ attacker: 'XXA', defender: 'XXB', night, claims: [claim] });
};

describe('writes that are asked for at the same time', () => {
  // The clock by which a group becomes full stands still, however long a busy machine takes.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('share one commit, and each has a dataset version of its own', async () => {
    const { db, commits } = await counted();
    const written = await Promise.all(
      upTo(20).map((index) => recordSource(db, CAUSE, source(`s-${index}`))),
    );
    expect(written.map(({ version }) => version)).toEqual(upTo(20).map((index) => index + 4));
    expect((await currentVersion(db)).version).toBe(23);
    expect(commits()).toBe(1);
  });

  it('share it while each turn of the loop brings another one', async () => {
    const { db, commits } = await counted();
    const asked: Promise<unknown>[] = [];
    await new Promise<void>((resolve) => {
      const ask = () => {
        if (asked.length === 5) return resolve();
        setImmediate(ask);
        asked.push(recordSource(db, CAUSE, source(`s-${asked.length}`)));
      };
      ask();
    });
    await Promise.all(asked);
    expect(commits()).toBe(1);
  });

  it('are not waited for without end', async () => {
    const { db } = await counted();
    const asked: Promise<unknown>[] = [];
    let isDone = false;
    await new Promise<void>((resolve) => {
      const ask = () => {
        if (isDone || asked.length === 1_000) return resolve();
        setImmediate(ask);
        const write = recordSource(db, CAUSE, source(`s-${asked.length}`));
        asked.push(write.then(() => (isDone = true)));
      };
      ask();
    });
    expect(asked.length).toBeLessThan(100);
    await Promise.all(asked);
  });

  it('need a commit each when each waits for the one before it', async () => {
    const { db, commits } = await counted();
    for (const index of upTo(5)) await recordSource(db, CAUSE, source(`s-${index}`));
    expect(commits()).toBe(5);
  });

  it('find what those before them wrote, as if it had been committed', async () => {
    const { db, commits } = await counted();
    const [first, same, other] = await Promise.allSettled([
      recordBarrage(db, CAUSE, barrage(0)),
      recordBarrage(db, CAUSE, barrage(0)),
      recordBarrage(db, CAUSE, barrage(0, 2)),
    ]);
    expect(first).toMatchObject({ value: { outcome: 'created', version: 4 } });
    expect(same).toMatchObject({ value: { outcome: 'existing', version: 4 } });
    expect(other).toMatchObject({ reason: expect.any(RecordConflict) });
    expect(commits()).toBe(1);
  });

  it('fail alone: what a constraint refuses halfway leaves no trace, and no version is left out', async () => {
    const { db, commits } = await counted();
    const refused = record(db, CAUSE, async (draft) => {
      draft.create('source', source('halfway'));
      draft.create('source', source('s-0', 'there by now'));
      return {};
    });
    const results = await Promise.allSettled([
      recordSource(db, CAUSE, source('before')),
      refused,
      record(db, CAUSE, async () => {
        throw new Error('cannot be built');
      }),
      recordSource(db, CAUSE, source('after')),
      recordSource(db, CAUSE, source('s-0')),
      record(db, CAUSE, async (draft) => {
        draft.create('source', source('s-0'));
        return {};
      }),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(results[5]).toMatchObject({ reason: expect.any(ConstraintError) });
    const stored = await rows(
      db,
      `select from_version, group_concat(slug) from sources where from_version > 3 group by 1 order by 1`,
    );
    expect(stored.map(([version]) => version)).toEqual([4, 5, 6]);
    expect(stored.map(([, slugs]) => slugs).toSorted()).toEqual(['after', 'before', 'halfway,s-0']);
    expect(commits()).toBe(1);
  });

  it('are answered after the commit: another connection sees what was acknowledged', async () => {
    const { db, url } = await counted();
    const other = await openDatabase(url);
    await Promise.all(
      upTo(10).map(async (index) => {
        const { version } = await recordSource(db, CAUSE, source(`s-${index}`));
        expect((await currentVersion(other)).version).toBeGreaterThanOrEqual(version);
      }),
    );
  });

  it('are all told when the commit fails, nothing is stored, and the next ones land', async () => {
    const { db } = await counted();
    // A reference is looked at by the commit only, so that nothing before it fails.
    const late = [
      { sql: 'pragma defer_foreign_keys = on', params: [] },
      {
        sql: `insert into debris_sites (id, revision, from_version, recorded_at, barrage_id, source, cited_by, place, region) values ('dbs_x', 1, 3, 'now', 'xxa-xxb-1950-01-01', 'ua-air-force', '[]', 'p', 'XB-99')`,
        params: [],
      },
    ];
    const together = await Promise.allSettled([
      recordBarrage(db, CAUSE, barrage(0)),
      db.write(late),
      recordSource(db, CAUSE, source('s-0')),
    ]);
    expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect((await currentVersion(db)).version).toBe(3);
    expect(await recordSource(db, CAUSE, source('s-0'))).toMatchObject({ version: 4 });
    expect(await value(db, 'select count(*) from barrages')).toBe(1);
  });

  it('tell listeners once', async () => {
    const { db } = await counted();
    let told = 0;
    const stop = db.onWrite(() => {
      told += 1;
    });
    await Promise.all(upTo(3).map((index) => recordSource(db, CAUSE, source(`s-${index}`))));
    stop();
    await recordSource(db, CAUSE, source('unheard'));
    expect(told).toBe(1);
  });
});

describe('a long write', () => {
  it('has a commit of its own, and short ones before and after it have theirs', async () => {
    const { db, commits } = await counted();
    const items = upTo(50).map((index) => ({ input: barrage(index) }));
    const options = { mode: 'atomic', wording: () => [] } as const;
    const [before, batch, after] = await Promise.all([
      recordSource(db, CAUSE, source('before')),
      recordBatch(db, CAUSE, items, options),
      recordSource(db, CAUSE, source('after')),
    ]);
    expect([before.version, batch.version, after.version]).toEqual([4, 5, 6]);
    expect(commits()).toBe(3);
  });

  it('lets others read while it is written, and shows them nothing of it', async () => {
    const { db } = await counted();
    const items = upTo(1_000).map((index) => ({ input: barrage(index) }));
    let done = false;
    const batch = recordBatch(db, CAUSE, items, { mode: 'atomic', wording: () => [] });
    void batch.finally(() => {
      done = true;
    });
    const seen = new Set<unknown>();
    let looks = 0;
    while (!done) {
      seen.add(await value(db, 'select count(*) from claims'));
      looks += 1;
      await pause(1);
    }
    seen.add(await value(db, 'select count(*) from claims'));
    expect([...seen]).toEqual([1, 1_001]);
    expect(looks).toBeGreaterThan(5);
  });

  it('is done again if it comes too late for its date, and lands once', async () => {
    const { db, commits } = await counted();
    let times = 0;
    const landed = await record(
      db,
      CAUSE,
      async (draft) => {
        draft.create('source', source('late'));
        times += 1;
        return { times };
      },
      true,
    );
    expect(landed).toMatchObject({ times: 1, version: 4 });
    const slow = db.exclusively(async (apply, inside) => {
      times += 1;
      await apply([
        { sql: `insert into regions values (?, 'x', 'XXB', '[]')`, params: [`XB-${times}`] },
      ]);
      // Long after the date that was chosen for it, the first time.
      if (times === 2) await pause(100);
      return value(inside, `select group_concat(code) from regions where country = 'XXB'`);
    });
    expect(await slow).toBe('XB-3');
    expect(await value(db, `select group_concat(code) from regions where country = 'XXB'`)).toBe(
      'XB-3',
    );
    expect(commits()).toBe(2);
  });
});
