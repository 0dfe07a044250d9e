import { describe, expect, it } from 'vitest';
import { normaliseRow, reportOf } from '../../src/importers/piterfm-cells.js';

describe('reportOf', () => {
  it('is the trimmed source, and nothing where a row has none', () => {
    expect([reportOf({ source: ' a/b ' }), reportOf({})]).toEqual(['a/b', '']);
  });
});

describe('normaliseRow', () => {
  it.each([
    ['trims', { model: ' Lancet ' }, { model: 'Lancet' }],
    ['makes an empty cell null', { target: ' ', launched: '' }, { target: null, launched: null }],
    [
      'writes a one-digit hour with two',
      { time_start: '2023-05-16 3:30' },
      { time_start: '2023-05-16 03:30' },
    ],
    ['keeps a date-only time', { time_end: '2023-05-16 ' }, { time_end: '2023-05-16' }],
    [
      'makes 93.0 and 93 one number',
      { launched: '93.0', destroyed: '93' },
      { launched: 93, destroyed: 93 },
    ],
    ['keeps a count that is no number as text', { launched: '> 60' }, { launched: '> 60' }],
    ['parses a literal', { 'affected region': "['a  b']" }, { 'affected region': ['a b'] }],
    [
      'keeps an unparsable literal as text',
      { 'affected region': "['a" },
      { 'affected region': "['a" },
    ],
    ['makes an empty dict null', { border_crossing: '{}' }, { border_crossing: null }],
    ['keeps an empty list', { 'affected region': '[]' }, { 'affected region': [] }],
    ['keeps a null literal null', { destroyed_details: 'NaN' }, { destroyed_details: null }],
    [
      'joins the two border columns',
      { cross_border_belarus: '6.0', back_russia: '2' },
      { border_crossing: { belarus: 6, russia: 2 } },
    ],
    [
      'leaves an empty border column out',
      { cross_border_belarus: '', back_russia: '1' },
      { border_crossing: { russia: 1 } },
    ],
    ['makes two empty border columns nothing', { cross_border_belarus: '', back_russia: '' }, {}],
  ])('%s', (_, raw, cells) => {
    expect(normaliseRow(raw)).toEqual(cells);
  });
});
