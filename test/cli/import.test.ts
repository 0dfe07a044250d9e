import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runImport } from '../../src/cli/run-import.js';
import { listMunitions } from '../../src/storage/code-list-store.js';
import { file, row } from '../importers/fixtures.js';
import { textJob } from '../support/import-rows.js';
import { ended, type Installation, installation, shell, state } from './commands.js';

const TWO_ROWS = file([row(), row({ model: 'Kalibr' })]);
const ONE_BAD = file([row(), row({ model: 'Kalibr', launched: '1O' })]);

const IMPORT = fileURLToPath(new URL('../../dist/cli/import.js', import.meta.url));

const stateOf = ({ look }: Installation) => look(state);

describe('npm run import', () => {
  it('says what it did, in text', async () => {
    const here = installation();
    const { code, stdout, stderr } = await here.run('cli/import', here.file('a.csv', TWO_ROWS));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Imported: a\.csv \(piterfm, 2026\), published 2024-03-05\n/);
    expect(stdout).toContain('dataset version 2');
    expect(stdout).toContain('rows read 2, nights 1 (2024-03-05 to 2024-03-05)');
    expect(stdout).toContain('claims created 2, unchanged 0, retracted 0, rejected 0');
    expect(await stateOf(here)).toMatchObject({ claims: 2, barrages: 1, imports: 1, version: 2 });
  });

  it('says it as JSON, with nothing else on stdout', async () => {
    const here = installation();
    const path = here.file('a.csv', ONE_BAD);
    const { code, stdout } = await here.run('cli/import', path, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      importer: 'piterfm',
      file_name: 'a.csv',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      published: '2024-03-05',
      dry_run: false,
      dataset_version: 2,
      new_version: true,
      rows_read: 2,
      created: 1,
      retracted: 0,
      rejected: [{ line: 3, column: 'launched', value: '1O' }],
      nights: { first: '2024-03-05', last: '2024-03-05', count: 1 },
    });
  });

  it('names line, column, value and rule of each row that it could not read', async () => {
    const here = installation();
    const { stdout } = await here.run('cli/import', here.file('a.csv', ONE_BAD));
    expect(stdout).toMatch(/rejected line 3, launched = "1O": must be a whole number from 0/);
  });

  it('writes nothing under --dry-run, and says what it would write', async () => {
    const here = installation();
    const path = here.file('a.csv', TWO_ROWS);
    const { code, stdout } = await here.run('cli/import', path, '--dry-run', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ dry_run: true, created: 2 });
    expect(await stateOf(here)).toMatchObject({ claims: 0, imports: 0, version: 1 });
    const text = await here.run('cli/import', path, '--dry-run');
    expect(text.stdout).toMatch(/^Dry run, nothing written: a\.csv/);
  });

  it('refuses the whole file under --strict when one row cannot be read', async () => {
    const here = installation();
    const { code, stdout, stderr } = await here.run(
      'cli/import',
      here.file('a.csv', ONE_BAD),
      '--strict',
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('nothing was written');
    expect(stderr).toContain('line 3, launched = "1O"');
    expect(await stateOf(here)).toMatchObject({ claims: 0, imports: 0, version: 1 });
  });

  it('raises no version for the same file again', async () => {
    const here = installation();
    const path = here.file('a.csv', TWO_ROWS);
    await here.run('cli/import', path);
    const before = await stateOf(here);
    const { code, stdout } = await here.run('cli/import', path);
    expect(code).toBe(0);
    expect(stdout).toContain('nothing changed, still dataset version 2');
    expect(await stateOf(here)).toEqual(before);
  });

  it('refuses an older snapshot after a newer one, unless forced', async () => {
    const here = installation();
    const later = row({ time_start: '2024-03-05 20:00', time_end: '2024-03-06 06:00' });
    await here.run('cli/import', here.file('new.csv', file([row(), later])));
    const before = await stateOf(here);
    const old = here.file('old.csv', file([row()]));
    const refused = await here.run('cli/import', old);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('older than the snapshot of 2024-03-06');
    expect(await stateOf(here)).toEqual(before);
    const forced = await here.run('cli/import', old, '--force', '--json');
    expect(forced.code).toBe(0);
    expect(JSON.parse(forced.stdout)).toMatchObject({ retracted: 1, published: '2024-03-05' });
  });

  it('takes the date of the snapshot from --published', async () => {
    const here = installation();
    const path = here.file('a.csv', TWO_ROWS);
    await here.run('cli/import', path, '--published', '2024-04-01');
    const next = here.file('b.csv', file([row({ destroyed: '7' })]));
    expect((await here.run('cli/import', next)).code).toBe(1);
    expect((await here.run('cli/import', next, '--published', '2024-04-02')).code).toBe(0);
  });

  it('takes categories from --munitions', async () => {
    const here = installation();
    const path = here.file('a.csv', file([row({ model: 'Feniks' })]));
    const list = here.file('m.csv', 'model,category\nFeniks,UAV\n');
    const { code } = await here.run('cli/import', path, '--munitions', list);
    expect(code).toBe(0);
    const munitions = await here.look((db) => listMunitions(db, 2));
    expect(munitions.find(({ slug }) => slug === 'feniks')?.category).toBe('uav');
  });

  it('takes the munitions list from a pipe too', async () => {
    const here = installation();
    here.file('a.csv', file([row({ model: 'Feniks' })]));
    here.file('m.csv', 'model,category\nFeniks,UAV\n');
    const command = `"${process.execPath}" "${IMPORT}" a.csv --munitions <(cat m.csv)`;
    const { code, stderr } = await shell(command, here.folder, { DATABASE_URL: here.url });
    expect([code, stderr]).toEqual([0, '']);
    const munitions = await here.look((db) => listMunitions(db, 2));
    expect(munitions.find(({ slug }) => slug === 'feniks')?.category).toBe('uav');
  });

  it('says why a large file cannot be read, though the thread for its second half fails first', async () => {
    const here = installation({ TMPDIR: 'temporary' });
    mkdirSync(join(here.folder, 'temporary'));
    const rows = Array.from({ length: 100_000 }, (_, index) => row({ target: `Place ${index}` }));
    const bytes = Buffer.from(file(rows));
    bytes[bytes.indexOf('\n', Math.floor(0.6 * bytes.length)) + 1] = 0xff;
    writeFileSync(join(here.folder, 'a.csv'), bytes);
    const { code, stdout, stderr } = await here.run('cli/import', 'a.csv');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^a\.csv cannot be read: [^\n]*\n$/);
    expect(readdirSync(join(here.folder, 'temporary'))).toEqual([]);
  });

  it('refuses a file that it does not know, with the reasons', async () => {
    const here = installation();
    const path = here.file('a.csv', 'date,launched,colour\n2024-03-05,1,red\n');
    const { code, stdout, stderr } = await here.run('cli/import', path);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('piterfm: required columns are missing: "time_start"');
    expect(stderr).toContain('unknown columns: "date", "colour"');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.each([
    ['no file', []],
    ['two files', ['a.csv', 'b.csv']],
    ['an unknown option', ['a.csv', '--fast']],
    ['a file that is not there', ['nowhere.csv']],
    ['a folder', ['.']],
    ['a munitions file that is not there', ['a.csv', '--munitions', 'nowhere.csv']],
    ['a date that does not exist', ['a.csv', '--published', '2024-02-30']],
    ['an option without its value', ['a.csv', '--published']],
  ])('ends with code 2 and an explanation for %s', async (_, args) => {
    const here = installation();
    here.file('a.csv', TWO_ROWS);
    const { code, stdout, stderr } = await here.run('cli/import', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/Usage: npm run import|cannot be read/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('ends with code 1 and the rule for a setting that is wrong', async () => {
    const here = installation({ DATABASE_URL: 'postgres://elsewhere' });
    const { code, stderr } = await here.run('cli/import', here.file('a.csv', TWO_ROWS));
    expect(code).toBe(1);
    expect(stderr).toContain('DATABASE_URL: file: and a path');
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

const ROWS = 20_000;

/** A synthetic file of many nights: a claim of each of ten invented models per night. */
function largeFile(): string {
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const day = new Date(Date.UTC(2019, 0, 1) + Math.floor(index / 10) * 86_400_000);
    const date = day.toISOString().slice(0, 10);
    const model = `Invented model ${index % 10}`;
    return row({ time_start: `${date} 00:00`, time_end: `${date} 08:00`, model });
  });
  return file(rows);
}

/** Kills a process as soon as the write-ahead log of its database has grown past a size. */
async function killWhenLogged(child: ChildProcess, log: string, bytes: number) {
  const end = ended(child);
  while (child.exitCode === null && !(existsSync(log) && statSync(log).size > bytes))
    await pause(1);
  child.kill('SIGKILL');
  return end;
}

describe('a killed import', () => {
  it('leaves the database as it was, at whatever moment of its writing it is killed', async () => {
    const here = installation();
    await here.run('cli/import', here.file('first.csv', TWO_ROWS));
    const before = await stateOf(here);
    const large = here.file('large.csv', largeFile());
    const log = join(here.folder, 'barrages.db-wal');
    // Nothing is logged while the file is read; a long transaction spills into the log long before it is committed.
    for (const bytes of [50_000, 3_000_000, 10_000_000]) {
      const { signal } = await killWhenLogged(here.start('cli/import', large), log, bytes);
      expect(signal).toBe('SIGKILL');
      expect(statSync(log).size).toBeGreaterThan(bytes);
      expect(await stateOf(here), `killed after ${bytes} bytes`).toEqual(before);
    }
    const next = here.file('next.csv', file([row(), row({ model: 'Kalibr', destroyed: '7' })]));
    const { code, stdout } = await here.run('cli/import', next, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ dataset_version: 3, corrected: { edited: 1 } });
  }, 60_000);

  it('leaves nothing when it dies in the middle of the transaction', async () => {
    const here = installation();
    const text = file(
      Array.from({ length: 1_500 }, (_, index) => row({ model: `Model ${index}` })),
    );
    await here.look(async (db) => {
      const before = await state(db);
      const job = textJob(text);
      const dies = runImport(db, job, (done) => {
        if (done > 0) throw new Error('died');
      });
      await expect(dies).rejects.toThrow('died');
      expect(await state(db)).toEqual(before);
      expect(await runImport(db, job)).toMatchObject({ created: 1_500 });
    });
  });
});
