import { describe, expect, it } from 'vitest';
import {
  allPairs,
  findBarrage,
  lastBarrageRevisions,
  listBarrages,
} from '../../src/storage/barrage-store.js';
import { claimsOfBarragesAsJson } from '../../src/storage/claim-json.js';
import { claimsOfBarrages, findClaim, listClaims } from '../../src/storage/claim-store.js';
import {
  codeListsAt,
  findSource,
  listMunitions,
  munitionRevisions,
} from '../../src/storage/code-list-store.js';
import type { Database } from '../../src/storage/database.js';
import {
  debrisSitesOfBarrages,
  findDebrisSite,
  siteAsJson,
  sitesAsJson,
  sitesOfBarragesAsJson,
} from '../../src/storage/debris-site-store.js';
import { coveredNights } from '../../src/storage/kept-sums.js';
import { currentVersion, versionAt, versionNumbered } from '../../src/storage/versions.js';
import {
  BARRAGE,
  barrageRow,
  CLAIM,
  claimRow,
  munitionRow,
  openDatabase,
  run,
  SITE,
  seed,
  siteRow,
  sourceRow,
  write,
} from './fixtures.js';

const PAGE = { limit: 100, descending: false };

/** 1: code lists; 2: one of everything; 3: all corrected; 4: all retracted; 5: the barrage and the claim again. */
async function history(): Promise<Database> {
  const db = await openDatabase();
  await seed(db);
  await write(db, (draft) => {
    draft.correct('source', sourceRow({ name: 'Staff of XXB' }), 1, ['name']);
    draft.correct('munition', munitionRow({ category: 'mixed' }), 1, ['category']);
    draft.correct('barrage', { ...barrageRow(), note: 'checked' }, 1, ['note']);
    draft.correct('claim', claimRow({ intercepted: 9 }), 1, ['intercepted']);
    draft.correct('debris_site', siteRow({ fallen: 'a wing' }), 1, ['fallen']);
  });
  await write(db, (draft) => {
    draft.retract('claim', CLAIM, 2);
    draft.retract('debris_site', SITE, 2);
    draft.retract('barrage', BARRAGE, 2);
  });
  await write(db, (draft) => {
    draft.create('barrage', barrageRow(), 3);
    draft.create('claim', claimRow({ intercepted: 7 }), 3);
  });
  return db;
}

const VERSIONS = [1, 2, 3, 4, 5];
const overVersions = <T>(of: (version: number) => Promise<T>): Promise<T[]> =>
  Promise.all(VERSIONS.map(of));

type SiteFilter = Parameters<typeof sitesAsJson>[2];
const sites = async (db: Database, version: number, filter: SiteFilter) =>
  (await sitesAsJson(db, version, filter, PAGE)).map(({ json }) => JSON.parse(json));

describe('the stores at every version', () => {
  it('give each claim as it stood', async () => {
    const db = await history();
    const expected = [undefined, 8, 9, undefined, 7];
    const intercepted = await overVersions(async (version) => [
      (await findClaim(db, version, CLAIM))?.content.intercepted,
      (await listClaims(db, version, {}, PAGE))[0]?.content.intercepted,
      (await claimsOfBarrages(db, version, [BARRAGE]))[0]?.content.intercepted,
    ]);
    expect(intercepted).toEqual(expected.map((count) => [count, count, count]));
    const claim = await findClaim(db, 3, CLAIM);
    expect(claim).toMatchObject({ revision: 2, from_version: 3, barrage_id: BARRAGE });
    expect(claim?.import_line).toBeNull();
  });

  it('give each debris site as it stood', async () => {
    const db = await history();
    const fallen = await overVersions(async (version) => [
      (await findDebrisSite(db, version, SITE))?.content.fallen,
      (await sites(db, version, {}))[0]?.fallen,
      (await debrisSitesOfBarrages(db, version, [BARRAGE]))[0]?.content.fallen,
      JSON.parse((await siteAsJson(db, version, SITE)) ?? '{}').fallen,
      JSON.parse((await sitesOfBarragesAsJson(db, version, [BARRAGE]))[0]?.json ?? '{}').fallen,
    ]);
    const expected = [undefined, null, 'a wing', undefined, undefined];
    expect(fallen).toEqual(expected.map((words) => Array(5).fill(words)));
  });

  it('give each barrage as it stood', async () => {
    const db = await history();
    const notes = await overVersions(async (version) => [
      (await findBarrage(db, version, BARRAGE))?.note,
      (await listBarrages(db, version, {}, PAGE))[0]?.note,
    ]);
    const expected = [undefined, null, 'checked', undefined, null];
    expect(notes).toEqual(expected.map((note) => [note, note]));
    const ids = [BARRAGE, 'xxa-xxb-2000-01-01'];
    expect(await lastBarrageRevisions(db, 5, ids)).toEqual(new Map([[BARRAGE, 3]]));
    expect(await lastBarrageRevisions(db, 2, ids)).toEqual(new Map([[BARRAGE, 1]]));
  });

  it('give the code lists as they stood', async () => {
    const db = await history();
    const known = await overVersions(async (version) => {
      const { sources, munitions, eras, regions } = await codeListsAt(db, version);
      return [
        sources.find(({ slug }) => slug === 'xxb-staff')?.name,
        munitions.find(({ slug }) => slug === 'synthetic-uav')?.category,
        eras.filter(({ party }) => party === 'XXB').length,
        regions.length,
        (await findSource(db, 'xxb-staff', version))?.revision,
        (await munitionRevisions(db, version)).get('synthetic-uav'),
      ];
    });
    const corrected = ['Staff of XXB', 'mixed', 1, 27, 2, 2];
    expect(known).toEqual([
      [undefined, undefined, 0, 27, undefined, undefined],
      ['Synthetic staff', 'uav', 1, 27, 1, 1],
      corrected,
      corrected,
      corrected,
    ]);
  });

  it('are not touched by later writes: an old version answers the same for ever', async () => {
    const db = await history();
    const before = await overVersions((version) => listClaims(db, version, {}, PAGE));
    await write(db, (draft) => draft.correct('claim', claimRow({ intercepted: 1 }), 3, []));
    expect(await overVersions((version) => listClaims(db, version, {}, PAGE))).toEqual(before);
  });
});

describe('currentVersion, versionNumbered and versionAt', () => {
  async function dated(): Promise<Database> {
    const db = await openDatabase();
    for (const [version, at] of [
      [2, '2027-01-01T00:00:00.000Z'],
      [3, '2027-01-01T00:00:00.000Z'],
      [4, '2027-02-01T00:00:00.000Z'],
    ]) {
      await run(
        db,
        `insert into changes (version, seq, at, actor, op, entity, id, revision, fields) values (?, 0, ?, 'test', 'created', 'source', 'x', 1, '[]')`,
        version,
        at,
      );
    }
    return db;
  }

  it('finds the newest and each by its number', async () => {
    const db = await dated();
    expect((await currentVersion(db)).version).toBe(4);
    expect(await versionNumbered(db, 2)).toEqual({ version: 2, at: '2027-01-01T00:00:00.000Z' });
    expect([await versionNumbered(db, 0), await versionNumbered(db, 5)]).toEqual([null, null]);
  });

  it.each([
    ['2026-11-21T23:59:59.999Z', undefined],
    ['2026-11-22T00:00:00.000Z', 1],
    ['2026-12-31T23:59:59.999Z', 1],
    ['2027-01-01T00:00:00.000Z', 3],
    ['2027-01-31T23:59:59.999Z', 3],
    ['2027-02-01T00:00:00.000Z', 4],
    ['2999-01-01T00:00:00.000Z', 4],
  ])('at %s finds version %s, the newest of several of one instant', async (instant, version) => {
    expect((await versionAt(await dated(), instant))?.version).toBe(version);
  });

  it('refuses to answer from a database without any version', async () => {
    const db = await openDatabase();
    await run(db, 'drop trigger changes_no_delete');
    await run(db, 'delete from changes');
    await expect(currentVersion(db)).rejects.toThrow('no dataset version');
  });
});

describe('lists', () => {
  const id = (number: number) => `clm_${String(number).padStart(26, '0')}`;

  /** Three nights; on each, a claim of every combination of two sources and two places. */
  async function filled(): Promise<Database> {
    const db = await openDatabase();
    await seed(db);
    await write(db, (draft) => {
      draft.create('source', sourceRow({ slug: 'xxb-coast' }));
      let number = 10;
      for (const night of ['2024-03-06', '2024-03-07', '2024-03-08']) {
        draft.create('barrage', barrageRow(night));
        for (const source of ['xxb-staff', 'xxb-coast']) {
          for (const place of ['A', 'B']) {
            const launch_places = place === 'A' ? ['A'] : ['A', 'B'];
            const regions = place === 'A' ? [] : ['UA-30'];
            const barrage_id = `xxa-xxb-${night}`;
            const row = { id: id(number), barrage_id, source, launch_places, regions };
            draft.create('claim', claimRow(row));
            number += 1;
          }
        }
      }
      const rival = { id: id(99), launched: 1, alternative_to: id(10), target: 'x' };
      draft.create('claim', claimRow({ ...rival, barrage_id: 'xxa-xxb-2024-03-06' }));
    });
    return db;
  }

  it('walk page by page without skipping or repeating, in both directions', async () => {
    const db = await filled();
    for (const descending of [false, true]) {
      const whole = (await listClaims(db, 3, {}, { limit: 100, descending })).map((c) => c.id);
      const walked: string[] = [];
      let after: { night: string; id: string } | undefined;
      for (;;) {
        const page = await listClaims(db, 3, {}, { limit: 3, descending, after });
        walked.push(...page.map((claim) => claim.id));
        const last = page.at(-1);
        if (last === undefined) break;
        after = { night: last.barrage_id.slice(8), id: last.id };
      }
      expect(walked).toEqual(whole);
      expect(new Set(walked).size).toBe(14);
    }
  });

  it('restrict claims by every filter', async () => {
    const db = await filled();
    const count = async (filter: Parameters<typeof listClaims>[2]) =>
      (await listClaims(db, 3, filter, PAGE)).length;
    expect(await count({})).toBe(14);
    expect(await count({ from: '2024-03-07' })).toBe(8);
    expect(await count({ to: '2024-03-06' })).toBe(6);
    expect(await count({ attackers: ['XXA'], defenders: ['XXB'] })).toBe(14);
    expect(await count({ attackers: ['XXB'] })).toBe(0);
    expect(await count({ sources: ['xxb-coast'] })).toBe(6);
    expect(await count({ munitions: ['lancet'] })).toBe(0);
    expect(await count({ munitions: [] })).toBe(0);
    expect(await count({ scopes: ['regional'] })).toBe(0);
    expect(await count({ bases: ['barrage'] })).toBe(14);
    expect(await count({ regions: ['UA-30', 'UA-32'] })).toBe(6);
    expect(await count({ launch_places: ['B'] })).toBe(6);
    expect(await count({ launch_places: ['A'] })).toBe(12);
    expect(await count({ barrage_ids: [BARRAGE] })).toBe(1);
    expect(await count({ headline_only: true })).toBe(13);
    expect(await count({ headline_only: false })).toBe(14);
  });

  it('restrict barrages by their own key, their claims and their debris', async () => {
    const db = await filled();
    const nights = async (filter: Parameters<typeof listBarrages>[2]) =>
      (await listBarrages(db, 3, filter, PAGE)).map(({ night }) => night.slice(8));
    expect(await nights({})).toEqual(['05', '06', '07', '08']);
    expect(await nights({ from: '2024-03-06', to: '2024-03-07' })).toEqual(['06', '07']);
    expect(await nights({ attackers: ['XXB'], defenders: ['XXA'] })).toEqual([]);
    expect(await nights({ has_debris: true })).toEqual(['05']);
    expect(await nights({ has_debris: false })).toEqual(['06', '07', '08']);
    expect(await nights({ with_claim: { sources: ['xxb-coast'] } })).toEqual(['06', '07', '08']);
    expect(await nights({ with_claim: { launch_places: ['Z'] } })).toEqual([]);
  });

  it('restrict debris sites by every filter', async () => {
    const db = await filled();
    const count = async (filter: SiteFilter) => (await sites(db, 3, filter)).length;
    const here = { attackers: ['XXA'], defenders: ['XXB'], sources: ['xxb-staff'] };
    expect(await count({ ...here, from: '2024-03-05', to: '2024-03-05' })).toBe(1);
    expect(await count({ regions: ['UA-30'] })).toBe(0);
    expect(await count({ from: '2024-03-06' })).toBe(0);
  });

  it('tell who ever attacked whom', async () => {
    const db = await openDatabase();
    expect(await allPairs(db)).toEqual([]);
    await seed(db);
    await write(db, (draft) => {
      draft.create('barrage', barrageRow('2024-03-06'));
      draft.create('barrage', {
        ...barrageRow('2024-03-06'),
        ...{ id: 'xxb-xxa-2024-03-06', attacker: 'XXB', defender: 'XXA' },
      });
    });
    expect(await allPairs(db)).toEqual([
      { attacker: 'XXA', defender: 'XXB' },
      { attacker: 'XXB', defender: 'XXA' },
    ]);
  });

  it('answer without a query when no barrage is asked for', async () => {
    const db = await openDatabase();
    expect(await claimsOfBarrages(db, 1, [])).toEqual([]);
    expect(await debrisSitesOfBarrages(db, 1, [])).toEqual([]);
    expect(await claimsOfBarragesAsJson(db, 1, [])).toEqual([]);
    expect(await sitesOfBarragesAsJson(db, 1, [])).toEqual([]);
  });

  it('tell the first and the last night of a pair of parties', async () => {
    const db = await filled();
    const pair = { attacker: 'XXA', defender: 'XXB' };
    expect(await coveredNights(db, 3, pair)).toEqual({ from: '2024-03-05', to: '2024-03-08' });
    expect(await coveredNights(db, 2, pair)).toEqual({ from: '2024-03-05', to: '2024-03-05' });
    const nobody = { attacker: 'XXB', defender: 'XXA' };
    expect(await coveredNights(db, 3, nobody)).toEqual({ from: null, to: null });
  });

  it('give code lists in order', async () => {
    const slugs = (await listMunitions(await openDatabase(), 1)).map(({ slug }) => slug);
    expect(slugs).toEqual(slugs.toSorted());
  });
});
