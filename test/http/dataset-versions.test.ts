import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { sourceRow, write } from '../storage/fixtures.js';
import { importRows, marchNight } from '../support/import-rows.js';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(() => test.close());

const claimOn = (day: string, changes: object = {}) => ({
  source: 'ua-air-force',
  munition: 'shahed-136-131',
  window_start: `2024-10-${day}`,
  window_end: `2024-10-${day}`,
  ...changes,
});
const PAIR = { attacker: 'RUS', defender: 'UKR' };

async function record(claims: object[], pair: object = PAIR): Promise<{ id: string }[]> {
  const response = await test.post('/barrages', { ...pair, claims });
  expect(response.statusCode, response.body).toBe(201);
  return response.json().data.claims;
}

function done(response: { statusCode: number; body: string }): void {
  expect(response.statusCode, response.body).toBeLessThan(300);
}

/** Everything that can move the headline, and much that cannot. */
async function eventful(): Promise<void> {
  const [first] = await record([
    claimOn('01', { launched: 10, intercepted: 12, as_reported: true }),
  ]);
  done(await test.retract(`/claims/${first?.id}`, 'nonsense'));
  const [none] = await record([claimOn('02', { launched: 10, intercepted: 8 })]);
  done(await test.patch(`/claims/${none?.id}`, { suppressed: 1, reason: 'told later' }));
  await record([claimOn('03', { launched: 20 })]);
  await record([claimOn('04', { launched: 5, intercepted: 5, basis: 'tally' })]);
  await record([claimOn('05', { launched: 5, intercepted: 5, scope: 'regional' })]);
  await record([claimOn('06', { source: 'ru-mod', launched: 9, intercepted: 1 })]);
  const other = { attacker: 'XXA', defender: 'XXB' };
  await record([claimOn('07', { launched: 9, intercepted: 1 })], other);
  await importRows(test.db, [marchNight('05'), marchNight('06'), marchNight('07')], 'first.csv');
  await importRows(
    test.db,
    [marchNight('06', { launched: '12.0' }), marchNight('07')],
    'second.csv',
  );
  await test.post('/barrages', CARD_NIGHT);
  const rival = { ...claimOn('02', { launched: 30, intercepted: 30 }), source: 'al-jazeera' };
  const { barrage_id } = (await test.get(`/claims/${none?.id}`)).json().data;
  await test.post(`/barrages/${barrage_id}/claims`, { ...rival, alternative_to: none?.id });
  await record([claimOn('08', { source: 'al-jazeera', launched: 100, intercepted: 50 })]);
  const journal = sourceRow({
    slug: 'al-jazeera',
    name: 'Al Jazeera',
    party: 'UKR',
    kind: 'media',
  });
  await write(test.db, (draft) => draft.correct('source', journal, 1, ['party']));
  done(await test.patch(`/claims/${none?.id}`, { suppressed: null, reason: 'not told after all' }));
  done(await test.retract('/barrages/rus-ukr-2024-09-07', 'moved'));
}

async function headlineAt(version: number) {
  const { data } = (await test.get(`/stats?as_of=${version}`)).json();
  const { claims, launched, intercepted, suppressed, left_airspace, rates } = data;
  const values = Object.entries(rates).map(([name, rate]) => [
    name,
    (rate as { value: number | null }).value,
  ]);
  const totals = { claims, launched, intercepted, suppressed, left_airspace };
  return { ...totals, rates: Object.fromEntries(values) };
}

const NOTHING = {
  claims: 0,
  launched: null,
  intercepted: null,
  suppressed: null,
  left_airspace: null,
  rates: { interception: null, neutralisation: null, non_penetration: null },
};

describe('GET /dataset/versions', () => {
  it('says of each version what /stats answers at it and at the one before', async () => {
    await eventful();
    const { data } = (await test.get('/dataset/versions')).json();
    expect(data.length).toBeGreaterThan(15);
    const seen = new Set<string>();
    for (const { version, headline } of data) {
      const before = version === 1 ? NOTHING : await headlineAt(version - 1);
      const after = await headlineAt(version);
      const changed = JSON.stringify(before) !== JSON.stringify(after);
      expect(headline, `version ${version}`).toEqual({ before, after, changed });
      seen.add(`${changed} ${after.rates.interception === null} ${after.suppressed === null}`);
    }
    // The history shows rates and missing ones, with and without suppressed, moved and unmoved.
    expect(seen.size).toBeGreaterThanOrEqual(5);
  });

  it('says the same on every page', async () => {
    await eventful();
    const whole = (await test.get('/dataset/versions?limit=500')).json().data;
    const walked: unknown[] = [];
    for (let after = '0'; ; ) {
      const { data, page } = (await test.get(`/dataset/versions?after=${after}&limit=3`)).json();
      walked.push(...data);
      after = page.next_after;
      if (!page.has_more) break;
    }
    expect(walked).toEqual(whole);
  });

  it('echoes which claims the headline is made of, and 400s what it does not know', async () => {
    const { meta } = (await test.get('/dataset/versions?limit=1')).json();
    expect(meta.query).toEqual({
      as_of: 'latest',
      after: 0,
      limit: 1,
      ...PAIR,
      side: 'defender',
      scope: ['national'],
      basis: ['barrage'],
    });
    for (const query of ['after=-1', 'limit=501', 'attacker=RUS']) {
      expect((await test.get(`/dataset/versions?${query}`)).statusCode).toBe(400);
    }
  });

  it('gives the reason that all changes of a version share, and none where they differ', async () => {
    const reasons = async (): Promise<unknown[]> =>
      (await test.get('/dataset/versions?after=1'))
        .json()
        .data.map(({ reason }: { reason: unknown }) => reason);
    const corrected = (slug: string, because: string | null) => {
      const row = sourceRow({ slug, name: `${slug} renamed` });
      return write(test.db, (draft) => {
        draft.correct('source', row, 1, ['name'], 'misspelt');
        const other = sourceRow({ slug: `${slug}-2`, name: 'renamed' });
        draft.correct('source', other, 1, ['name'], because);
      });
    };
    await write(test.db, (draft) => {
      for (const slug of ['a', 'a-2', 'b', 'b-2', 'c', 'c-2']) {
        draft.create('source', sourceRow({ slug }));
      }
    });
    await corrected('a', 'misspelt');
    await corrected('b', 'a better name');
    await corrected('c', null);
    expect((await reasons()).slice(1)).toEqual(['misspelt', null, null]);
  });
});
