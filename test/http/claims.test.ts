import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { commit } from '../../src/storage/commit.js';
import { type TestApp, testApp } from '../support/test-app.js';

const PATH = '/barrages/rus-ukr-2024-09-07/claims';
const [CLAIM] = CARD_NIGHT.claims;

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
  await test.post('/barrages', { ...CARD_NIGHT, claims: [] });
});
afterEach(() => test.close());

const overall = async () => (await test.get('/stats')).json().data;

describe('POST /barrages/{id}/claims', () => {
  it('201 with Location and ETag for a new claim', async () => {
    const response = await test.post(PATH, CLAIM);
    const { id } = response.json().data;
    expect(response.statusCode).toBe(201);
    expect(response.headers).toMatchObject({ location: `/claims/${id}`, etag: `"${id}.1"` });
    expect((await test.get(`/claims/${id}`)).json().data).toEqual(response.json().data);
  });

  it('200 for the same claim again, and for one that only says less about it', async () => {
    const { id } = (await test.post(PATH, { ...CLAIM, target: 'Ukraine', note: 'first' })).json()
      .data;
    for (const body of [{ ...CLAIM, target: 'Ukraine', note: 'first' }, CLAIM]) {
      const response = await test.post(PATH, body);
      expect(response.statusCode).toBe(200);
      expect(response.json().data.id).toBe(id);
    }
    expect(await overall()).toMatchObject({ claims: 1, launched: 67 });
  });

  it('409 for the same natural key with other counts', async () => {
    await test.post(PATH, CLAIM);
    const response = await test.post(PATH, {
      ...CLAIM,
      suppressed: 4,
      left_airspace: 5,
      left_airspace_to: null,
    });
    expect(response.statusCode).toBe(409);
    expect(response.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/suppressed',
      '/left_airspace',
    ]);
  });

  it('409 for the same statement under another address, unless the source made both', async () => {
    await test.post(PATH, { ...CLAIM, url: 'https://example.org/1' });
    const twin = { ...CLAIM, url: 'https://example.org/2' };
    const refused = await test.post(PATH, twin);
    expect(refused.statusCode).toBe(409);
    expect(refused.json().errors[0]).toMatchObject({ pointer: '/url', code: 'possible_duplicate' });
    expect((await overall()).launched).toBe(67);
    const accepted = await test.post(PATH, { ...twin, as_reported: true });
    expect(accepted.statusCode).toBe(201);
    expect(accepted.json().data.flags).toEqual(['possible_duplicate']);
  });

  it('takes a claim that competes with another into the range, never into the sum', async () => {
    const { id } = (await test.post(PATH, CLAIM)).json().data;
    const rival = {
      ...CLAIM,
      source: 'ru-mod',
      intercepted: 20,
      suppressed: null,
      left_airspace: null,
      left_airspace_to: null,
      alternative_to: id,
    };
    expect((await test.post(PATH, rival)).statusCode).toBe(201);
    const summary = await overall();
    expect(summary).toMatchObject({ claims: 1, intercepted: 58, excluded: { other_side: 1 } });
    expect(summary.claim_range.low).toBeCloseTo(20 / 67, 12);
    expect(summary.claim_range.high).toBeCloseTo(58 / 67, 12);
  });

  it('422 for an alternative to a claim about something else', async () => {
    const { id } = (await test.post(PATH, CLAIM)).json().data;
    const rival = { ...CLAIM, source: 'ru-mod', munition: 'kalibr', alternative_to: id };
    const response = await test.post(PATH, rival);
    expect(response.statusCode).toBe(422);
    expect(response.json().errors[0]).toMatchObject({ code: 'different_munition' });
  });

  it('200 whatever the order of keys in a map', async () => {
    const to = { left_airspace: 6, left_airspace_to: { BLR: 5, RUS: 1 } };
    await test.post(PATH, { ...CLAIM, ...to });
    const swapped = { ...CLAIM, ...to, left_airspace_to: { RUS: 1, BLR: 5 } };
    expect((await test.post(PATH, swapped)).statusCode).toBe(200);
  });

  it('422 for an alternative to an alternative', async () => {
    const { id } = (await test.post(PATH, CLAIM)).json().data;
    const rival = { ...CLAIM, source: 'ru-mod', alternative_to: id };
    const second = (await test.post(PATH, rival)).json().data.id;
    const response = await test.post(PATH, {
      ...rival,
      source: 'al-jazeera',
      alternative_to: second,
    });
    expect(response.statusCode).toBe(422);
    expect(response.json().errors[0]).toMatchObject({
      pointer: '/alternative_to',
      detail: expect.stringContaining(id),
    });
  });

  it('404 for a barrage that is not recorded, 401 without a key', async () => {
    expect((await test.post('/barrages/rus-ukr-2024-09-08/claims', CLAIM)).statusCode).toBe(404);
    expect((await test.post(PATH, CLAIM, null)).statusCode).toBe(401);
  });
});

describe('GET /claims', () => {
  it('gives a claim its side and, alone, the row it was made from', async () => {
    await test.post(PATH, CLAIM);
    await test.post(PATH, { ...CLAIM, source: 'ru-mod' });
    await test.post(PATH, { ...CLAIM, source: 'al-jazeera' });
    const { data } = (await test.get('/claims?sort=night')).json();
    const sides = data.map(({ source, side }: Record<string, string>) => `${source} ${side}`);
    expect(sides.toSorted()).toEqual([
      'al-jazeera third_party',
      'ru-mod attacker',
      'ua-air-force defender',
    ]);
    expect(data[0].provenance).toBeNull();
  });

  it('walks in pages and refuses the cursor of another query', async () => {
    for (const source of ['ua-air-force', 'ru-mod', 'al-jazeera'])
      await test.post(PATH, { ...CLAIM, source });
    const first = (await test.get('/claims?limit=2')).json();
    expect(first.page).toMatchObject({ limit: 2, has_more: true });
    const second = (await test.get(`/claims?limit=2&cursor=${first.page.next_cursor}`)).json();
    expect(second.page).toEqual({ limit: 2, has_more: false, next_cursor: null });
    const ids = [...first.data, ...second.data].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(3);
    const foreign = await test.get(
      `/claims?limit=2&source=ru-mod&cursor=${first.page.next_cursor}`,
    );
    expect(foreign.statusCode).toBe(400);
    expect(foreign.json().type).toBe('/problems/invalid-cursor');
    expect((await test.get('/claims?cursor=bm9uc2Vuc2U')).statusCode).toBe(400);
    expect(
      (await test.get(`/claims?cursor=${Buffer.from('{"version":1}').toString('base64url')}`))
        .statusCode,
    ).toBe(400);
  });

  it('walks one consistent cut even while a munition moves to another category', async () => {
    for (const source of ['ua-air-force', 'ru-mod', 'al-jazeera']) {
      await test.post(PATH, { ...CLAIM, source, munition: 'lancet' });
    }
    const first = (await test.get('/claims?category=uav&limit=2')).json();
    await commit(test.db, { actor: 'test', reason: null }, async (draft) => {
      const lancet = { slug: 'lancet', name: 'Lancet', aliases: [], components: [] };
      draft.correct('munition', { ...lancet, category: 'uncategorised' }, 1, ['category']);
    });
    const url = `/claims?category=uav&limit=2&cursor=${first.page.next_cursor}`;
    expect((await test.get(url)).json().data).toHaveLength(1);
    expect((await test.get('/claims?category=uav')).json().data).toEqual([]);
  });

  it('404 for a claim that is not recorded', async () => {
    expect((await test.get('/claims/clm_01J00000000000000000000000')).statusCode).toBe(404);
  });
});
