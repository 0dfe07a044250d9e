import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Database } from '../../src/storage/database.js';
import { NUMBERS_MORE } from '../../src/storage/reserved-version.js';
import { currentVersion, versionAt } from '../../src/storage/versions.js';
import { file, row } from '../importers/fixtures.js';
import { sourceRow, value, write } from '../storage/fixtures.js';
import { ended, installation, state } from './commands.js';

const dayOf = (index: number): string =>
  new Date(Date.UTC(2022, 9, 1 + (index % 1_500))).toISOString().slice(0, 10);
const rowOf = (index: number) =>
  row({
    time_start: dayOf(index),
    time_end: dayOf(index),
    target: `Synthetic place ${index}`,
  });
const big = (rows: number): string =>
  file(Array.from({ length: rows }, (_, index) => rowOf(index)));

describe('npm run import of a big file', () => {
  it.each([
    ['at once', 4_000],
    ['ahead', 8_000],
  ])(
    'gets done %s while others write, and no answer as of an instant changes afterwards',
    async (way, rows) => {
      const here = installation();
      const db = await Database.open(here.url);
      const sources = Number(await value(db, 'select count(*) from sources'));
      const told: [instant: string, version: number | undefined][] = [];
      let done = false;
      const imported = ended(here.start('cli/import', here.file('big.csv', big(rows)))).finally(
        () => {
          done = true;
        },
      );
      const writer = async (): Promise<number> => {
        for (let written = 0; ; written += 1) {
          if (done) return written;
          const slug = `quick-${written}`;
          await write(db, (draft) => draft.create('source', sourceRow({ slug })));
          await pause(100);
        }
      };
      const reader = async (): Promise<void> => {
        while (!done) {
          const instant = new Date().toISOString();
          told.push([instant, (await versionAt(db, instant))?.version]);
          await pause(1);
        }
      };
      const [{ code, stderr }, written] = await Promise.all([imported, writer(), reader()]);
      expect([code, stderr]).toEqual([0, '']);
      expect(written).toBeGreaterThan(2);
      expect(await state(db)).toMatchObject({
        claims: rows,
        imports: 1,
        sources: sources + written,
      });
      const { version } = await currentVersion(db);
      if (way === 'ahead') expect(version).toBeGreaterThan(rows);
      else expect(version).toBe(2 + written);
      for (const [instant, version] of told) {
        expect((await versionAt(db, instant))?.version, instant).toBe(version);
      }
      await db.close();
    },
  );
});

/** The most memory that a process has had resident, in MB. */
async function mostMemory(child: ChildProcess): Promise<number> {
  let most = 0;
  while (child.exitCode === null) {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    most = Math.max(most, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_024);
    await pause(20);
  }
  return most;
}

describe.skipIf(process.platform !== 'linux')('the memory of npm run import', () => {
  it('does not hold the file: 45,000 rows within 200 MB, all of them taken over', async () => {
    const here = installation();
    const rows = Array.from({ length: 45_000 }, (_, index) => rowOf(index));
    const child = here.start('cli/import', here.file('big.csv', file(rows)));
    const end = ended(child);
    const most = await mostMemory(child);
    expect((await end).code).toBe(0);
    expect(await here.look(state)).toMatchObject({
      ...{ claims: rows.length, imports: 1, version: 1 + rows.length + NUMBERS_MORE },
    });
    const counted = await here.look((db) =>
      value(db, 'select sum(claims) from claim_sums where to_version is null'),
    );
    expect(counted).toBe(rows.length);
    expect(most).toBeGreaterThan(50);
    // All rows in memory took 400 MB.
    expect(most).toBeLessThan(200);
  }, 180_000);
});
