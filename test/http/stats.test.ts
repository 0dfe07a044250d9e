import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
  await test.post('/barrages', CARD_NIGHT);
});
afterEach(() => test.close());

describe('GET /stats', () => {
  it("names the card's night three ways: 58, 61 and 67 of 67", async () => {
    const { data } = (await test.get('/stats')).json();
    const { interception, neutralisation, non_penetration } = data.rates;
    expect(interception).toMatchObject({
      numerator: 58,
      denominator: 67,
      nights: 1,
      claims: 1,
      night_clustered: null,
      reason: null,
      comparable: true,
    });
    expect(interception.value).toBeCloseTo(0.8656716417910447, 15);
    expect(interception.wilson[0]).toBeCloseTo(0.7639962773866296, 12);
    expect(interception.wilson[1]).toBeCloseTo(0.927689083357045, 12);
    expect(neutralisation.value).toBeCloseTo(61 / 67, 15);
    expect(non_penetration).toMatchObject({ value: 1, wilson: [expect.any(Number), 1] });
    expect(data).toMatchObject({
      unaccounted: 0,
      hit_locations: null,
      still_airborne: null,
      claim_range: { low: 58 / 67, high: 58 / 67 },
    });
  });

  it('resolves aliases in a query and echoes the slug', async () => {
    const { data, meta } = (await test.get('/stats?munition=geran-2')).json();
    expect(data.launched).toBe(67);
    expect(meta.query.munition).toEqual(['shahed-136-131']);
  });

  it('spells every default out and cites itself', async () => {
    const { meta } = (await test.get('/stats?group_by=month')).json();
    expect(meta.query).toEqual({
      attacker: 'RUS',
      defender: 'UKR',
      side: 'defender',
      scope: ['national'],
      basis: ['barrage'],
      group_by: ['month'],
      as_of: 'latest',
    });
    expect(meta.method_version).toBe(1);
    expect(meta.citation.digest).toMatch(/^sha-256=:[A-Za-z0-9+/]{43}=:$/);
    expect(meta.citation.text).toContain(meta.citation.permalink);
  });

  it('answers the same data under its permalink after later writes', async () => {
    const before = (await test.get('/stats?group_by=month,munition')).json();
    const [claim] = CARD_NIGHT.claims;
    const later = { ...claim, window_start: '2024-09-08', window_end: '2024-09-08' };
    await test.post('/barrages', { attacker: 'RUS', defender: 'UKR', claims: [later] });
    const pinned = (await test.get(before.meta.citation.permalink)).json();
    expect(pinned.data).toEqual(before.data);
    expect(pinned.meta.citation.digest).toBe(before.meta.citation.digest);
    expect((await test.get('/stats')).json().data.claims).toBe(2);
  });

  it('answers as of an instant, and refuses one in the future or before the first version', async () => {
    const { as_of } = (await test.get('/stats')).json().meta;
    expect((await test.get(`/stats?as_of=${as_of}`)).json().data.claims).toBe(1);
    for (const asOf of ['2199-01-01T00:00:00Z', '1999-01-01T00:00:00Z', '99', 'yesterday', '0']) {
      const response = await test.get(`/stats?as_of=${asOf}`);
      expect(response.statusCode, asOf).toBe(400);
      expect(response.json().errors[0].parameter).toBe('as_of');
    }
  });

  it('gives nulls with reasons for a window without claims', async () => {
    const { data } = (await test.get('/stats?to=2020-01-01&group_by=night')).json();
    expect(data).toMatchObject({ launched: null, claims: 0, groups: [], claim_range: null });
    expect(data.rates.interception).toMatchObject({
      value: null,
      reason: 'no_claims',
      numerator: null,
      denominator: null,
    });
  });
});

describe('GET /stats 400', () => {
  const cases: [string, string, RegExp][] = [
    ['munitoin=shahed', 'munitoin', /did you mean "munition"/],
    ['munition=shaheed', 'munition', /did you mean "shahed"/],
    ['source=nobody-at-all', 'source', /no source "nobody-at-all"/],
    ['region=UA-99', 'region', /no region/],
    ['category=uavs', 'category', /did you mean "uav"/],
    ['from=2024-09-31', 'from', /exists in the calendar/],
    ['from=07.09.2024', 'from', /YYYY-MM-DD/],
    ['from=2024-09-08&to=2024-09-07', 'to', /not before from/],
    ['attacker=ru', 'attacker', /alpha-3/],
    ['side=both', 'side', /defender/],
    ['side=defender,attacker', 'side', /defender/],
    ['scope=national,', 'scope', /./],
    ['munition=', 'munition', /empty/],
    ['from=2024-01-01&from=2024-01-02', 'from', /more than once/],
    ['group_by=night,week,month', 'group_by', /at most 2/],
    ['group_by=night,night', 'group_by', /two different/],
    ['limit=5', 'limit', /only together with explain=true/],
    ['lmit=5', 'lmit', /did you mean "limit"/],
  ];
  it.each(cases)('%s', async (query, parameter, detail) => {
    const response = await test.get(`/stats?${query}`);
    expect(response.statusCode).toBe(400);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json().errors[0]).toMatchObject({
      parameter,
      detail: expect.stringMatching(detail),
    });
  });
});

describe('GET /stats/series', () => {
  it('gives a point per unit with a report, and the others only when asked', async () => {
    const sparse = (
      await test.get('/stats/series?bucket=month&from=2024-08-01&to=2024-10-31')
    ).json().data;
    expect(sparse.points.map(({ bucket }: { bucket: string }) => bucket)).toEqual(['2024-09']);
    const full = (
      await test.get(
        '/stats/series?bucket=month&from=2024-08-01&to=2024-10-31&fill=empty&rolling=30',
      )
    ).json().data;
    const statuses = full.points.map(({ bucket, status, launched }: Record<string, unknown>) => [
      bucket,
      status,
      launched,
    ]);
    expect(statuses).toEqual([
      ['2024-08', 'silent', null],
      ['2024-09', 'final', 67],
      ['2024-10', 'silent', null],
    ]);
    expect(full.points[0].rolling).toBeNull();
    expect(full.points[1]).toMatchObject({ era: 'B', rolling: { numerator: 58, denominator: 67 } });
  });

  it.each([
    'rolling=0',
    'rolling=366',
    'rolling=1e1',
    'bucket=day',
    'measure=kill_rate',
    'fill=zero',
  ])('400 for %s', async (query) => {
    expect((await test.get(`/stats/series?${query}`)).statusCode).toBe(400);
  });
});
