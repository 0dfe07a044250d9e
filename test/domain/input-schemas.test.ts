import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { barrageInputSchema } from '../../src/domain/barrage-input.js';
import {
  CLAIM_COUNTS,
  COUNT_MAX,
  citationStepSchema,
  claimIdSchema,
  claimInputSchema,
} from '../../src/domain/claim.js';
import { debrisSiteIdSchema, debrisSiteInputSchema } from '../../src/domain/debris-site.js';
import { httpUrlSchema, textSchema } from '../../src/domain/text.js';

/** Paths of everything that a schema refuses in a value. */
function refused(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.map(({ path }) => path.join('/'));
}

const CLAIM = {
  source: 'xxb-staff',
  munition: 'synthetic-uav',
  window_start: '2024-03-04T20:00',
  window_end: '2024-03-05',
};
const claimRefused = (changes: object) => refused(claimInputSchema, { ...CLAIM, ...changes });
const many = (count: number) => Array.from({ length: count }, (_, index) => `place ${index}`);
const map = (count: number) => Object.fromEntries(many(count).map((place) => [place, 1]));

describe('claimInputSchema', () => {
  it('fills in what may be left out: counts null, lists empty, national, barrage', () => {
    const claim = claimInputSchema.parse(CLAIM);
    for (const count of CLAIM_COUNTS) expect(claim[count], count).toBeNull();
    expect(claim).toMatchObject({
      ...CLAIM,
      timezone: 'Europe/Kyiv',
      launch_places: [],
      affected_regions: [],
      cited_by: [],
      scope: 'national',
      basis: 'barrage',
      alternative_to: null,
      as_reported: false,
    });
  });

  it.each(['source', 'munition', 'window_start', 'window_end'])('needs %s', (field) => {
    const { [field as keyof typeof CLAIM]: _, ...rest } = CLAIM;
    expect(refused(claimInputSchema, rest)).toEqual([field]);
  });

  it.each(CLAIM_COUNTS)(
    'takes %s from 0 to the limit in whole numbers, and nothing else',
    (count) => {
      for (const value of [0, 1, COUNT_MAX, null])
        expect(claimRefused({ [count]: value })).toEqual([]);
      for (const value of [
        -1,
        COUNT_MAX + 1,
        0.5,
        '5',
        Number.NaN,
        Number.POSITIVE_INFINITY,
        true,
        [],
        {},
      ]) {
        expect(claimRefused({ [count]: value }), String(value)).toEqual([count]);
      }
    },
  );

  it.each([
    '2023-02-29',
    '2024-03-05T24:00',
    '2024-03-05 06:00',
    '2024-03-05T06:00:00',
    '2024-03-05T06:00+02:00',
    '',
    20240305,
  ])('refuses the moment %j', (moment) => {
    expect(claimRefused({ window_start: moment })).toContain('window_start');
    expect(claimRefused({ window_end: moment })).toContain('window_end');
  });

  // Past the ends of the calendar that dates are written in, a night or a unit has no label.
  it.each(['0000-01-01', '0999-12-31', '9999-12-31', '9999-12-31T20:00'])(
    'refuses %s, of a year that nights cannot be reckoned in',
    (moment) => expect(claimRefused({ window_start: moment })).toContain('window_start'),
  );

  it.each(['Europe/Kyiv', 'Etc/UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3'])(
    'takes the zone %s',
    (timezone) => expect(claimRefused({ timezone })).toEqual([]),
  );
  it.each(['Europe/Atlantis', 'UTC+2', '+02:00', 'EET', '', 'Europe/', '../etc'])(
    'refuses the zone "%s"',
    (timezone) => expect(claimRefused({ timezone })).toContain('timezone'),
  );

  it('judges zones the same after more names than it remembers', () => {
    for (let index = 0; index < 1_100; index += 1) {
      expect(claimRefused({ timezone: `Atlantis/Zone${index}` })).toEqual(['timezone']);
    }
    expect(claimRefused({ timezone: 'Asia/Tokyo' })).toEqual([]);
    expect(claimRefused({ timezone: 'Asia/Tokyo' })).toEqual([]);
    expect(claimRefused({ timezone: 'Atlantis/Zone5000' })).toEqual(['timezone']);
  });

  it('refuses unknown fields instead of dropping them', () => {
    expect(claimRefused({ luanched: 5 })).toEqual(['']);
  });

  it.each([
    ['a control character', { note: 'a\u0007b' }, 'note'],
    ['an escape sequence', { target: '\u001b[31mred' }, 'target'],
    ['a NUL', { carriers: 'a\u0000' }, 'carriers'],
    ['half a surrogate pair, which no file can hold', { target: 'a\ud800' }, 'target'],
    ['text of blanks', { target: '   ' }, 'target'],
    ['too long a text', { target: 'x'.repeat(201) }, 'target'],
    ['too long a note', { note: 'x'.repeat(2001) }, 'note'],
    ['an empty place', { launch_places: ['a', ''] }, 'launch_places/1'],
    ['too many launch places', { launch_places: many(51) }, 'launch_places'],
    ['too many regions', { affected_regions: many(101) }, 'affected_regions'],
    ['too large a breakdown', { intercepted_by_place: map(201) }, 'intercepted_by_place'],
    [
      'a fraction in a breakdown',
      { intercepted_by_place: { east: 0.5 } },
      'intercepted_by_place/east',
    ],
    ['a country in lower case', { left_airspace_to: { blr: 1 } }, 'left_airspace_to/blr'],
    ['an address without a scheme', { url: 'example.org/1' }, 'url'],
    ['a javascript address', { url: 'javascript:alert(1)' }, 'url'],
    ['too long an address', { url: `https://example.org/${'x'.repeat(2000)}` }, 'url'],
    ['an unknown scope', { scope: 'global' }, 'scope'],
    ['an unknown basis', { basis: 'guess' }, 'basis'],
    ['an id that is none', { alternative_to: 'clm_1' }, 'alternative_to'],
    ['a slug in capitals', { munition: 'Shahed' }, 'munition'],
    [
      'too long a chain',
      { cited_by: Array.from({ length: 11 }, () => ({ source: 'wire' })) },
      'cited_by',
    ],
    [
      'a day that is none in the chain',
      { cited_by: [{ source: 'wire', published: '2023-02-29' }] },
      'cited_by/0/published',
    ],
    ['as_reported that is no boolean', { as_reported: 'yes' }, 'as_reported'],
  ])('refuses %s', (_, changes, path) => {
    expect(claimRefused(changes)).toEqual([path]);
  });

  it('takes an unknown number in a breakdown, line breaks and tabs in a note', () => {
    const changes = { intercepted_by_place: { ...map(199), west: null }, note: 'a\n\tb' };
    expect(claimRefused(changes)).toEqual([]);
  });

  it('tells everything that is wrong at once', () => {
    expect(
      claimRefused({ launched: -1, scope: 'x', window_end: 'x', note: '' }).toSorted(),
    ).toEqual(['launched', 'note', 'scope', 'window_end', 'window_end']);
  });
});

describe('debrisSiteInputSchema', () => {
  const SITE = { source: 'xxb-staff', place: 'Synthetic town' };
  const siteRefused = (changes: object) => refused(debrisSiteInputSchema, { ...SITE, ...changes });

  it('needs a source and a place, and leaves the rest not stated', () => {
    expect(debrisSiteInputSchema.parse(SITE)).toMatchObject({
      ...SITE,
      latitude: null,
      longitude: null,
      killed: null,
      injured: null,
      region: null,
    });
    expect(refused(debrisSiteInputSchema, {}).toSorted()).toEqual(['place', 'source']);
  });

  it('takes coordinates together or not at all', () => {
    expect(siteRefused({ latitude: 50.4, longitude: 30.5 })).toEqual([]);
    expect(siteRefused({ latitude: 0, longitude: 0 })).toEqual([]);
    expect(siteRefused({ latitude: 50.4 })).toEqual(['longitude']);
    expect(siteRefused({ longitude: 30.5 })).toEqual(['longitude']);
  });

  it.each([
    ['latitude', { latitude: 90.1, longitude: 0 }],
    ['latitude', { latitude: -90.1, longitude: 0 }],
    ['longitude', { latitude: 0, longitude: 180.1 }],
    ['longitude', { latitude: 0, longitude: -180.1 }],
    ['killed', { killed: -1 }],
    ['injured', { injured: 1.5 }],
    ['region', { region: 'Kyiv' }],
    ['place', { place: 'x'.repeat(301) }],
    ['', { colour: 'red' }],
  ])('refuses a wrong %s', (path, changes) => {
    expect(siteRefused(changes)).toEqual([path]);
  });
});

describe('barrageInputSchema', () => {
  it('takes the card’s night as it is', () => {
    expect(refused(barrageInputSchema, CARD_NIGHT)).toEqual([]);
  });

  it('takes up to 100 claims and 100 debris sites', () => {
    const parties = { attacker: 'XXA', defender: 'XXB' };
    const claims = (length: number) => Array.from({ length }, () => CLAIM);
    const debris_sites = Array.from({ length: 101 }, () => ({ source: 'a', place: 'b' }));
    expect(refused(barrageInputSchema, { ...parties, claims: claims(100) })).toEqual([]);
    expect(refused(barrageInputSchema, { ...parties, claims: claims(101), debris_sites })).toEqual([
      'claims',
      'debris_sites',
    ]);
  });

  it('names the field inside the claim that is wrong', () => {
    const claims = [CLAIM, { ...CLAIM, launched: -1 }];
    expect(refused(barrageInputSchema, { attacker: 'XXA', defender: 'XXB', claims })).toEqual([
      'claims/1/launched',
    ]);
  });
});

describe('citationStepSchema', () => {
  it.each(['2024-09-07', '2024-09-07T08:00', null])('takes %s as published', (published) => {
    expect(refused(citationStepSchema, { source: 'wire', published })).toEqual([]);
  });
});

describe('textSchema and httpUrlSchema', () => {
  it('trim and compose', () => {
    expect(textSchema(5).parse('  и\u0306  ')).toBe('й');
  });

  it('take http and https alone', () => {
    expect(refused(httpUrlSchema, 'https://example.org/ї?q=1#x')).toEqual([]);
    for (const url of ['//example.org', 'mailto:a@example.org', 'file:///etc/passwd', '']) {
      expect(refused(httpUrlSchema, url), url).not.toEqual([]);
    }
  });
});

describe('ids', () => {
  it('carry their kind and a ULID', () => {
    const ulid = '01J7A5Q4Z8N3M2K1H0G9F8E7D6';
    expect(refused(claimIdSchema, `clm_${ulid}`)).toEqual([]);
    expect(refused(debrisSiteIdSchema, `dbs_${ulid}`)).toEqual([]);
    expect(refused(claimIdSchema, `dbs_${ulid}`)).not.toEqual([]);
    expect(refused(claimIdSchema, `clm_${ulid.replace('A', 'I')}`)).not.toEqual([]);
  });
});
