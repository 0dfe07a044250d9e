import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { CLAIM_COUNTS, type ClaimContent, claimContentSchema } from '../../src/domain/claim.js';
import { datedRow, insertAll, insertInto } from '../../src/storage/statements.js';
import { apiKeys, claims, idempotencyKeys, regions } from '../../src/storage/tables.js';
import { BARRAGE, CLAIM, claimRow, openDatabase, rows, seed, write } from './fixtures.js';

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

  it('gives the same text for every row that says what is usual beside what most say', () => {
    const one = insertInto(claims, { ...claimRow({ note: null }), ...VERSIONED });
    const two = insertInto(claims, {
      ...claimRow({ launched: null, note: null, suppressed: 3, cited_by: [] }),
      ...VERSIONED,
    });
    expect(two.sql).toBe(one.sql);
  });

  it.each([
    { note: 'x' },
    { assertion: 'attack_denied' as const, quotation: 'None.' },
    { set_by_hand: ['launched' as const] },
    { affected_regions: ['East'] },
    { turbojet: 0 },
    { origin: 'import' as const },
  ])('binds all of a row that says more: %o', (said) => {
    const usual = insertInto(claims, { ...claimRow({ note: null }), ...VERSIONED });
    const more = insertInto(claims, { ...claimRow({ note: null, ...said }), ...VERSIONED });
    expect(more.params.length).toBeGreaterThan(usual.params.length);
    expect(more.sql).not.toContain('null');
  });
});

describe('insertAll', () => {
  const keyRow = (number: number) => {
    const said = { actor: 'a', fingerprint: 'f', version: 1, result: [] };
    return datedRow(idempotencyKeys, { ...said, key: `k${number}` });
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

  it('writes what one row says beside many that say what is usual', async () => {
    const db = await openDatabase();
    await write(db, (draft) => {
      for (let day = 1; day <= 20; day += 1) {
        const night = `2024-03-${String(day).padStart(2, '0')}`;
        const note = day === 7 ? 'Synthetic.' : null;
        const id = `xxa-xxb-${night}`;
        draft.create('barrage', { id, attacker: 'XXA', defender: 'XXB', night, note });
      }
    });
    const noted = 'select night, note from barrages where note is not null';
    expect(await rows(db, noted)).toEqual([['2024-03-07', 'Synthetic.']]);
    expect(await rows(db, 'select count(*) from barrages where to_version is null')).toEqual([
      [20],
    ]);
  });

  it('binds when it is asked, not before', () => {
    const [statement] = insertAll([keyRow(1)]);
    expect(statement?.params).not.toBe(statement?.params);
    expect(statement?.params).toEqual(statement?.params);
  });

  it('writes nothing for no row', () => expect(insertAll([])).toEqual([]));
});

describe('a posted claim', () => {
  const OTHER = 'clm_00000000000000000000000002';
  const CONTENT = claimContentSchema.parse({
    source: 'xxb-staff',
    url: 'https://example.org/1',
    cited_by: [{ source: 'xxb-staff', url: null, published: '2024-03-06', via: 'Telegram' }],
    munition: 'synthetic-uav',
    window_start: '2024-03-04T21:00',
    window_end: '2024-03-05T05:00',
    timezone: 'Europe/Warsaw',
    launched: 110,
    intercepted: 11,
    suppressed: 12,
    left_airspace: 13,
    left_airspace_to: { BLR: 13 },
    still_airborne: 14,
    strike_uav_min: 15,
    hit_locations: 16,
    debris_locations: 17,
    turbojet: 19,
    turbojet_intercepted: 18,
    launch_places: ['North'],
    target: 'Synthetic town',
    target_main: 'South',
    carriers: 'Four aircraft',
    affected_regions: ['East', 'West'],
    intercepted_by_place: { East: 4 },
    launched_by_munition: { 'synthetic-uav': 110 },
    launch_places_by_munition: { 'synthetic-uav': ['North'] },
    scope: 'regional',
    basis: 'tally',
    alternative_to: CLAIM,
    independent_of: [CLAIM],
    quotation: 'All of them.',
    note: 'Synthetic.',
  });
  const posted = {
    id: OTHER,
    barrage_id: BARRAGE,
    regions: ['UA-30'],
    flags: ['possible_duplicate' as const],
  };

  const ASSERTED: ClaimContent = {
    ...CONTENT,
    ...Object.fromEntries(CLAIM_COUNTS.map((count) => [count, null])),
    assertion: 'all_targets_hit',
  };

  it('says something of its own in every field', () => {
    const fields = [...Object.values(CONTENT), ...Object.values(posted)].map((value) =>
      JSON.stringify(value),
    );
    expect(new Set(fields).size).toBe(fields.length);
  });

  it.each([
    ['counts', CONTENT],
    ['an assertion', ASSERTED],
  ])('of %s stands in the columns whose names its fields have', async (_, content) => {
    const db = await openDatabase();
    await seed(db);
    await write(db, (draft) => draft.createPosted(content, posted));
    const [row] = await db.query.select().from(claims).where(eq(claims.id, OTHER));
    expect(row).toEqual({
      ...content,
      ...posted,
      ...{ revision: 1, from_version: 3, to_version: null },
      recorded_at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
      ...{ origin: 'client', import_id: null, import_line: null, raw: null, set_by_hand: [] },
      ...{ attacker: 'XXA', defender: 'XXB', night: '2024-03-05' },
    });
  });
});
