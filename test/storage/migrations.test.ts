import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { describe, expect, it } from 'vitest';
import { Database } from '../../src/storage/database.js';
import { openDatabase, rows, run, temporaryFolder } from './fixtures.js';

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));
const MIGRATIONS = readMigrationFiles({ migrationsFolder: FOLDER });

/** A file as an older release left it: with the first migrations only, and drizzle's own account of them. */
function olderFile(path: string, count: number): Sqlite.Database {
  const connection = new Sqlite(path);
  connection.exec(
    'create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)',
  );
  for (const migration of MIGRATIONS.slice(0, count)) apply(connection, migration);
  return connection;
}

function apply(connection: Sqlite.Database, { sql, hash, folderMillis }: (typeof MIGRATIONS)[0]) {
  for (const statement of sql) connection.exec(statement);
  connection
    .prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
    .run(hash, folderMillis);
}

// One of everything, written as the first schema wants it. Version 2: version 1 is that of the code lists.
const SEED = [
  `insert into regions (code, name, country, aliases) values ('XB-01', 'North', 'XXB', '["Nord"]')`,
  `insert into sources (slug, revision, from_version, to_version, recorded_at, name, party, kind) values ('xxb-staff', 1, 2, 3, 'then', 'Old name', 'XXB', 'official'), ('xxb-staff', 2, 3, null, 'then', 'Staff', 'XXB', 'official')`,
  `insert into munitions (slug, revision, from_version, recorded_at, name, category, aliases, components) values ('synthetic-uav', 1, 2, 'then', 'Synthetic UAV', 'uav', '["s"]', '[]')`,
  `insert into reporting_eras (id, revision, from_version, recorded_at, party, code, meaning, breaks, intercepted_includes_suppressed_for) values ('xxb-a', 1, 2, 'then', 'XXB', 'A', 'm', '["interception"]', '[]')`,
  `insert into barrages (id, revision, from_version, recorded_at, attacker, defender, night, note) values ('xxa-xxb-2024-03-05', 1, 2, 'then', 'XXA', 'XXB', '2024-03-05', 'kept')`,
  `insert into claims (id, revision, from_version, recorded_at, barrage_id, source, cited_by, munition, window_start, window_end, timezone, launched, intercepted, launch_places, affected_regions, scope, basis, regions, flags, origin, raw) values ('clm_1', 1, 2, 'then', 'xxa-xxb-2024-03-05', 'xxb-staff', '[]', 'synthetic-uav', '2024-03-05', '2024-03-05', 'Etc/UTC', 10, 8, '["a"]', '[]', 'national', 'barrage', '["XB-01"]', '["possible_duplicate"]', 'import', '{"launched":"10"}')`,
  `insert into debris_sites (id, revision, from_version, recorded_at, barrage_id, source, cited_by, place, region, latitude, longitude) values ('dbs_1', 1, 2, 'then', 'xxa-xxb-2024-03-05', 'xxb-staff', '[]', 'Synthetic town', 'XB-01', 50.25, 30.5)`,
  `insert into changes (version, seq, at, actor, op, entity, id, revision, fields) values (2, 0, '2026-01-01T00:00:00.000Z', 'test', 'created', 'claim', 'clm_1', 1, '[]')`,
  `insert into imports (id, version, at, importer, file_name, sha256, published, columns, summary) values ('imp_1', 2, 'then', 'x', 'f.csv', 's', '2024-03-05', '["a"]', '{}')`,
  `insert into api_keys (id, name, hash, scope, created_at) values ('key_1', 'n', 'h', 'write', 'then')`,
];
const SEEDED_TABLES = [...new Set(SEED.map((text) => text.split(' ')[2] ?? ''))];
const KEYS = `('xxb-staff','synthetic-uav','xxb-a','xxa-xxb-2024-03-05','clm_1','dbs_1','imp_1','key_1','XB-01')`;
const keyOf = (table: string) =>
  ({ sources: 'slug', munitions: 'slug', regions: 'code' })[table] ?? 'id';
// Migrations log the code lists that they bring as version 1; the seed is version 2.
const seeded = (table: string) =>
  table === 'changes' ? 'version = 2' : `${keyOf(table)} in ${KEYS}`;

type Rows = Record<string, unknown>[];
const seededRows = (connection: Sqlite.Database, table: string): Rows =>
  connection.prepare(`select * from ${table} where ${seeded(table)} order by rowid`).all() as Rows;

describe('every migration', () => {
  it('leaves every row of a database that was in use as it was', () => {
    const connection = olderFile(join(temporaryFolder(), 'a.db'), 1);
    for (const statement of SEED) connection.exec(statement);
    const before = new Map(SEEDED_TABLES.map((table) => [table, seededRows(connection, table)]));
    expect(before.size).toBe(10);
    for (const migration of MIGRATIONS.slice(1)) {
      connection.pragma('foreign_keys = OFF');
      connection.transaction(() => apply(connection, migration))();
      expect(connection.pragma('foreign_key_check')).toEqual([]);
      for (const [table, stored] of before) {
        expect(stored.length, table).toBeGreaterThan(0);
        expect(seededRows(connection, table), table).toMatchObject(stored);
      }
    }
    connection.close();
  });

  it('can be the first that a newer release applies', async () => {
    for (let count = 0; count < MIGRATIONS.length; count += 1) {
      const path = join(temporaryFolder(), `${count}.db`);
      const older = olderFile(path, count);
      if (count > 0) for (const statement of SEED) older.exec(statement);
      older.close();
      const db = await openDatabase(`file:${path}`);
      const applied = await rows(db, 'select hash from __drizzle_migrations');
      expect(applied.flat(), `after ${count}`).toEqual(MIGRATIONS.map(({ hash }) => hash));
      expect(await rows(db, `select count(*) from claims where id = 'clm_1'`)).toEqual([
        [count > 0 ? 1 : 0],
      ]);
    }
  });

  it('ends in the same schema, whatever it started from', async () => {
    const schema = `select type, name, tbl_name, sql from sqlite_master where name not like '%drizzle%' order by 1, 2`;
    const path = join(temporaryFolder(), 'a.db');
    olderFile(path, 1).close();
    const upgraded = await openDatabase(`file:${path}`);
    const fresh = await openDatabase();
    expect(await rows(upgraded, schema)).toEqual(await rows(fresh, schema));
  });

  it('puts old rows under the protection of the triggers', async () => {
    const path = join(temporaryFolder(), 'a.db');
    const older = olderFile(path, 1);
    for (const statement of SEED) older.exec(statement);
    older.close();
    const db = await openDatabase(`file:${path}`);
    await expect(run(db, 'update claims set launched = 11')).rejects.toThrow(/never changed/);
  });
});

describe('Database.open', () => {
  it('refuses a database in which a reference dangles', async () => {
    const path = join(temporaryFolder(), 'a.db');
    const older = olderFile(path, 1);
    older.pragma('foreign_keys = OFF');
    for (const statement of SEED) older.exec(statement);
    older.exec(`delete from regions where code = 'XB-01'`);
    older.close();
    await expect(Database.open(`file:${path}`)).rejects.toThrow(/1 dangling reference/);
  });

  it('refuses a file that is no database', async () => {
    const path = join(temporaryFolder(), 'a.db');
    writeFileSync(path, 'time_start,time_end\n'.repeat(100));
    await expect(Database.open(`file:${path}`)).rejects.toThrow(/not a database/);
  });
});
