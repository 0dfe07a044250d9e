import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/storage/database.js';
import { openDatabase, rows, run, seed } from './fixtures.js';

interface Column {
  name: string;
  generated: boolean;
}

async function columnsOf(db: Database, table: string): Promise<Column[]> {
  const found = await rows(db, `select name, hidden from pragma_table_xinfo('${table}')`);
  // hidden 2 and 3 are generated columns, virtual and stored.
  return found.map(([name, hidden]) => ({ name: String(name), generated: Number(hidden) >= 2 }));
}

/** Every table that keeps versions, found by its columns, so that a future one cannot be forgotten. */
async function versionedTables(db: Database): Promise<string[]> {
  const tables = await rows(
    db,
    `select m.name from sqlite_master m, pragma_table_xinfo(m.name) c where m.type = 'table' and c.name = 'recorded_at' order by 1`,
  );
  return tables.map(([name]) => String(name));
}

const triggerSql = async (db: Database, name: string): Promise<string> =>
  String((await rows(db, `select sql from sqlite_master where name = '${name}'`))[0]?.[0] ?? '');

async function seeded(): Promise<Database> {
  const db = await openDatabase();
  await seed(db);
  return db;
}

const VERSIONED = [
  'barrages',
  'claims',
  'debris_sites',
  'munitions',
  'reporting_eras',
  'sources',
] as const;
const REFUSED = /a stored version is never changed/;

describe('versioned tables', () => {
  it('are the ones that this test covers', async () => {
    expect(await versionedTables(await seeded())).toEqual([...VERSIONED]);
  });

  describe.each(VERSIONED)('%s', (table) => {
    it('names every column but to_version in its trigger', async () => {
      const db = await seeded();
      const [, list = ''] =
        /UPDATE OF ([\w, ]+) ON/.exec(await triggerSql(db, `${table}_append_only`)) ?? [];
      const stored = (await columnsOf(db, table)).filter(({ generated }) => !generated);
      const names = stored.map(({ name }) => name).filter((name) => name !== 'to_version');
      expect(list.split(', ').toSorted()).toEqual(names.toSorted());
    });

    it('refuses to change any column of a stored version, current or closed', async () => {
      const db = await seeded();
      const stored = (await columnsOf(db, table)).filter(({ generated }) => !generated);
      for (const { name } of stored.filter((column) => column.name !== 'to_version')) {
        const change = `update "${table}" set "${name}" = "${name}"`;
        await expect(run(db, change), name).rejects.toThrow(REFUSED);
        await expect(run(db, `${change}, to_version = 99`), name).rejects.toThrow(REFUSED);
      }
      await run(db, `update "${table}" set to_version = 99 where to_version is null`);
      await expect(run(db, `update "${table}" set recorded_at = 'x'`)).rejects.toThrow(REFUSED);
    });

    it('closes a version once, never again and never back open', async () => {
      const db = await seeded();
      await run(db, `update "${table}" set to_version = 99`);
      for (const next of [100, 99, null]) {
        const again = run(db, `update "${table}" set to_version = ?`, next);
        await expect(again).rejects.toThrow(/closed once/);
      }
    });

    it('closes no version at or before the one that opened it', async () => {
      const db = await seeded();
      const close = `update "${table}" set to_version = from_version`;
      await expect(run(db, close)).rejects.toThrow(/versions_ordered/);
    });

    it('refuses DELETE', async () => {
      const db = await seeded();
      await expect(run(db, `delete from "${table}"`)).rejects.toThrow(/nothing is deleted/);
    });

    it('refuses REPLACE, which would delete the stored version', async () => {
      const db = await seeded();
      const stored = (await columnsOf(db, table)).filter(({ generated }) => !generated);
      const names = stored.map(({ name }) => `"${name}"`).join(', ');
      const copy = `insert or replace into "${table}" (${names}) select ${names} from "${table}" where from_version > 1`;
      await expect(run(db, copy)).rejects.toThrow(/nothing is deleted/);
    });
  });
});

describe.each(['changes', 'imports'])('%s', (table) => {
  it('is never changed and never deleted from', async () => {
    const db = await seeded();
    await run(
      db,
      `insert into imports (id, version, at, importer, file_name, sha256, published, columns, summary) values ('imp_1', 2, 'now', 'x', 'f', 's', 'p', '[]', '{}')`,
    );
    for (const { name } of await columnsOf(db, table)) {
      const change = run(db, `update "${table}" set "${name}" = "${name}"`);
      await expect(change, name).rejects.toThrow(/append-only/);
    }
    await expect(run(db, `delete from "${table}"`)).rejects.toThrow(/append-only/);
    await expect(
      run(db, `insert or replace into "${table}" select * from "${table}" limit 1`),
    ).rejects.toThrow(/append-only/);
  });
});
