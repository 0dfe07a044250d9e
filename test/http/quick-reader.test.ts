import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BarrageInput, barrageInputSchema } from '../../src/domain/barrage-input.js';
import { quickReader, REFUSED } from '../../src/http/quick-reader.js';

const CLAIM = {
  source: 'xxb-air-defence',
  munition: 'synthetic-uav',
  window_start: '2024-03-04T20:00',
  window_end: '2024-03-05T05:00',
};
const BARRAGE = { attacker: 'XXA', defender: 'XXB', claims: [CLAIM] };
const SITE = { source: 'xxb-air-defence', place: 'A field' };
const withClaim = (said: object) => ({ ...BARRAGE, claims: [{ ...CLAIM, ...said }] });
const withSite = (said: object) => ({ ...BARRAGE, debris_sites: [{ ...SITE, ...said }] });

const read = quickReader(barrageInputSchema);

function asParsed(value: unknown): unknown {
  const result = barrageInputSchema.safeParse(value);
  return result.success ? result.data : REFUSED;
}

describe('quickReader', () => {
  it.each([
    ['a claim that says little', BARRAGE],
    ['no claims', { attacker: 'XXA', defender: 'XXB', night: '2024-03-05' }],
    ['what is trimmed', withClaim({ target: '  Synthetic town ', note: ' x' })],
    ['what is null', withClaim({ launched: null, url: null, left_airspace_to: null })],
    ['lists and maps', withClaim({ launch_places: [' a ', 'b'], left_airspace_to: { BLR: 2 } })],
    ['a chain of sources', withClaim({ cited_by: [{ source: 'xxb-staff' }] })],
    ['fields in another order', { claims: [CLAIM], note: 'x', defender: 'XXB', attacker: 'XXA' }],
    ['a site', withSite({ latitude: 50, longitude: 30 })],
    ['what was reported so', withClaim({ launched: 1, intercepted: 2, as_reported: true })],
  ])('reads %s as its schema does', (_, value) => {
    const input = read(value);
    expect(input).not.toBe(REFUSED);
    expect(input).toStrictEqual(asParsed(value));
  });

  it.each([
    ['null', null],
    ['a text', 'x'],
    ['a list', [BARRAGE]],
    ['a field missing', { attacker: 'XXA' }],
    ['a field of a claim missing', { ...BARRAGE, claims: [{ source: 'x' }] }],
    ['an unknown field', withClaim({ lunched: 3 })],
    ['a field that every object has', withClaim({ constructor: 'x' })],
    ['a wrong value', withClaim({ launched: 1.5 })],
    ['claims that are no list', { ...BARRAGE, claims: {} }],
    ['a list that is too long', { ...BARRAGE, claims: Array(101).fill(CLAIM) }],
    ['fields that do not go together', withSite({ latitude: 50 })],
    ['null for what has no null', { ...BARRAGE, claims: null }],
  ])('refuses %s, as its schema does', (_, value) => {
    expect(asParsed(value)).toBe(REFUSED);
    expect(read(value)).toBe(REFUSED);
  });

  it('agrees with its schema about anything', () => {
    const said = fc.dictionary(
      fc.constantFrom(...Object.keys(barrageInputSchema.shape.claims.def.innerType.element.shape)),
      fc.oneof(fc.jsonValue(), fc.nat(), fc.constantFrom('2024-03-05', 'synthetic-uav', [])),
    );
    fc.assert(
      fc.property(said, (fields) => {
        const value = withClaim(fields);
        expect(read(value)).toStrictEqual(asParsed(value));
      }),
      { numRuns: 500 },
    );
  });

  it('gives each object lists of its own', () => {
    const [one, other] = [read(BARRAGE), read(BARRAGE)] as [BarrageInput, BarrageInput];
    one.claims[0]?.launch_places.push('x');
    expect(other.claims[0]?.launch_places).toEqual([]);
  });

  it('asks an object that takes what it does not know of zod', () => {
    const loose = quickReader(z.looseObject({ a: z.string().default('x') }));
    expect(loose({ b: 1 })).toEqual({ a: 'x', b: 1 });
  });

  it('fails on a rule that waits', () => {
    const waiting = quickReader(z.string().refine(async () => true));
    expect(() => waiting('x')).toThrow();
  });
});
