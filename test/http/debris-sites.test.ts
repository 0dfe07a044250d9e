import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { type TestApp, testApp } from '../support/test-app.js';

const PATH = '/barrages/rus-ukr-2024-09-07/debris-sites';
const [SITE] = CARD_NIGHT.debris_sites;
const SITED = { ...SITE, place: 'A square', latitude: 50.45, longitude: 30.52 };

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
  await test.post('/barrages', CARD_NIGHT);
});
afterEach(() => test.close());

describe('POST /barrages/{id}/debris-sites', () => {
  it('201 for a new site, 200 for the same again, 409 when it says otherwise', async () => {
    const created = await test.post(PATH, SITED);
    const { id } = created.json().data;
    expect(created.statusCode).toBe(201);
    expect(created.headers).toMatchObject({ location: `/debris-sites/${id}`, etag: `"${id}.1"` });
    expect((await test.post(PATH, SITED)).statusCode).toBe(200);
    const otherwise = await test.post(PATH, { ...SITED, injured: 2 });
    expect(otherwise.statusCode).toBe(409);
    expect(otherwise.json().errors).toEqual([expect.objectContaining({ pointer: '/injured' })]);
    expect((await test.get(`/debris-sites/${id}`)).json().data).toEqual(created.json().data);
  });

  it('422 for an unknown source or region, 404 for an unknown barrage or site', async () => {
    const wrong = await test.post(PATH, { ...SITED, source: 'nobody', region: 'UA-99' });
    expect(wrong.json().errors.map(({ code }: { code: string }) => code)).toEqual([
      'unknown_source',
      'unknown_region',
    ]);
    expect((await test.post('/barrages/rus-ukr-2024-09-08/debris-sites', SITED)).statusCode).toBe(
      404,
    );
    expect((await test.get('/debris-sites/dbs_01J00000000000000000000000')).statusCode).toBe(404);
  });
});

describe('GET /debris-sites', () => {
  it('gives GeoJSON by format or Accept; a site without coordinates has no geometry', async () => {
    await test.post(PATH, SITED);
    const byFormat = await test.get('/debris-sites?format=geojson&sort=night');
    expect(byFormat.headers['content-type']).toMatch('application/geo+json');
    const geometries = byFormat
      .json()
      .features.map(({ geometry }: { geometry: unknown }) => geometry);
    expect(geometries).toEqual([null, { type: 'Point', coordinates: [30.52, 50.45] }]);
    const byAccept = await test.get('/debris-sites?sort=night', { accept: 'application/geo+json' });
    expect(byAccept.json().features).toEqual(byFormat.json().features);
    const json = await test.get('/debris-sites?format=json', { accept: 'application/geo+json' });
    expect(json.json().data).toHaveLength(2);
  });

  it('filters by region, source and nights', async () => {
    const count = async (query: string) =>
      (await test.get(`/debris-sites?${query}`)).json().data.length;
    expect(await count('region=UA-30')).toBe(1);
    expect(await count('region=UA-32')).toBe(0);
    expect(await count('source=verkhovna-rada&from=2024-09-07')).toBe(1);
    expect(await count('to=2024-09-06')).toBe(0);
  });
});
