import { describe, expect, it } from 'vitest';
import { datedRow, insertAll, insertInto } from '../../src/storage/statements.js';
import { apiKeys, claims, idempotencyKeys, regions } from '../../src/storage/tables.js';
import { claimRow, openDatabase, rows } from './fixtures.js';

const VERSIONED = { revision: 1, from_version: 2, to_version: null, recorded_at: 'now' };

describe('insertInto', () => {
  it('writes lists and maps as JSON, and what is not given as null', async () => {
    const db = await openDatabase();
    await db.write([
      insertInto(regions, { code: 'XB-01', name: "O'Town", country: 'XXB', aliases: ['a', 'б'] }),
      insertInto(apiKeys, { id: 'k', name: 'n', hash: 'h', scope: 'write', created_at: 'now' }),
    ]);
    expect(await rows(db, `select name, aliases from regions where code = 'XB-01'`)).toEqual([
      ["O'Town", '["a","б"]'],
    ]);
    expect(await rows(db, 'select expires_at, revoked_at from api_keys')).toEqual([[null, null]]);
  });

  it('leaves generated columns to the database', () => {
    const { sql, params } = insertInto(claims, { ...claimRow(), ...VERSIONED });
    expect(sql).not.toMatch(/"(attacker|defender|night)"/);
    expect(sql.match(/\?/g)).toHaveLength(params.length);
  });

  it('binds every value, so that no text can become SQL', async () => {
    const db = await openDatabase();
    const name = `x'); drop table claims; --`;
    await db.write([insertInto(regions, { code: 'XB-01', name, country: 'XXB', aliases: [] })]);
    expect(await rows(db, `select name from regions where code = 'XB-01'`)).toEqual([[name]]);
  });

  it('gives the same text for every row of a table', () => {
    const one = insertInto(claims, { ...claimRow(), ...VERSIONED });
    const two = insertInto(claims, { ...claimRow({ launched: null, note: 'x' }), ...VERSIONED });
    expect(two.sql).toBe(one.sql);
  });
});

describe('insertAll', () => {
  const keyRow = (number: number) => {
    const said = { actor: 'a', fingerprint: 'f', version: 1, result: [] };
    return datedRow(idempotencyKeys, { ...said, key: `k${number}` }, 'at');
  };

  it('writes rows many at once, in their order, and those that are left over one by one', async () => {
    const db = await openDatabase();
    const statements = insertAll(Array.from({ length: 45 }, (_, number) => keyRow(number)));
    expect(statements).toHaveLength(2 + 5);
    expect(new Set(statements.map(({ sql }) => sql)).size).toBe(2);
    const at = await db.write(statements);
    const written = await rows(db, 'select key, at from idempotency_keys order by rowid');
    expect(written).toEqual(Array.from({ length: 45 }, (_, number) => [`k${number}`, at]));
  });

  it('binds when it is asked, not before', () => {
    const [statement] = insertAll([keyRow(1)]);
    expect(statement?.params).not.toBe(statement?.params);
    expect(statement?.params).toEqual(statement?.params);
  });

  it('writes nothing for no row', () => expect(insertAll([])).toEqual([]));
});
