import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../support/test-app.js';

const SOURCE = { slug: 'example-agency', name: 'Example agency', kind: 'media' };

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(() => test.close());

describe('GET code lists', () => {
  it("gives Ukraine's 27 regions by ISO 3166-2", async () => {
    const { data } = (await test.get('/regions')).json();
    expect(data).toHaveLength(27);
    expect(data).toContainEqual(expect.objectContaining({ code: 'UA-30', name: 'Kyiv (city)' }));
  });

  it('gives the three eras of the Ukrainian sources', async () => {
    const { data } = (await test.get('/reporting-eras')).json();
    const spans = data.map(({ code, from_night, to_night }: Record<string, string>) => [
      code,
      from_night,
      to_night,
    ]);
    expect(spans).toEqual([
      ['A', null, '2024-07-09'],
      ['B', '2024-07-10', '2025-07-23'],
      ['C', '2025-07-24', null],
    ]);
  });

  it('gives munitions with their aliases', async () => {
    const { data } = (await test.get('/munitions')).json();
    const kh101 = data.find(({ aliases }: { aliases: string[] }) => aliases.includes('kh-101'));
    expect(kh101).toMatchObject({ slug: 'x-101-x-555', category: 'cruise_missile' });
    expect(kh101.aliases).toContain('х-101');
  });
});

describe('POST /sources', () => {
  it('201, then 200 for the same, then 409 when it says otherwise', async () => {
    const created = await test.post('/sources', SOURCE);
    expect(created.statusCode).toBe(201);
    expect(created.json().data).toEqual({ ...SOURCE, party: null, url: null, note: null });
    expect((await test.post('/sources', SOURCE)).statusCode).toBe(200);
    const otherwise = await test.post('/sources', { ...SOURCE, party: 'UKR' });
    expect(otherwise.statusCode).toBe(409);
    expect(otherwise.json().errors[0].pointer).toBe('/party');
    expect((await test.get('/sources')).json().data).toContainEqual(created.json().data);
  });

  it('201 for a slug in any script, with a validator that a header can carry', async () => {
    const gazette = { slug: 'газета-київ', name: 'Газета', kind: 'media' };
    const response = await test.post('/sources', gazette);
    expect(response.statusCode).toBe(201);
    expect(response.headers['etag']).toMatch(/^"[!-~]+\.1"$/);
    expect(response.json().data.slug).toBe('газета-київ');
  });

  it('422 for a slug, a kind or an address that is none', async () => {
    const { errors } = (
      await test.post('/sources', { ...SOURCE, slug: 'Not A Slug', kind: 'rumour', url: 'ftp://x' })
    ).json();
    const pointers = errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(new Set(pointers)).toEqual(new Set(['/slug', '/kind', '/url']));
  });
});
