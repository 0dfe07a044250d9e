import { describe, expect, it } from 'vitest';
import { KEY_SCOPES } from '../../src/domain/api-key.js';
import { barrageId, barrageIdSchema, barrageKey, nightSchema } from '../../src/domain/barrage.js';
import { BUCKETS } from '../../src/domain/calendar.js';
import { OPERATIONS } from '../../src/domain/change.js';
import { BASES, CLAIM_COUNTS, ORIGINS, SCOPES } from '../../src/domain/claim.js';
import { FLAGS, IMPOSSIBLE_FLAGS } from '../../src/domain/claim-flags.js';
import { countrySchema } from '../../src/domain/country.js';
import { MEASURE_DEFINITIONS, MEASURES, METHOD_VERSION } from '../../src/domain/measure.js';
import {
  CATEGORIES,
  categorySchema,
  componentNames,
  munitionSchema,
  unknownMunition,
} from '../../src/domain/munition.js';
import { SLUG_MAX, slugOf, slugSchema } from '../../src/domain/slug.js';
import { SIDES, SOURCE_KINDS, sideOf, sourceSchema } from '../../src/domain/source.js';

const accepts = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('closed lists', () => {
  it.each<[readonly string[]]>([
    [KEY_SCOPES],
    [OPERATIONS],
    [SCOPES],
    [BASES],
    [ORIGINS],
    [CLAIM_COUNTS],
    [FLAGS],
    [CATEGORIES],
    [SOURCE_KINDS],
    [SIDES],
    [MEASURES],
    [BUCKETS],
  ])('are in lower snake case, each word once: %s', (words) => {
    expect(words.filter((word) => !/^[a-z]+(_[a-z0-9]+)*$/.test(word))).toEqual([]);
    expect(new Set(words).size).toBe(words.length);
  });

  it('calls impossible only what is a flag', () => {
    expect(FLAGS).toEqual(expect.arrayContaining([...IMPOSSIBLE_FLAGS]));
  });
});

describe('MEASURE_DEFINITIONS', () => {
  it('defines every measure by the formula it is written as', () => {
    expect(Object.keys(MEASURE_DEFINITIONS)).toEqual([...MEASURES]);
    for (const measure of MEASURES) {
      const { numerator, formula, required } = MEASURE_DEFINITIONS[measure];
      const sum = numerator.join(' + ');
      expect(formula).toBe(`${numerator.length > 1 ? `(${sum})` : sum} / launched`);
      expect(required).toEqual(['launched', 'intercepted']);
    }
    expect(METHOD_VERSION).toBe(1);
  });
});

describe('barrageId and barrageKey', () => {
  it('are each other’s inverse', () => {
    const key = { attacker: 'XXA', defender: 'XXB', night: '2024-02-29' };
    expect(barrageId(key)).toBe('xxa-xxb-2024-02-29');
    expect(barrageKey(barrageId(key))).toEqual(key);
    expect(accepts(barrageIdSchema, barrageId(key))).toBe(true);
  });

  it.each(['XXA-XXB-2024-02-29', 'xxa-xxb', 'xxa-xxb-2024-2-29', 'xxa-xxb-2024-02-29 '])(
    'refuses %s as an id',
    (id) => expect(accepts(barrageIdSchema, id)).toBe(false),
  );
});

describe('nightSchema and countrySchema', () => {
  it('take calendar dates only', () => {
    expect(
      ['2024-02-29', '2023-02-29', '2024-9-7'].map((night) => accepts(nightSchema, night)),
    ).toEqual([true, false, false]);
  });

  it('take three capital letters only', () => {
    expect(['XXA', 'xxa', 'XX', 'XXAB', 'X1A'].map((code) => accepts(countrySchema, code))).toEqual(
      [true, false, false, false, false],
    );
  });
});

describe('slugOf', () => {
  it.each([
    ['Shahed-136/131', 'shahed-136-131'],
    ['3M22 Zircon', '3m22-zircon'],
    ['Молнія', 'молнія'],
    [' (decoy) UAV! ', 'decoy-uav'],
    ['Й', 'й'],
    ['X — 101 ... 555', 'x-101-555'],
    ['///', ''],
  ])('of "%s" is "%s"', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it('gives what slugSchema takes, and is its own slug', () => {
    const slug = slugOf('Герань-2 / Geran 2');
    expect(accepts(slugSchema, slug)).toBe(true);
    expect(slugOf(slug)).toBe(slug);
  });
});

describe('slugSchema', () => {
  it.each(['Shahed', 'a--b', '-a', 'a-', 'a_b', 'a b', '', 'и\u0306', 'a'.repeat(SLUG_MAX + 1)])(
    'refuses "%s"',
    (slug) => expect(accepts(slugSchema, slug)).toBe(false),
  );

  it('takes letters and digits of any script up to its length', () => {
    expect(accepts(slugSchema, 'молнія-2')).toBe(true);
    expect(accepts(slugSchema, 'a'.repeat(SLUG_MAX))).toBe(true);
  });
});

describe('munitions', () => {
  it.each([
    ['Kalibr and Iskander-K', ['Kalibr', 'Iskander-K']],
    ['A  and\tB and C', ['A', 'B', 'C']],
    ['Kalibr', []],
    ['Grandand', []],
    ['Kalibr and ', []],
    ['', []],
  ])('finds the parts of "%s"', (name, parts) => {
    expect(componentNames(name)).toEqual(parts);
  });

  it('accept one that nobody has described, as it is named, with its name composed', () => {
    expect(unknownMunition('Kalibr and Буреви\u0306')).toEqual({
      slug: 'kalibr-and-буревй',
      name: 'Kalibr and Буревй',
      category: 'uncategorised',
      aliases: [],
      components: ['kalibr', 'буревй'],
    });
    expect(accepts(munitionSchema, unknownMunition('Feniks'))).toBe(true);
    expect(unknownMunition('Feniks').components).toEqual([]);
  });

  it('know no category outside the list', () => {
    expect(accepts(categorySchema, 'uav')).toBe(true);
    expect(accepts(categorySchema, 'drone')).toBe(false);
  });
});

describe('sideOf', () => {
  const barrage = { attacker: 'XXA', defender: 'XXB' };
  it.each([
    ['XXB', 'defender'],
    ['XXA', 'attacker'],
    ['XXC', 'third_party'],
    [null, 'third_party'],
  ])('puts a source of %s on the side %s', (party, side) => {
    expect(sideOf(party, barrage)).toBe(side);
  });

  it('puts the same source on the other side in the other direction', () => {
    expect(sideOf('XXB', { attacker: 'XXB', defender: 'XXA' })).toBe('attacker');
  });
});

describe('sourceSchema', () => {
  const source = { slug: 'xxb-staff', name: 'Staff', kind: 'official' };
  it('fills in what may be left out', () => {
    expect(sourceSchema.parse(source)).toEqual({ ...source, party: null, url: null, note: null });
  });

  it.each([
    ['an unknown field', { ...source, colour: 'red' }],
    ['an unknown kind', { ...source, kind: 'rumour' }],
    ['a party in lower case', { ...source, party: 'xxb' }],
    ['an empty name', { ...source, name: ' ' }],
    ['an address that is no http address', { ...source, url: 'ftp://example.org' }],
  ])('refuses %s', (_, value) => {
    expect(accepts(sourceSchema, value)).toBe(false);
  });
});
