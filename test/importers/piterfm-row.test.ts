import { describe, expect, it } from 'vitest';
import { readRow } from '../../src/importers/piterfm-row.js';
import { COLUMNS_2024, parse, parseRow, type Row, row } from './fixtures.js';

const reject = (changes: Row, columns?: readonly string[]) =>
  parse([row(), row({ source: 'kpszsu/posts/other', ...changes })], columns).rejects;

const COUNT = 'must be a whole number from 0 to 1000000, such as 93 or 93.0';
const TIME = 'must be a date, YYYY-MM-DD, or a date and time, YYYY-MM-DD HH:MM';

describe('a row becomes a claim', () => {
  it('with every column in its field', () => {
    const parsed = parseRow({
      launch_place: 'A oblast',
      target: 'Kyiv and Sumy oblast',
      target_main: 'Kyiv',
      launched: '20',
      destroyed: '9',
      not_reach_goal: '1',
      still_attacking: '2',
      border_crossing: "{'belarus': 3, 'poland': 1, 'russia': NaN}",
      is_shahed: '15',
      num_hit_location: '4',
      num_fall_fragment_location: '6',
      carrier: '2 x Tu-95MS',
      turbojet: '5',
      turbojet_destroyed: '3',
      'affected region': "['Kyiv oblast', '']",
      destroyed_details: "{'Kyiv': 3, 'Sumy oblast': NaN}",
    });
    expect(parsed).toMatchObject({
      line: 2,
      barrage: { attacker: 'RUS', defender: 'UKR', night: '2024-03-05' },
      regions: ['UA-30', 'UA-59', 'UA-32'],
      flags: [],
    });
    expect(parsed.content).toEqual({
      independent_of: [],
      assertion: null,
      quotation: null,
      source: 'ua-air-force',
      url: 'https://www.facebook.com/kpszsu/posts/invented0001',
      cited_by: [],
      munition: 'shahed-136-131',
      window_start: '2024-03-04T20:00',
      window_end: '2024-03-05T06:00',
      timezone: 'Europe/Kyiv',
      launched: 20,
      intercepted: 9,
      suppressed: 1,
      left_airspace: 4,
      left_airspace_to: { BLR: 3, POL: 1, RUS: null },
      still_airborne: 2,
      strike_uav_min: 15,
      hit_locations: 4,
      debris_locations: 6,
      turbojet: 5,
      turbojet_intercepted: 3,
      launch_places: ['A oblast'],
      target: 'Kyiv and Sumy oblast',
      target_main: 'Kyiv',
      carriers: '2 x Tu-95MS',
      affected_regions: ['Kyiv oblast'],
      intercepted_by_place: { Kyiv: 3, 'Sumy oblast': null },
      launched_by_munition: null,
      launch_places_by_munition: null,
      scope: 'national',
      basis: 'barrage',
      alternative_to: null,
      note: null,
    });
  });

  it('and keeps the row as published, without its empty cells', () => {
    expect(parseRow({ time_start: '2024-03-04 20:00 ', carrier: ' ' }).raw).toEqual({
      ...row(),
      time_start: '2024-03-04 20:00 ',
    });
  });

  it('that speaks of a munition by its slug or alias, if the database knows it', () => {
    const found = ['shahed-136/131', 'Kh-101'].map((model) => parseRow({ model }));
    expect(found.map(({ content, flags }) => [content.munition, content.basis, flags])).toEqual([
      ['shahed-136-131', 'barrage', []],
      ['x-101-x-555', 'barrage', []],
    ]);
  });

  it('with a flag for a country or a place that nobody knows; its number still left the airspace', () => {
    const { content, flags } = parseRow({
      launched: '11',
      border_crossing: "{'atlantis': 2, 'belarus': 1}",
    });
    expect(content).toMatchObject({ left_airspace: 3, left_airspace_to: { BLR: 1 } });
    expect(flags).toEqual(['unknown_place']);
    expect(parseRow({ border_crossing: "{'atlantis': 2}" }).content.left_airspace_to).toBeNull();
    expect(parseRow({ target: 'Nowhere oblast' }).flags).toEqual(['unknown_place']);
  });

  it.each([
    ['affected region', "['Kyiv oblast"],
    ['affected region', "{'Kyiv oblast': 1}"],
    ['affected region', "['Kyiv oblast', 1]"],
    ['destroyed_details', "{'Kyiv': 1"],
    ['destroyed_details', "{'Kyiv': 'many'}"],
    ['destroyed_details', "{'Kyiv': -1}"],
    ['destroyed_details', "{'Kyiv': 1.5}"],
    ['destroyed_details', "['Kyiv']"],
    ['launched_details', '7'],
    ['launch_place_details', "{'Kalibr': 7}"],
    ['launch_place_details', "['Black Sea']"],
    ['border_crossing', 'many'],
  ])('with an empty field and a flag where %s holds %s', (column, value) => {
    const { content, flags, raw } = parseRow({ [column]: value });
    expect(flags).toEqual(['unparsable_literal']);
    expect(raw[column]).toBe(value);
    expect(content).toMatchObject({
      affected_regions: [],
      intercepted_by_place: null,
      launched_by_munition: null,
      launch_places_by_munition: null,
      left_airspace: null,
      left_airspace_to: null,
    });
  });
});

describe('a row is rejected, with line, column, value and rule,', () => {
  it.each<[string, string, string | null, string]>([
    ['without a start', 'time_start', null, 'must be given'],
    ['without an end', 'time_end', null, 'must be given'],
    ['without a model', 'model', null, 'must be given'],
    ['without a source', 'source', null, 'must be given'],
    ['with a time that does not exist', 'time_end', '2024-02-30', TIME],
    ['with a time of another form', 'time_start', '04.03.2024', TIME],
    ['with a count that is no number', 'launched', 'ten', COUNT],
    ['with a negative count', 'destroyed', '-1', COUNT],
    ['with half a munition', 'still_attacking', '1.5', COUNT],
    ['with a count beyond any report', 'is_shahed', '1000001', COUNT],
    ['with a target too long', 'target', 'x'.repeat(201), 'must satisfy: at most 200 characters'],
    [
      'with a control character',
      'carrier',
      'Tu\u0007',
      'must satisfy: text without control characters',
    ],
    [
      'with a model without letters',
      'model',
      '???',
      'must satisfy: a slug: letters and digits with single hyphens between',
    ],
    ['with a broken address', 'source', 'https://', 'must begin with the name of a publisher'],
    [
      'with a publisher without letters',
      'source',
      '???',
      'must begin with the name of a publisher',
    ],
    [
      'with an impossible sum',
      'border_crossing',
      "{'belarus': 1000000, 'russia': 1}",
      'must satisfy: Too big: expected number to be <=1000000',
    ],
  ])('%s', (_, column, value, reason) => {
    const [first, ...more] = reject({ [column]: value ?? '' });
    expect(more).toEqual([]);
    expect(first).toEqual({
      line: 3,
      column,
      value: value !== null && value.length > 200 ? `${value.slice(0, 200)}…` : value,
      reason,
    });
  });

  it('with a bad number in one of the two old border columns', () => {
    expect(reject({ cross_border_belarus: 'x' }, COLUMNS_2024)).toEqual([
      { line: 3, column: 'cross_border_belarus', value: 'x', reason: COUNT },
    ]);
  });

  it('with border counts whose sum, over two columns, is beyond any report', () => {
    const sum = { cross_border_belarus: '1000000', back_russia: '1' };
    expect(reject(sum, COLUMNS_2024)).toMatchObject([
      { line: 3, column: 'border_crossing', value: null },
    ]);
  });
});

describe('readRow', () => {
  it('lets an error pass that is no fault of the row', () => {
    const context = {
      find: () => {
        throw new Error('broken catalogue');
      },
      sourceOf: () => null,
      derive: () => ({ regions: [], flags: [] }),
    };
    expect(() => readRow(2, row(), context)).toThrow('broken catalogue');
  });
});
