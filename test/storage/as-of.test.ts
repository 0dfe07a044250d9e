import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { commit } from '../../src/storage/commit.js';
import type { Database } from '../../src/storage/database.js';
import { currentVersion, versionAt } from '../../src/storage/versions.js';
import { CAUSE, openDatabase, rows, sourceRow, write } from './fixtures.js';

const now = (): string => new Date().toISOString();

/** Asks as of now and remembers what was told. */
async function ask(db: Database, told: Map<string, number | undefined>): Promise<void> {
  const instant = now();
  const { version } = (await versionAt(db, instant)) ?? {};
  // Asked twice within a millisecond, both must be told the same.
  if (told.has(instant)) expect(told.get(instant), instant).toBe(version);
  told.set(instant, version);
}

async function expectTheSame(db: Database, told: Map<string, number | undefined>): Promise<void> {
  for (const [instant, version] of told) {
    expect((await versionAt(db, instant))?.version, instant).toBe(version);
  }
}

describe('the dataset as of an instant', () => {
  it('is the same ever after, asked while a slow write is gathered', async () => {
    const db = await openDatabase();
    const told = new Map<string, number | undefined>();
    const written = commit(db, CAUSE, async (draft) => {
      await pause(50);
      draft.create('source', sourceRow());
      await pause(50);
    });
    let done = false;
    void written.finally(() => {
      done = true;
    });
    while (!done) {
      await ask(db, told);
      await pause(1);
    }
    await ask(db, told);
    expect(new Set(told.values())).toEqual(new Set([1, 2]));
    await expectTheSame(db, told);
  });

  it('is the same ever after, asked right before and right after each of many writes', async () => {
    const db = await openDatabase();
    const told = new Map<string, number | undefined>();
    for (let index = 0; index < 100; index += 1) {
      await ask(db, told);
      const written = write(db, (draft) =>
        draft.create('source', sourceRow({ slug: `s-${index}` })),
      );
      await ask(db, told);
      await written;
      await ask(db, told);
      expect(told.get([...told.keys()].at(-1) ?? ''), 'read your own write').toBe(index + 2);
    }
    await expectTheSame(db, told);
  });

  it('is the same ever after, even if the clock steps back', async () => {
    const db = await openDatabase();
    const told = new Map<string, number | undefined>();
    await ask(db, told);
    const clock = vi.spyOn(Date, 'now');
    onTestFinished(() => clock.mockRestore());
    const real = performance.timeOrigin;
    clock.mockImplementation(() => Math.floor(real + performance.now()) - 3_600_000);
    await write(db, (draft) => draft.create('source', sourceRow()));
    expect((await currentVersion(db)).version).toBe(2);
    await expectTheSame(db, told);
  });

  it('dates the rows of a version, its changes and its idempotency key alike', async () => {
    const db = await openDatabase();
    const idempotency = { key: 'k', fingerprint: 'f' };
    await commit(db, { ...CAUSE, idempotency }, async (draft) => {
      draft.create('source', sourceRow());
      return {};
    });
    const instants = await rows(
      db,
      `select recorded_at from sources where from_version = 2 union select at from changes where version = 2 union select at from idempotency_keys`,
    );
    expect(instants).toHaveLength(1);
  });
});
