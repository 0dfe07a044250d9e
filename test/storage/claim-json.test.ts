import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barrageKey } from '../../src/domain/barrage.js';
import { sideOf } from '../../src/domain/source.js';
import { listedClaimSchema } from '../../src/http/schemas/records.js';
import { claimAsJson, claimsAsJson, claimsOfBarragesAsJson } from '../../src/storage/claim-json.js';
import { claimPage, type WrittenPage } from '../../src/storage/claim-pages.js';
import { contentOf } from '../../src/storage/claim-store.js';
import type { Database } from '../../src/storage/database.js';
import { sitesAsJson } from '../../src/storage/debris-site-store.js';
import {
  BARRAGE,
  CLAIM,
  claimRow,
  openDatabase,
  seed,
  siteRow,
  sourceRow,
  write,
} from './fixtures.js';

const PAGE = { limit: 1_000, descending: false };
const idOf = (prefix: 'clm' | 'dbs', index: number) =>
  `${prefix}_${String(index).padStart(26, '0')}`;

const claimsOf = async (db: Database, version: number, fields?: readonly string[]) =>
  (await claimsAsJson(db, version, {}, PAGE, fields)).map(({ json }) => JSON.parse(json));

async function seeded(): Promise<Database> {
  const db = await openDatabase();
  await seed(db);
  return db;
}

describe('a claim as it is served', () => {
  it('is the text of what was recorded, whatever characters and numbers that holds', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
    const contents = fc.record({
      note: fc.option(text),
      quotation: fc.option(text),
      target: fc.option(fc.constantFrom('"', '\\', '\n\t\u0001', 'Київ', '💥', '</script>')),
      launch_places: fc.array(text, { maxLength: 3 }),
      launched_by_munition: fc.option(fc.dictionary(text, fc.option(fc.nat()), { maxKeys: 3 })),
      launched: fc.option(fc.nat(1_000_000)),
    });
    const db = await seeded();
    let index = 100;
    await fc.assert(
      fc.asyncProperty(contents, async (content) => {
        index += 1;
        const row = claimRow({ id: idOf('clm', index), ...content });
        const unique = { ...row, url: `https://example.org/${index}` };
        await write(db, (draft) => draft.create('claim', unique));
        const served = JSON.parse((await claimAsJson(db, 1e9, unique.id))?.json ?? '{}');
        expect(contentOf(served)).toEqual(contentOf(unique as never));
      }),
      { numRuns: 60 },
    );
  });

  it('has the fields of its schema in their order, or those that were asked for in theirs', async () => {
    const db = await seeded();
    const [whole] = await claimsOf(db, 2);
    expect(Object.keys(whole)).toEqual(Object.keys(listedClaimSchema.shape));
    const [some] = await claimsOf(db, 2, ['side', 'launched', 'id']);
    expect(Object.entries(some)).toEqual([
      ['side', 'defender'],
      ['launched', 10],
      ['id', CLAIM],
    ]);
  });

  it('is the same in a list, in its barrage and, without a file, alone', async () => {
    const db = await seeded();
    const [listed] = await claimsAsJson(db, 2, {}, PAGE);
    expect(await claimsOfBarragesAsJson(db, 2, [BARRAGE])).toEqual([
      { barrage_id: BARRAGE, json: listed?.json },
    ]);
    expect(await claimAsJson(db, 2, CLAIM)).toEqual({ revision: 1, json: listed?.json });
    expect(await claimAsJson(db, 1, CLAIM)).toBeNull();
  });

  it('is on the side of its source as that was described at the version', async () => {
    const db = await seeded();
    const parties = ['XXA', 'XXB', 'XXC', null];
    await write(db, (draft) => {
      for (const [index, party] of parties.entries()) {
        draft.create('source', sourceRow({ slug: `s-${index}`, party }));
        draft.create('claim', claimRow({ id: idOf('clm', index + 10), source: `s-${index}` }));
      }
    });
    await write(db, (draft) =>
      draft.correct('source', sourceRow({ slug: 's-0', party: 'XXB' }), 1, ['party']),
    );
    const sidesAt = async (version: number) =>
      (await claimsOf(db, version)).slice(1).map(({ side }) => side);
    const told = (party: string | null) => sideOf(party, barrageKey(BARRAGE));
    expect(await sidesAt(3)).toEqual(parties.map(told));
    expect(await sidesAt(4)).toEqual(['XXB', ...parties.slice(1)].map(told));
  });
});

describe('pages of one question with other values', () => {
  it('are answered with those values, also where a list is longer, empty or missing', async () => {
    const db = await seeded();
    await write(db, (draft) => {
      draft.create('source', sourceRow({ slug: 'xxb-coast' }));
      draft.create('claim', claimRow({ id: idOf('clm', 2), source: 'xxb-coast', launched: 20 }));
    });
    const count = async (filter: Parameters<typeof claimsAsJson>[2]) =>
      (await claimsAsJson(db, 3, filter, PAGE)).length;
    for (const [filter, expected] of [
      [{ sources: ['xxb-staff'] }, 1],
      [{ sources: ['xxb-coast'] }, 1],
      [{ sources: ['xxb-staff', 'xxb-coast'] }, 2],
      [{ sources: [] }, 0],
      [{ sources: undefined }, 2],
      [{ min_launched: 15 }, 1],
      [{ max_launched: 15 }, 1],
      [{ min_launched: 0 }, 2],
      [{ headline_only: true }, 2],
      [{ headline_only: false }, 2],
      [{ from: '2024-03-06' }, 0],
    ] as const) {
      expect(await count(filter), JSON.stringify(filter)).toBe(expected);
    }
  });
});

describe('a page of claims', () => {
  // One claim more is asked for than is given.
  const page = (limit: number, descending = false) => ({ limit: limit + 1, descending });
  const textOf = ({ rows }: WrittenPage) => String(rows);
  const pageOf = async (db: Database, version: number) =>
    JSON.parse(`[${textOf(await claimPage(db, version, {}, page(1_000)))}]`);
  const ASKED = ['first', 'again, so that it is held', 'held'];

  it('is what the database writes, at every version, before and after it was held', async () => {
    const db = await seeded();
    await write(db, (draft) => {
      for (let index = 10; index < 15; index += 1)
        draft.create('claim', claimRow({ id: idOf('clm', index), url: `https://e.org/${index}` }));
    });
    const changed = claimRow({ id: idOf('clm', 12), url: 'https://e.org/12', launched: 77 });
    await write(db, (draft) => draft.correct('claim', changed, 1, ['launched']));
    for (const version of [2, 3, 4, 3, 2, 4]) {
      const descending = version !== 3;
      const written = await claimsAsJson(db, version, {}, { limit: 4, descending });
      const { id, night } = written.at(-1) ?? {};
      const all = await claimsAsJson(db, version, {}, PAGE);
      for (const asked of ASKED) {
        const given = await claimPage(db, version, {}, page(4, descending));
        expect(textOf(given), `${version} ${asked}`).toBe(written.map(({ json }) => json).join());
        expect(given).toMatchObject({ last: { id, night }, has_more: all.length > 4 });
      }
    }
    const launched = async (version: number) =>
      (await pageOf(db, version)).find(({ id }: { id: string }) => id === changed.id).launched;
    expect([await launched(3), await launched(4)]).toEqual([10, 77]);
  });

  it('is the same where it is too large to be written at once', async () => {
    const db = await seeded();
    await write(db, (draft) => {
      for (let index = 10; index < 130; index += 1)
        draft.create('claim', claimRow({ id: idOf('clm', index), url: `https://e.org/${index}` }));
    });
    const written = await claimsAsJson(db, 3, {}, { limit: 110, descending: true });
    for (const asked of ASKED) {
      const given = await claimPage(db, 3, {}, page(110, true));
      expect(textOf(given), asked).toBe(written.map(({ json }) => json).join());
    }
  });

  it('has more behind it if one more was there than is given', async () => {
    const db = await seeded();
    const other = claimRow({ id: idOf('clm', 9), url: 'https://e.org/9' });
    await write(db, (draft) => draft.create('claim', other));
    for (const _ of ASKED) {
      expect(await claimPage(db, 3, {}, page(1))).toMatchObject({ has_more: true });
      expect(await claimPage(db, 3, {}, page(2))).toMatchObject({ has_more: false });
      const none = await claimPage(db, 3, { from: '2199-01-01' }, page(2));
      expect({ ...none, rows: textOf(none) }).toEqual({
        rows: '',
        last: undefined,
        has_more: false,
      });
    }
  });

  it('tells the side of its time although the claim was held with another one', async () => {
    const db = await seeded();
    const sidesAt = async (version: number) =>
      (await pageOf(db, version)).map(({ side }: { side: string }) => side);
    for (const _ of ASKED) expect(await sidesAt(2)).toEqual(['defender']);
    await write(db, (draft) => draft.correct('source', sourceRow({ party: 'XXA' }), 1, ['party']));
    expect(await sidesAt(3)).toEqual(['attacker']);
    expect(await sidesAt(2)).toEqual(['defender']);
  });

  it('is held when it is asked for again, since most pages never are', async () => {
    const db = await seeded();
    const given: WrittenPage[] = [];
    for (const _ of ASKED) given.push(await claimPage(db, 2, {}, page(1)));
    const [first, second, third] = given.map(({ rows }) => rows);
    expect(second).not.toBe(first);
    expect(third).toBe(second);
    const other = await claimPage(db, 2, { from: '2000-01-01' }, page(2));
    expect(other.rows, 'the same claims, asked for in another way').toBe(second);
  });
});

describe('a debris site as it is served', () => {
  it('stands exactly where it was recorded', async () => {
    const db = await seeded();
    const degrees = (most: number) =>
      fc.oneof(
        fc.double({ min: -most, max: most, noNaN: true }),
        fc.constantFrom(0, 1, 50.4501, 30.523333333333333, -0.1, 1e-7),
      );
    let index = 100;
    await fc.assert(
      fc.asyncProperty(degrees(90), degrees(180), async (latitude, longitude) => {
        index += 1;
        const row = siteRow({ id: idOf('dbs', index), place: `p${index}`, latitude, longitude });
        await write(db, (draft) => draft.create('debris_site', row));
        const rows = await sitesAsJson(db, 1e9, {}, PAGE);
        expect(JSON.parse(rows[0]?.json ?? '')).toMatchObject({ latitude: null, longitude: null });
        const site = JSON.parse(rows.find(({ id }) => id === row.id)?.json ?? '{}');
        // Zero has no sign in SQLite.
        expect([site.latitude, site.longitude]).toEqual([latitude + 0, longitude + 0]);
      }),
      { numRuns: 60 },
    );
  });
});
