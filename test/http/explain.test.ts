import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { type TestApp, testApp } from '../support/test-app.js';

const ID = 'rus-ukr-2024-09-07';
const [CLAIM] = CARD_NIGHT.claims;

let test: TestApp;
let headline: string;
beforeEach(async () => {
  test = await testApp();
  headline = (await test.post('/barrages', CARD_NIGHT)).json().data.claims[0].id;
});
afterEach(() => test.close());

async function record(changes: object): Promise<string> {
  const response = await test.post(`/barrages/${ID}/claims`, { ...CLAIM, ...changes });
  expect(response.statusCode, response.body).toBe(201);
  return response.json().data.id;
}

/** The card's night with one claim for each of the other reasons that its barrage can hold. */
async function withOthers() {
  return {
    counted: headline,
    other_side: await record({ source: 'ru-mod' }),
    alternative: await record({ target: 'Kyiv', launched: 70, alternative_to: headline }),
    regional: await record({ target: 'Odesa', scope: 'regional', intercepted: 20 }),
    tally: await record({
      target: 'Poltava',
      basis: 'tally',
      launched: 9,
      intercepted: 9,
      suppressed: null,
      left_airspace: null,
      left_airspace_to: null,
    }),
    launched_unknown: await record({
      target: 'Sumy',
      launched: null,
      intercepted: 4,
      as_reported: true,
    }),
    outcome_unknown: await record({
      munition: 'iskander-m',
      launched: 2,
      intercepted: null,
      suppressed: null,
      left_airspace: null,
      left_airspace_to: null,
    }),
  };
}

describe('GET /stats?explain=true', () => {
  it('names every claim of the summary with its reason and its address at that version', async () => {
    const ids = await withOthers();
    const { data, meta } = (await test.get('/stats?explain=true')).json();
    const { claims, counted, left_out, page } = data.explained;
    const reasons = Object.fromEntries(
      claims.map(({ id, reason }: Record<string, string>) => [id, reason ?? 'counted']),
    );
    expect(reasons).toEqual(Object.fromEntries(Object.entries(ids).map(([why, id]) => [id, why])));
    expect({ counted, left_out }).toEqual({ counted: 1, left_out: 6 });
    expect(page).toEqual({ limit: 50, has_more: false, next_cursor: null });
    expect(claims.find(({ id }: { id: string }) => id === headline)).toEqual({
      id: headline,
      href: `/claims/${headline}?as_of=${meta.dataset_version}`,
      barrage_id: ID,
      night: '2024-09-07',
      source: 'ua-air-force',
      side: 'defender',
      munition: 'shahed-136-131',
      scope: 'national',
      basis: 'barrage',
      launched: 67,
      intercepted: 58,
      suppressed: 3,
      left_airspace: 6,
      counted: true,
      reason: null,
      flags: [],
    });
    for (const { href, id } of claims) expect((await test.get(href)).json().data.id).toBe(id);
  });

  it('counts by the defaults that are asked for', async () => {
    const ids = await withOthers();
    const asked = 'scope=national,regional&basis=barrage,tally&explain=true';
    const { explained } = (await test.get(`/stats?${asked}`)).json().data;
    const counted = explained.claims.filter((claim: { counted: boolean }) => claim.counted);
    expect(counted.map(({ id }: { id: string }) => id).toSorted()).toEqual(
      [ids.counted, ids.regional, ids.tally].toSorted(),
    );
  });

  it('adds the list and nothing else to the summary, which without it has none', async () => {
    await withOthers();
    const { explained, ...summary } = (
      await test.get('/stats?explain=true&group_by=munition')
    ).json().data;
    expect(summary).toEqual((await test.get('/stats?group_by=munition')).json().data);
    expect(explained.claims).toHaveLength(7);
    const without = (await test.get('/stats?explain=false')).json();
    expect(without.data.explained).toBeUndefined();
    expect(without.meta.query.explain).toBe(false);
  });

  it('pages as one cut while writes go on, and each permalink answers its own page', async () => {
    await withOthers();
    const first = (await test.get('/stats?explain=true&limit=3')).json();
    await record({ target: 'Lviv', hit_locations: 1, launched: 68 });
    const ids: string[] = first.data.explained.claims.map(({ id }: { id: string }) => id);
    let answer = first;
    while (answer.data.explained.page.has_more) {
      const { next_cursor } = answer.data.explained.page;
      answer = (await test.get(`/stats?explain=true&limit=3&cursor=${next_cursor}`)).json();
      ids.push(...answer.data.explained.claims.map(({ id }: { id: string }) => id));
      expect(ids.length, 'a walk that ends').toBeLessThanOrEqual(7);
      expect(answer.meta.dataset_version).toBe(first.meta.dataset_version);
      expect(answer.meta.query).toMatchObject({ explain: true, limit: 3, cursor: next_cursor });
      const { permalink, digest } = answer.meta.citation;
      expect(permalink).toMatch(/as_of=\d+&.*cursor=.*explain=true&limit=3/);
      const pinned = (await test.get(permalink)).json();
      expect(pinned.data).toEqual(answer.data);
      expect(pinned.meta.citation.digest).toBe(digest);
    }
    expect(new Set(ids).size).toBe(7);
    expect(ids).toHaveLength(7);
    expect(first.meta.citation.permalink).toContain('limit=3');
    expect((await test.get(first.meta.citation.permalink)).json().data).toEqual(first.data);
    expect((await test.get('/stats?explain=true')).json().data.explained.claims).toHaveLength(8);
  });

  it('gives an empty list for a window without claims', async () => {
    const { explained } = (await test.get('/stats?explain=true&to=2020-01-01')).json().data;
    expect(explained).toEqual({
      claims: [],
      counted: 0,
      left_out: 0,
      page: { limit: 50, has_more: false, next_cursor: null },
    });
  });
});

describe('GET /stats 400 about explain', () => {
  it.each([
    ['limit=5', 'limit'],
    ['explain=false&limit=5', 'limit'],
    ['cursor=abc', 'cursor'],
    ['explain=1', 'explain'],
    ['explain=', 'explain'],
    ['explain=true&limit=0', 'limit'],
    ['explain=true&limit=501', 'limit'],
    ['explain=true&cursor=abc', 'cursor'],
  ])('%s', async (query, parameter) => {
    const response = await test.get(`/stats?${query}`);
    expect(response.statusCode).toBe(400);
    expect(response.json().errors[0].parameter).toBe(parameter);
  });

  it('names both at once', async () => {
    const { errors } = (await test.get('/stats?limit=5&cursor=abc')).json();
    expect(errors.map(({ parameter }: { parameter: string }) => parameter)).toEqual([
      'limit',
      'cursor',
    ]);
  });

  it('a cursor of another question, of another list, or of another version than as_of', async () => {
    await withOthers();
    const answer = (await test.get('/stats?explain=true&limit=2')).json();
    const { next_cursor: cursor } = answer.data.explained.page;
    const ofList = (await test.get('/claims?limit=2')).json().page.next_cursor;
    const older = answer.meta.dataset_version - 1;
    for (const query of [
      `side=attacker&cursor=${cursor}`,
      `group_by=night&cursor=${cursor}`,
      `munition=shahed-136-131&cursor=${cursor}`,
      `cursor=${ofList}`,
      `as_of=${older}&cursor=${cursor}`,
    ]) {
      const response = await test.get(`/stats?explain=true&${query}`);
      expect(response.statusCode, query).toBe(400);
      expect(response.json().type).toBe('/problems/invalid-cursor');
    }
    expect((await test.get(`/claims?limit=2&cursor=${cursor}`)).statusCode).toBe(400);
    // Only the size of a page may change on the way.
    expect((await test.get(`/stats?explain=true&limit=4&cursor=${cursor}`)).statusCode).toBe(200);
  });
});
