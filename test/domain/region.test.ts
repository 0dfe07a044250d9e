import { describe, expect, it } from 'vitest';
import { regionIndex, regionSchema, resolvePlaces, splitPlaces } from '../../src/domain/region.js';

const REGIONS = [
  { code: 'XB-01', name: 'North oblast', country: 'XXB', aliases: ['Northtown', 'NORD'] },
  { code: 'XB-02', name: 'Southtown (city)', country: 'XXB', aliases: [] },
  { code: 'XB-03', name: 'Andmark oblast', country: 'XXB', aliases: [] },
];
const index = regionIndex(REGIONS);
const resolve = (...texts: string[]) => resolvePlaces(texts, index);

describe('resolvePlaces', () => {
  it('finds a region by any of its names, whatever the case', () => {
    for (const text of ['North oblast', 'northtown', 'Nord', 'NORTH OBLAST']) {
      expect(resolve(text)).toEqual({ regions: ['XB-01'], unknown: [] });
    }
  });

  it('stays in the region when a comma or a bracket narrows a place down', () => {
    expect(resolve('North oblast, port', 'North oblast (port)').regions).toEqual(['XB-01']);
    expect(resolve('Southtown (city)').regions).toEqual(['XB-02']);
  });

  it('keeps each region once, in the order of first mention', () => {
    expect(resolve('Southtown (city) and North oblast', 'Northtown').regions).toEqual([
      'XB-02',
      'XB-01',
    ]);
  });

  it('does not split inside a word', () => {
    expect(resolve('Andmark oblast').regions).toEqual(['XB-03']);
  });

  it.each(['Ukraine', 'front line', 'south', 'north-east', 'center', 'Black Sea', 'Sea of Azov'])(
    'sites "%s" nowhere without calling it unknown',
    (text) => expect(resolve(text)).toEqual({ regions: [], unknown: [] }),
  );

  it('keeps what names no region as text, each once', () => {
    expect(resolve('Atlantis and North oblast', 'Atlantis', 'southish')).toEqual({
      regions: ['XB-01'],
      unknown: ['Atlantis', 'southish'],
    });
    expect(resolve('', '(port)')).toEqual({ regions: [], unknown: ['(port)'] });
  });
});

describe('splitPlaces', () => {
  it.each([
    ['A and B', ['A', 'B']],
    ['A  oblast and\nB', ['A oblast', 'B']],
    ['A and and B and ', ['A', 'B']],
    ['A, B', ['A, B']],
    ['', []],
  ])('splits "%s"', (text, places) => {
    expect(splitPlaces(text)).toEqual(places);
  });
});

describe('regionSchema', () => {
  it.each(['UA-30', 'XB-1', 'XB-ABC'])('takes the code %s', (code) => {
    expect(regionSchema.shape.code.safeParse(code).success).toBe(true);
  });
  it.each(['UA30', 'ua-30', 'UA-', 'UA-1234', 'UKR-30'])('refuses the code %s', (code) => {
    expect(regionSchema.shape.code.safeParse(code).success).toBe(false);
  });
});
