import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commit, rehearse } from '../../src/storage/commit.js';
import { ConstraintError } from '../../src/storage/constraint-error.js';
import { currentVersion } from '../../src/storage/versions.js';
import {
  barrageRow,
  CAUSE,
  CLAIM,
  claimRow,
  munitionRow,
  openDatabase,
  rows,
  run,
  SITE,
  seed,
  sourceRow,
  temporaryFolder,
  value,
  write,
} from './fixtures.js';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('commit', () => {
  it('raises the dataset version by exactly one per write, however much it holds', async () => {
    const db = await openDatabase();
    await seed(db);
    expect((await currentVersion(db)).version).toBe(2);
    await write(db, (draft) => draft.create('source', sourceRow({ slug: 'one' })));
    expect((await currentVersion(db)).version).toBe(3);
    expect(await rows(db, 'select distinct version from changes order by 1')).toEqual([
      [1],
      [2],
      [3],
    ]);
  });

  it('logs one change per entity with who, why and what changed', async () => {
    const db = await openDatabase();
    await seed(db);
    const reason = 'the source corrected itself';
    await write(db, (draft) => {
      draft.correct('claim', claimRow({ intercepted: 9 }), 1, ['intercepted'], reason);
      draft.retract('debris_site', SITE, 1);
    });
    const log = await rows(
      db,
      'select seq, actor, op, entity, id, revision, fields, reason from changes where version = 3 order by seq',
    );
    expect(log).toEqual([
      [0, 'test', 'corrected', 'claim', CLAIM, 2, '["intercepted"]', reason],
      [1, 'test', 'retracted', 'debris_site', SITE, 1, '[]', 'a test'],
    ]);
  });

  it('logs many changes in their order, whether or not they fill whole statements', async () => {
    const db = await openDatabase();
    for (const count of [49, 50, 51, 120]) {
      const slugs = upTo(count).map((index) => `s-${count}-${index}`);
      await write(db, (draft) => {
        for (const slug of slugs) draft.create('source', sourceRow({ slug }));
      });
      const { version, at } = await currentVersion(db);
      const log = await rows(
        db,
        `select seq, id, at from changes where version = ${version} order by seq`,
      );
      expect(log).toEqual(slugs.map((slug, index) => [index, slug, at]));
    }
  });

  it('writes what others name before them, whatever was drafted first', async () => {
    const db = await openDatabase();
    await write(db, (draft) => {
      draft.create('claim', claimRow());
      draft.create('barrage', barrageRow());
      draft.create('munition', munitionRow());
      draft.create('source', sourceRow());
    });
    expect(await rows(db, 'select id, from_version from claims')).toEqual([[CLAIM, 2]]);
    const log = await rows(db, 'select entity from changes where version = 2 order by seq');
    expect(log.flat()).toEqual(['claim', 'barrage', 'munition', 'source']);
  });

  it('stamps rows and changes with the same version and instant', async () => {
    const db = await openDatabase();
    await seed(db);
    const stamps = await rows(
      db,
      `select from_version, recorded_at from claims union select from_version, recorded_at from barrages union select version, at from changes where version = 2`,
    );
    expect(stamps).toHaveLength(1);
    expect(stamps[0]?.[1]).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
  });

  it('closes the corrected revision at the version that opens the next', async () => {
    const db = await openDatabase();
    await seed(db);
    await write(db, (draft) =>
      draft.correct('claim', claimRow({ intercepted: 9 }), 1, ['intercepted']),
    );
    expect(
      await rows(
        db,
        'select revision, from_version, to_version, intercepted from claims order by 1',
      ),
    ).toEqual([
      [1, 2, 3, 8],
      [2, 3, null, 9],
    ]);
  });

  it('writes nothing and raises no version for an empty draft', async () => {
    const db = await openDatabase();
    expect(await commit(db, CAUSE, async (draft) => draft.isEmpty)).toBe(true);
    expect((await currentVersion(db)).version).toBe(1);
  });

  it('leaves no trace when the draft cannot be built', async () => {
    const db = await openDatabase();
    const build = commit(db, CAUSE, async (draft) => {
      draft.create('source', sourceRow());
      throw new Error('halfway');
    });
    await expect(build).rejects.toThrow('halfway');
    expect((await currentVersion(db)).version).toBe(1);
  });

  it('surfaces a refusal when nobody else wrote, at the first attempt', async () => {
    const db = await openDatabase();
    await seed(db);
    let attempts = 0;
    const twice = commit(db, CAUSE, async (draft) => {
      attempts += 1;
      draft.create('source', sourceRow());
    });
    await expect(twice).rejects.toThrow(ConstraintError);
    expect(attempts).toBe(1);
  });

  it('lands 50 writes at once, each with a version of its own and none left out', async () => {
    const db = await openDatabase();
    const landed = await Promise.all(
      upTo(50).map((index) =>
        commit(db, CAUSE, async (draft) => {
          draft.create('source', sourceRow({ slug: `source-${index}` }));
          return index;
        }),
      ),
    );
    expect(landed).toEqual(upTo(50));
    const versions = await rows(
      db,
      `select from_version from sources where slug like 'source-%' order by 1`,
    );
    expect(versions.flat()).toEqual(upTo(50).map((index) => index + 2));
    expect((await currentVersion(db)).version).toBe(51);
  });

  it('lets exactly one of many writers of the same thing win', async () => {
    const db = await openDatabase();
    const results = await Promise.allSettled(
      upTo(10).map(() => write(db, (draft) => draft.create('source', sourceRow()))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await currentVersion(db)).version).toBe(2);
  });

  it('loses nothing between two connections to one file', async () => {
    const url = `file:${join(temporaryFolder(), 'a.db')}`;
    const connections = [await openDatabase(url), await openDatabase(url)];
    await Promise.all(
      connections.flatMap((db, number) =>
        upTo(15).map((index) =>
          write(db, (draft) =>
            draft.create('source', sourceRow({ slug: `source-${number}-${index}` })),
          ),
        ),
      ),
    );
    for (const db of connections) {
      expect(await value(db, `select count(*) from sources where slug like 'source-%'`)).toBe(30);
      expect((await currentVersion(db)).version).toBe(31);
      expect(await value(db, 'select count(distinct version) from changes')).toBe(31);
    }
  });

  it('never lets the instants of versions step back with the clock', async () => {
    const db = await openDatabase();
    const ahead = '2999-01-01T00:00:00.000Z';
    await run(
      db,
      `insert into changes (version, seq, at, actor, op, entity, id, revision, fields) values (2, 0, ?, 'a clock that was wrong', 'created', 'source', 'x', 1, '[]')`,
      ahead,
    );
    await seed(db);
    expect(await currentVersion(db)).toEqual({ version: 3, at: ahead });
  });
});

describe('rehearse', () => {
  it('tells what would be written and writes nothing', async () => {
    const db = await openDatabase();
    const told = await rehearse(db, CAUSE, async (draft) => {
      draft.create('source', sourceRow());
      return [draft.version, draft.statements.length, draft.isEmpty];
    });
    expect(told).toEqual([2, 2, false]);
    expect((await currentVersion(db)).version).toBe(1);
  });
});
