import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConstraintError } from '../../src/storage/constraint-error.js';
import { Database } from '../../src/storage/database.js';
import { openDatabase, rows, run, seed, temporaryFolder, value } from './fixtures.js';

const REGION = `insert into regions (code, name, country, aliases) values (?, 'x', 'XXB', '[]')`;

describe('Database.open', () => {
  it('creates the file and the folders above it', async () => {
    const path = join(temporaryFolder(), 'deep', 'er', 'barrages.db');
    await openDatabase(`file:${path}`);
    expect(existsSync(path)).toBe(true);
  });

  it('takes a bare path as well', async () => {
    const path = join(temporaryFolder(), 'bare.db');
    await openDatabase(path);
    expect(existsSync(path)).toBe(true);
  });

  it('applies each migration once, however often the file is opened', async () => {
    const url = `file:${join(temporaryFolder(), 'a.db')}`;
    const first = await Database.open(url);
    const applied = await rows(first, 'select hash, created_at from __drizzle_migrations');
    expect(applied.length).toBeGreaterThanOrEqual(3);
    await first.close();
    const second = await openDatabase(url);
    expect(await rows(second, 'select hash, created_at from __drizzle_migrations')).toEqual(
      applied,
    );
    expect(await value(second, 'select max(version) from changes')).toBe(1);
  });

  it('writes through to the disk, keeps a log beside it, and holds foreign keys', async () => {
    const db = await openDatabase(`file:${join(temporaryFolder(), 'a.db')}`);
    expect(await value(db, 'pragma foreign_keys')).toBe(1);
    expect(await value(db, 'pragma journal_mode')).toBe('wal');
    expect(await value(db, 'pragma synchronous')).toBe(2);
    // SQLite's waiting stops the process; ours does not.
    expect(await value(db, 'pragma busy_timeout')).toBeLessThanOrEqual(50);
  });

  it('starts as dataset version 1 with a log line for each code of the lists', async () => {
    const db = await openDatabase();
    const codes = await value(
      db,
      `select (select count(*) from sources) + (select count(*) from munitions) + (select count(*) from reporting_eras)`,
    );
    expect(await value(db, 'select count(*) from changes where version = 1')).toBe(codes);
    expect(await value(db, `select count(*) from regions where country = 'UKR'`)).toBe(27);
  });

  it('keeps what was written across a restart', async () => {
    const url = `file:${join(temporaryFolder(), 'a.db')}`;
    const first = await Database.open(url);
    await seed(first);
    await first.close();
    const second = await openDatabase(url);
    expect(await value(second, 'select count(*) from claims')).toBe(1);
  });
});

describe('Database.write', () => {
  it('stores nothing when a later statement fails', async () => {
    const db = await openDatabase();
    const good = { sql: REGION, params: ['XB-01'] };
    const bad = { sql: REGION, params: [null] };
    await expect(db.write([good, bad])).rejects.toThrow(ConstraintError);
    expect(await value(db, `select count(*) from regions where code = 'XB-01'`)).toBe(0);
    await db.write([good]);
    expect(await value(db, `select count(*) from regions where code = 'XB-01'`)).toBe(1);
  });

  it('tells a refusal by a constraint, with its cause, from a broken statement', async () => {
    const db = await openDatabase();
    await run(db, REGION, 'XB-01');
    await expect(run(db, REGION, 'XB-01')).rejects.toMatchObject({
      constructor: ConstraintError,
      message: expect.stringContaining('regions.code'),
      cause: { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' },
    });
    const broken = run(db, 'insert into nowhere values (1)');
    await expect(broken).rejects.not.toBeInstanceOf(ConstraintError);
    await expect(broken).rejects.toThrow('nowhere');
  });

  it('does nothing for an empty list', async () => {
    const db = await openDatabase();
    await db.write([]);
    expect(await value(db, 'select max(version) from changes')).toBe(1);
  });

  it('reports progress along a long write', async () => {
    const db = await openDatabase();
    const statements = Array.from({ length: 2_500 }, (_, index) => ({
      sql: REGION,
      params: [`XB-${index}`],
    }));
    const steps: [number, number][] = [];
    await db.write(statements, (done, total) => steps.push([done, total]));
    expect(steps).toEqual(Array.from({ length: 250 }, (_, index) => [10 * index, 2_500]));
  });

  it('refuses a reference to a region that does not exist', async () => {
    const db = await openDatabase();
    await seed(db);
    const site = `insert into debris_sites (id, revision, from_version, recorded_at, barrage_id, source, cited_by, place, region) values ('dbs_x', 1, 3, 'now', 'xxa-xxb-2024-03-05', 'xxb-staff', '[]', 'p', ?)`;
    await expect(run(db, site, 'XB-99')).rejects.toThrow(/FOREIGN KEY/);
    await run(db, site, 'UA-30');
  });
});

describe('Database.query', () => {
  it('goes on after more different statements than are kept prepared', async () => {
    const db = await openDatabase();
    for (let index = 0; index < 600; index += 1) {
      expect(await value(db, `select ${index}`)).toBe(index);
    }
    expect(await value(db, 'select 0')).toBe(0);
  });
});

describe('Database.walk', () => {
  it('visits each row in order, as a list of values', async () => {
    const db = await openDatabase();
    const seen: unknown[] = [];
    const text = 'select code, length(code) from regions where code < ? order by code';
    await db.walk(text, ['UA-1'], (row) => seen.push(row));
    const expected = await rows(db, `select code from regions where code < 'UA-1' order by code`);
    expect(expected.length).toBeGreaterThan(1);
    expect(seen).toEqual(expected.map(([code]) => [code, String(code).length]));
  });

  it('stops where a visit fails, and the statement can be used again', async () => {
    const db = await openDatabase();
    const text = 'select code from regions';
    const visit = () => {
      throw new Error('enough');
    };
    await expect(db.walk(text, [], visit)).rejects.toThrow('enough');
    let count = 0;
    await db.walk(text, [], () => {
      count += 1;
    });
    expect(count).toBe(await value(db, 'select count(*) from regions'));
  });
});

describe('Database.rows', () => {
  it('gives objects, however the same text was read before', async () => {
    const db = await openDatabase();
    const text = `select code, name from regions where code = 'UA-30'`;
    const [[code, name] = []] = await rows(db, text);
    const expected = [{ code, name }];
    expect(code).toBe('UA-30');
    for (const _ of ['walked through', 'read before']) {
      expect(await db.rows(text, [])).toEqual(expected);
      await db.walk(text, [], () => undefined);
    }
    expect(await db.rows(text, [])).toEqual(expected);
  });
});

describe('Database.isReady', () => {
  it('is true while the database answers and false once it is closed', async () => {
    const db = await Database.open('file::memory:');
    expect(await db.isReady()).toBe(true);
    await db.close();
    expect(await db.isReady()).toBe(false);
  });
});
