import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDemo } from '../../src/demo/load-demo.js';
import {
  SYNTHETIC_MUNITIONS,
  SYNTHETIC_NOTE,
  SYNTHETIC_SOURCES,
  syntheticNights,
} from '../../src/demo/synthetic-nights.js';
import type { StoredClaim } from '../../src/storage/claim-store.js';
import { listClaims } from '../../src/storage/claim-store.js';
import { Database } from '../../src/storage/database.js';
import { currentVersion } from '../../src/storage/versions.js';
import { seed } from '../storage/fixtures.js';
import { type TestApp, testApp } from '../support/test-app.js';

const SYNTHETIC = 'attacker=XXA&defender=XXB';

let test: TestApp;
let claims: StoredClaim[];
beforeAll(async () => {
  test = await testApp();
  await loadDemo(test.db);
  const { version } = await currentVersion(test.db);
  claims = await listClaims(test.db, version, {}, { limit: 10_000, descending: false });
});
afterAll(() => test.close());

const data = async (url: string) => (await test.get(url)).json().data;
const synthetic = () => claims.filter(({ barrage_id }) => barrage_id.startsWith('xxa-xxb-'));

describe('loadDemo', () => {
  it('loads into a new database, and never a second time', async () => {
    const db = await Database.open('file::memory:');
    expect(await loadDemo(db)).toBe(true);
    const { version } = await currentVersion(db);
    expect(await loadDemo(db)).toBe(false);
    expect((await currentVersion(db)).version).toBe(version);
    await db.close();
  });

  it('leaves a database alone in which anything was written', async () => {
    const db = await Database.open('file::memory:');
    await seed(db);
    expect(await loadDemo(db)).toBe(false);
    expect((await currentVersion(db)).version).toBe(2);
    await db.close();
  });

  it('is the same for every installation', async () => {
    expect(syntheticNights()).toEqual(syntheticNights());
    const {
      claims: count,
      nights,
      launched,
      intercepted,
      suppressed,
    } = await data(`/stats?${SYNTHETIC}`);
    expect({ count, nights, launched, intercepted, suppressed }).toMatchInlineSnapshot(`
      {
        "count": 797,
        "intercepted": 28616,
        "launched": 43107,
        "nights": 645,
        "suppressed": 3679,
      }
    `);
    expect(claims.length).toMatchInlineSnapshot(`976`);
  });

  it('holds the card’s night with its debris site and the chain of its sources', async () => {
    const {
      claims: [claim],
      debris_sites: [site],
    } = await data('/barrages/rus-ukr-2024-09-07');
    expect(claim).toMatchObject({
      launched: 67,
      intercepted: 58,
      suppressed: 3,
      left_airspace: 6,
      flags: [],
    });
    expect(site).toMatchObject({
      source: 'verkhovna-rada',
      via: 'Telegram',
      region: 'UA-30',
      cited_by: [{ source: 'al-jazeera', published: '2024-09-07' }],
    });
  });

  it('adds nothing to the real parties but the card’s night', async () => {
    expect(claims.filter(({ barrage_id }) => barrage_id.startsWith('rus-ukr-'))).toHaveLength(1);
    expect(synthetic()).toHaveLength(claims.length - 1);
    expect(await data('/stats')).toMatchObject({ claims: 1, nights: 1 });
  });

  it('says of every synthetic record that it is one', async () => {
    for (const { id, content } of synthetic()) {
      expect(content.note, id).toBe(SYNTHETIC_NOTE);
      expect(content.source, id).toMatch(/^xx[ab]-/);
      expect(content.munition, id).toMatch(/^synthetic-/);
    }
    for (const { name, note } of SYNTHETIC_SOURCES) {
      expect(name).toMatch(/^Synthetic/);
      expect(note).toBe(SYNTHETIC_NOTE);
    }
    for (const { name } of SYNTHETIC_MUNITIONS) expect(name).toMatch(/^Synthetic/);
    const sites = await data(`/debris-sites?${SYNTHETIC}&limit=500`);
    expect(sites.length).toBeGreaterThan(0);
    for (const { note } of sites) expect(note).toBe(SYNTHETIC_NOTE);
    for (const { note } of await data(`/barrages?${SYNTHETIC}&limit=500`))
      expect(note).toBe(SYNTHETIC_NOTE);
  });

  it('records what the attacker claims as alternatives, which never enter a sum', async () => {
    const ids = new Map(synthetic().map((claim) => [claim.id, claim]));
    const attackers = synthetic().filter(({ content }) => content.source === 'xxa-ministry');
    expect(attackers.length).toBeGreaterThan(5);
    for (const { barrage_id, content } of attackers) {
      const headline = ids.get(content.alternative_to ?? '');
      expect(headline?.barrage_id).toBe(barrage_id);
      expect(headline?.content.alternative_to).toBeNull();
    }
    expect((await data(`/stats?${SYNTHETIC}`)).excluded.other_side).toBe(attackers.length);
  });

  it('claims nothing impossible', () => {
    expect(claims.filter(({ flags }) => flags.length > 0)).toEqual([]);
  });
});

describe('with the demonstration data', () => {
  it.each([
    '/barrages',
    `/barrages?${SYNTHETIC}&has_debris=true`,
    '/claims',
    `/claims?${SYNTHETIC}&scope=regional`,
    `/claims?${SYNTHETIC}&basis=tally`,
    `/claims?${SYNTHETIC}&category=cruise_missile`,
    '/debris-sites',
    '/sources',
    '/munitions',
    '/regions',
    '/reporting-eras',
  ])('%s has something to show', async (url) => {
    expect((await data(url)).length).toBeGreaterThan(0);
  });

  it('/stats shows rates, ranges, exclusions, breaks and warnings', async () => {
    const summary = await data(`/stats?${SYNTHETIC}`);
    expect(summary.rates.interception.value).toBeGreaterThan(0.4);
    expect(summary.rates.interception.night_clustered).not.toBeNull();
    expect(summary.rates.interception.dispersion).toBeGreaterThan(1);
    expect(summary.rates.neutralisation.value).toBeGreaterThan(summary.rates.interception.value);
    expect(summary.claim_range.low).toBeLessThan(summary.claim_range.high);
    expect(summary.excluded.regional).toBeGreaterThan(0);
    expect(summary.breaks.map(({ from, to }: { from: string; to: string }) => from + to)).toEqual([
      'AB',
      'BC',
    ]);
    const everything = await data(
      `/stats?${SYNTHETIC}&scope=national,regional&basis=barrage,tally`,
    );
    expect(everything.warnings).toEqual(['tally_included']);
    const { groups } = await data(`/stats?${SYNTHETIC}&group_by=era`);
    const counted = groups.filter((group: { claims: number }) => group.claims > 0);
    expect(counted.map(({ key }: { key: { era: string } }) => key.era)).toEqual(['A', 'B', 'C']);
  });

  it('/stats/series shows two years of nights, silent ones among them', async () => {
    const { points } = await data(`/stats/series?${SYNTHETIC}&fill=empty&rolling=30`);
    const silent = points.filter(({ status }: { status: string }) => status === 'silent').length;
    expect(points.length).toBeGreaterThan(720);
    expect(silent).toBeGreaterThan(50);
    expect(points.at(-1).rolling.value).toBeGreaterThan(0);
  });
});
