import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { currentVersion } from '../../src/storage/versions.js';
import { type TestApp, testApp } from '../support/test-app.js';

const ID = 'rus-ukr-2024-09-07';
const [CLAIM] = CARD_NIGHT.claims;

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(() => test.close());

const versionNow = async (): Promise<number> => (await currentVersion(test.db)).version;
const withClaim = (change: object): object => ({
  ...CARD_NIGHT,
  claims: [{ ...CLAIM, ...change }],
});

describe('POST /barrages', () => {
  describe('201', () => {
    it("records the card's night whole, with Location and ETag", async () => {
      const response = await test.post('/barrages', CARD_NIGHT);
      expect(response.statusCode).toBe(201);
      expect(response.headers).toMatchObject({
        location: `/barrages/${ID}`,
        etag: expect.stringMatching(/^"rus-ukr-2024-09-07\.1\.v\d+"$/),
      });
      const { data } = response.json();
      expect(data).toMatchObject({ id: ID, attacker: 'RUS', defender: 'UKR', night: '2024-09-07' });
      expect(data.claims[0]).toMatchObject({
        ...CLAIM,
        side: 'defender',
        scope: 'national',
        flags: [],
      });
      expect(data.totals).toEqual([
        expect.objectContaining({ munition: 'shahed-136-131', launched: 67, unaccounted: 0 }),
      ]);
    });

    it('keeps the debris site with its chain of sources', async () => {
      await test.post('/barrages', CARD_NIGHT);
      const { data } = (await test.get(`/barrages/${ID}`)).json();
      const site = {
        source: 'verkhovna-rada',
        via: 'Telegram',
        cited_by: [expect.objectContaining({ source: 'al-jazeera', published: '2024-09-07' })],
        region: 'UA-30',
        latitude: null,
        killed: 0,
        injured: 0,
      };
      expect(data.debris_sites).toEqual([expect.objectContaining(site)]);
      expect((await test.get('/debris-sites')).json().data).toEqual(data.debris_sites);
      const sources = data.sources.map(({ slug }: { slug: string }) => slug);
      expect(sources).toEqual(['al-jazeera', 'ua-air-force', 'verkhovna-rada']);
    });

    it('derives the night from the windows of the claims', async () => {
      const { night: _, ...without } = CARD_NIGHT;
      expect((await test.post('/barrages', without)).json().data.id).toBe(ID);
    });

    it('writes everything under one dataset version', async () => {
      const before = await versionNow();
      await test.post('/barrages', CARD_NIGHT);
      expect(await versionNow()).toBe(before + 1);
    });

    it('adds the counts of left_airspace_to up when left_airspace is left out', async () => {
      const { left_airspace: _, ...claim } = CLAIM ?? { left_airspace: 0 };
      const posted = {
        ...CARD_NIGHT,
        claims: [{ ...claim, left_airspace_to: { BLR: 4, RUS: 2 } }],
      };
      const { data } = (await test.post('/barrages', posted)).json();
      expect(data.claims[0].left_airspace).toBe(6);
    });

    it('resolves a munition alias to its slug', async () => {
      const { data } = (await test.post('/barrages', withClaim({ munition: 'geran-2' }))).json();
      expect(data.claims[0].munition).toBe('shahed-136-131');
    });

    it('keeps an impossible claim as claimed, flagged and without a rate, when the source really made it', async () => {
      const claim = {
        intercepted: 70,
        suppressed: null,
        left_airspace: null,
        left_airspace_to: null,
        as_reported: true,
      };
      const { data } = (await test.post('/barrages', withClaim(claim))).json();
      expect(data.claims[0].intercepted).toBe(70);
      expect(data.claims[0].flags).toContain('intercepted_exceeds_launched');
      const stats = (await test.get('/stats')).json().data;
      expect(stats.rates.interception).toMatchObject({
        value: null,
        reason: 'impossible_claims',
        numerator: 70,
      });
      expect(stats.flagged).toMatchObject({ intercepted_exceeds_launched: 1 });
    });

    it('accepts an unknown munition as new when told that it is as reported', async () => {
      const response = await test.post(
        '/barrages',
        withClaim({ munition: 'gerbera', as_reported: true }),
      );
      expect(response.json().data.claims[0].flags).toContain('unknown_munition');
      const { data } = (await test.get('/munitions')).json();
      expect(data).toContainEqual(
        expect.objectContaining({ slug: 'gerbera', category: 'uncategorised' }),
      );
    });
  });

  describe('200', () => {
    it('says that the same night is there already and writes nothing', async () => {
      const first = await test.post('/barrages', CARD_NIGHT);
      const before = await versionNow();
      const again = await test.post('/barrages', CARD_NIGHT);
      expect(again.statusCode).toBe(200);
      expect(again.json().data).toEqual(first.json().data);
      expect(await versionNow()).toBe(before);
    });
  });

  describe('401 and 403', () => {
    it.each([
      ['no key', null],
      ['an unknown key', 'bst_nobody'],
    ])('refuses %s', async (_name, key) => {
      const response = await test.post('/barrages', CARD_NIGHT, key);
      expect(response.statusCode).toBe(401);
      expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
      expect((await test.get('/barrages')).json().data).toEqual([]);
    });
  });

  describe('409', () => {
    it('shows what differs from the night that is there, and changes nothing', async () => {
      await test.post('/barrages', CARD_NIGHT);
      const before = await versionNow();
      const response = await test.post('/barrages', withClaim({ intercepted: 57 }));
      expect(response.statusCode).toBe(409);
      expect(response.headers.link).toBe(`</barrages/${ID}>; rel="related"`);
      expect(response.json().errors).toContainEqual(
        expect.objectContaining({
          pointer: '/claims/0/intercepted',
          code: 'differs',
          detail: expect.stringContaining('posted 57, recorded 58'),
        }),
      );
      expect(await versionNow()).toBe(before);
    });

    it('takes a count left out for a difference: not reported is a statement', async () => {
      await test.post('/barrages', CARD_NIGHT);
      const response = await test.post('/barrages', withClaim({ suppressed: null }));
      expect(response.json().errors[0].pointer).toBe('/claims/0/suppressed');
    });

    it('says where to post what the recorded barrage lacks', async () => {
      await test.post('/barrages', { ...CARD_NIGHT, debris_sites: [] });
      const response = await test.post('/barrages', CARD_NIGHT);
      expect(response.json().errors).toEqual([
        expect.objectContaining({
          pointer: '/debris_sites/0',
          code: 'not_recorded',
          detail: expect.stringContaining(`/barrages/${ID}/debris-sites`),
        }),
      ]);
    });
  });

  describe('422', () => {
    const cases: [string, object, string, string][] = [
      [
        'more intercepted than launched',
        withClaim({
          intercepted: 70,
          suppressed: null,
          left_airspace: null,
          left_airspace_to: null,
        }),
        '/claims/0/intercepted',
        'exceeds_launched',
      ],
      [
        'parts that exceed the launched',
        withClaim({ left_airspace: 7 }),
        '/claims/0/launched',
        'components_exceed_launched',
      ],
      [
        'more strike UAVs than launched',
        withClaim({ strike_uav_min: 68 }),
        '/claims/0/strike_uav_min',
        'strike_uavs_exceed_launched',
      ],
      [
        'a reversed window',
        withClaim({ window_start: '2024-09-07T09:00' }),
        '/claims/0/window_end',
        'window_reversed',
      ],
      [
        'a window of another night',
        withClaim({ window_end: '2024-09-09' }),
        '/claims/0/window_start',
        'night_mismatch',
      ],
      ['a negative count', withClaim({ launched: -1 }), '/claims/0/launched', 'too_small'],
      ['a fraction', withClaim({ launched: 1.5 }), '/claims/0/launched', 'invalid_type'],
      [
        'a date that does not exist',
        withClaim({ window_start: '2024-02-30' }),
        '/claims/0/window_start',
        'custom',
      ],
      [
        'an unknown source',
        withClaim({ source: 'ua-airforce' }),
        '/claims/0/source',
        'unknown_source',
      ],
      [
        'an unknown munition',
        withClaim({ munition: 'shaheed' }),
        '/claims/0/munition',
        'unknown_munition',
      ],
      ['an unknown zone', withClaim({ timezone: 'Europe/Kyivv' }), '/claims/0/timezone', 'custom'],
      ['an unknown field', withClaim({ interceptd: 3 }), '/claims/0/interceptd', 'unknown'],
      ['a missing source', withClaim({ source: undefined }), '/claims/0/source', 'required'],
      ['a party against itself', { ...CARD_NIGHT, attacker: 'UKR' }, '/defender', 'same_party'],
      [
        'an unknown region',
        { ...CARD_NIGHT, debris_sites: [{ ...CARD_NIGHT.debris_sites[0], region: 'UA-99' }] },
        '/debris_sites/0/region',
        'unknown_region',
      ],
      [
        'one coordinate without the other',
        { ...CARD_NIGHT, debris_sites: [{ ...CARD_NIGHT.debris_sites[0], latitude: 50 }] },
        '/debris_sites/0/longitude',
        'custom',
      ],
      ['a claim posted twice', { ...CARD_NIGHT, claims: [CLAIM, CLAIM] }, '/claims/1', 'repeated'],
      [
        'an alternative to no claim',
        withClaim({ alternative_to: 'clm_01J00000000000000000000000' }),
        '/claims/0/alternative_to',
        'not_a_headline_claim',
      ],
      ['no night and no claims', { attacker: 'RUS', defender: 'UKR' }, '/night', 'required'],
    ];
    it.each(cases)(
      'refuses %s, names the field and stores nothing',
      async (_name, body, pointer, code) => {
        const before = await versionNow();
        const response = await test.post('/barrages', body);
        expect(response.statusCode).toBe(422);
        expect(response.json().errors).toContainEqual(expect.objectContaining({ pointer, code }));
        expect(await versionNow()).toBe(before);
        expect((await test.get('/barrages')).json().data).toEqual([]);
      },
    );

    it('gives all field errors at once', async () => {
      const { errors } = (
        await test.post('/barrages', withClaim({ launched: -1, munition: 3, extra: 1 }))
      ).json();
      expect(errors.map(({ pointer }: { pointer: string }) => pointer).toSorted()).toEqual([
        '/claims/0/extra',
        '/claims/0/launched',
        '/claims/0/munition',
      ]);
    });

    it('asks "did you mean" for a near miss of a source', async () => {
      const { errors } = (
        await test.post('/barrages', withClaim({ source: 'ua-air-forse' }))
      ).json();
      expect(errors[0].detail).toContain('did you mean "ua-air-force"?');
    });
  });
});

describe('GET /barrages', () => {
  beforeEach(async () => {
    await test.post('/barrages', CARD_NIGHT);
    for (const day of ['01', '02', '03', '04', '05']) {
      const night = `2024-08-${day}`;
      const claim = { ...CLAIM, munition: 'kalibr', window_start: night, window_end: night };
      const posted = { ...CARD_NIGHT, night, claims: [claim], debris_sites: [] };
      expect((await test.post('/barrages', posted)).statusCode).toBe(201);
    }
  });

  const nights = async (query: string): Promise<string[]> =>
    (await test.get(`/barrages?${query}`)).json().data.map(({ night }: { night: string }) => night);

  it('lists the newest night first, and the oldest with sort=night', async () => {
    expect((await nights(''))[0]).toBe('2024-09-07');
    expect((await nights('sort=night'))[0]).toBe('2024-08-01');
  });

  it('filters by nights, munition, category, source, debris and pair', async () => {
    expect(await nights('from=2024-08-02&to=2024-08-03')).toEqual(['2024-08-03', '2024-08-02']);
    expect(await nights('munition=shahed')).toEqual(['2024-09-07']);
    expect(await nights('category=cruise_missile')).toHaveLength(5);
    expect(await nights('category=cruise_missile&munition=shahed')).toEqual([]);
    expect(await nights('source=ru-mod')).toEqual([]);
    expect(await nights('scope=regional')).toEqual([]);
    expect(await nights('basis=barrage&launch_place=Yeysk')).toHaveLength(6);
    expect(await nights('has_debris=true')).toEqual(['2024-09-07']);
    expect(await nights('has_debris=false')).toHaveLength(5);
    expect(await nights('attacker=XXA&defender=XXB')).toEqual([]);
  });

  it('gives totals always and parts only when asked for', async () => {
    const [bare] = (await test.get('/barrages?limit=1')).json().data;
    expect(bare.totals[0]).toMatchObject({ launched: 67, rates: { non_penetration: 1 } });
    expect(bare).not.toHaveProperty('claims');
    const [full] = (await test.get('/barrages?limit=1&include=claims,debris_sites,sources')).json()
      .data;
    expect(full.claims).toHaveLength(1);
    expect(full.debris_sites).toHaveLength(1);
  });

  it('walks every night once although another client writes meanwhile', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { data, page } = (await test.get(`/barrages?limit=2${cursor}`)).json();
      seen.push(...data.map(({ night }: { night: string }) => night));
      cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`;
      const night = `2024-08-${20 + seen.length}`;
      await test.post('/barrages', { attacker: 'RUS', defender: 'UKR', night });
    } while (cursor !== '');
    expect(seen).toEqual([
      '2024-09-07',
      '2024-08-05',
      '2024-08-04',
      '2024-08-03',
      '2024-08-02',
      '2024-08-01',
    ]);
  });

  it('echoes every default that shaped the answer', async () => {
    const { meta } = (await test.get('/barrages')).json();
    expect(meta.query).toMatchObject({
      attacker: 'RUS',
      defender: 'UKR',
      sort: '-night',
      limit: 50,
      as_of: 'latest',
      include: [],
    });
  });
});

describe('GET /barrages/{id}', () => {
  it('404 for a night that is not recorded', async () => {
    const response = await test.get('/barrages/rus-ukr-2024-09-08');
    expect(response.statusCode).toBe(404);
    expect(response.json().type).toBe('/problems/not-found');
  });

  it('400 for an id that is none', async () => {
    expect((await test.get('/barrages/2024-09-08')).statusCode).toBe(400);
  });

  it('answers an older version as it was', async () => {
    const before = await versionNow();
    await test.post('/barrages', CARD_NIGHT);
    expect((await test.get(`/barrages/${ID}?as_of=${before}`)).statusCode).toBe(404);
    expect((await test.get(`/barrages/${ID}?as_of=${before + 1}`)).statusCode).toBe(200);
  });
});
