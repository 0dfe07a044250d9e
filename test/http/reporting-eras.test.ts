import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeKey, type TestApp, testApp } from '../support/test-app.js';

const ERA = {
  party: 'UKR',
  code: 'D',
  from_night: '2026-06-01',
  meaning: 'A new meaning.',
  breaks: ['neutralisation'],
};

let test: TestApp;
let admin: string;
beforeEach(async () => {
  test = await testApp();
  admin = await makeKey(test.db, 'admin');
});
afterEach(() => test.close());

const eras = async () => (await test.get('/reporting-eras')).json().data;

describe('POST /reporting-eras', () => {
  it('201 records a new era and ends the running one the night before, in one version', async () => {
    const response = await test.post('/reporting-eras', ERA, admin);
    expect(response.statusCode).toBe(201);
    expect(response.json().data).toMatchObject({ id: 'ukr-d', to_night: null });
    const recorded = await eras();
    expect(recorded.find(({ id }: { id: string }) => id === 'ukr-c').to_night).toBe('2026-05-31');
    expect((await test.post('/reporting-eras', ERA, admin)).statusCode).toBe(200);
    const measures = (await test.get('/stats/measures')).json().data;
    const broken = measures.map(({ measure, broken_by }: Record<string, unknown>) => [
      measure,
      broken_by,
    ]);
    expect(broken).toEqual([
      ['interception', ['ukr-b', 'ukr-c']],
      ['neutralisation', ['ukr-b', 'ukr-d']],
      ['non_penetration', ['ukr-b']],
    ]);
  });

  it('gives another war or a single source eras of its own', async () => {
    await test.post('/sources', {
      slug: 'xxb-staff',
      name: 'Staff',
      party: 'XXB',
      kind: 'official',
    });
    const own = { source: 'xxb-staff', code: 'A', meaning: 'From the beginning.' };
    expect((await test.post('/reporting-eras', own, admin)).json().data.id).toBe('xxb-staff-a');
    expect(
      (await test.post('/reporting-eras', { party: 'XXB', code: 'A', meaning: 'Others.' }, admin))
        .statusCode,
    ).toBe(201);
  });

  it('200 for the same again although the next era has ended it since', async () => {
    await test.post('/reporting-eras', ERA, admin);
    const next = { ...ERA, code: 'E', from_night: '2026-09-01' };
    expect((await test.post('/reporting-eras', next, admin)).statusCode).toBe(201);
    expect((await test.post('/reporting-eras', ERA, admin)).statusCode).toBe(200);
  });

  it('403 with a key that may only write, 401 without one', async () => {
    expect((await test.post('/reporting-eras', ERA)).statusCode).toBe(403);
    expect((await test.post('/reporting-eras', ERA, null)).statusCode).toBe(401);
    expect(await eras()).toHaveLength(3);
  });

  it('409 for a code that means something else', async () => {
    const response = await test.post('/reporting-eras', { ...ERA, code: 'C' }, admin);
    expect(response.statusCode).toBe(409);
    expect(response.json().errors).toContainEqual(
      expect.objectContaining({ pointer: '/from_night' }),
    );
  });

  it.each([
    [
      'overlapping nights',
      { ...ERA, from_night: '2024-01-01', to_night: '2024-02-01' },
      '/from_night',
    ],
    ['both a party and a source', { ...ERA, source: 'ua-air-force' }, '/party'],
    ['neither', { ...ERA, party: null }, '/party'],
    ['an end before its beginning', { ...ERA, to_night: '2026-05-01' }, '/to_night'],
    ['an unknown source', { ...ERA, party: null, source: 'nobody' }, '/source'],
    [
      'an unknown munition',
      { ...ERA, intercepted_includes_suppressed_for: ['nothing'] },
      '/intercepted_includes_suppressed_for/0',
    ],
    ['an unknown measure', { ...ERA, breaks: ['kill_rate'] }, '/breaks/0'],
  ])('422 for %s', async (_name, body, pointer) => {
    const response = await test.post('/reporting-eras', body, admin);
    expect(response.statusCode).toBe(422);
    expect(response.json().errors).toContainEqual(expect.objectContaining({ pointer }));
    expect(await eras()).toHaveLength(3);
  });
});

describe('permalinks of every statistic', () => {
  it.each([
    '/stats/trend?measure=neutralisation',
    '/stats/compare?a_to=2024-09-07&b_from=2024-09-08&munition=shahed',
    '/stats/salvo-size?bins=5,10',
    '/stats/records?min_launched=3',
    '/stats/coverage',
    '/stats/decoys',
    '/stats/series?rolling=7&ewma=0.25&fill=empty',
    '/stats?launch_place=Chauda%2C%20Crimea&group_by=launch_place',
  ])('%s answers the same under its permalink', async (url) => {
    const { CARD_NIGHT } = await import('../../src/demo/card-night.js');
    await test.post('/barrages', CARD_NIGHT);
    const first = (await test.get(url)).json();
    await test.post('/barrages', { attacker: 'RUS', defender: 'UKR', night: '2024-10-01' });
    const again = (await test.get(first.meta.citation.permalink)).json();
    expect(again.data).toEqual(first.data);
    expect(again.meta.citation.digest).toBe(first.meta.citation.digest);
    expect(first.meta.citation.text).toMatch(/claims by (the defender|all sides)/);
  });
});
