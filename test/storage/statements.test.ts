import { describe, expect, it } from 'vitest';
import { insertInto } from '../../src/storage/statements.js';
import { apiKeys, claims, regions } from '../../src/storage/tables.js';
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
