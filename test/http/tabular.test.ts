import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { columnsOf, csvOf, ndjsonOf } from '../../src/http/tabular.js';

const schema = z.object({
  id: z.string(),
  launched: z.number().nullable(),
  rate: z
    .object({ value: z.number().nullable(), wilson: z.array(z.number()).nullable() })
    .nullable(),
  places: z.array(z.string()).optional(),
  counted: z.boolean().default(false),
});
const columns = columnsOf(schema);

describe('a table', () => {
  it('has the columns of its schema, in their order', () => {
    expect(columns).toEqual(['id', 'launched', 'rate.value', 'rate.wilson', 'places', 'counted']);
  });

  it('has its header without any row, and rows end with CRLF', () => {
    expect(csvOf(columns, [], true)).toBe(`${columns.join(',')}\r\n`);
    expect(csvOf(['id'], [{ id: 'a' }], false)).toBe('a\r\n');
    expect(csvOf(columns, [], false)).toBe('');
  });

  it('leaves null empty, never zero, and writes lists and maps as JSON', () => {
    const row = {
      id: 'a',
      launched: null,
      rate: { value: 0, wilson: [0, 1] },
      places: [],
      counted: true,
    };
    expect(csvOf(columns, [row], false)).toBe('a,,0,"[0,1]",,true\r\n');
    expect(csvOf(columns, [{ id: 'a', launched: 0, rate: null }], false)).toBe('a,0,,,,\r\n');
  });

  it('defuses what a spreadsheet would run, and no number', () => {
    expect(csvOf(['id', 'launched'], [{ id: '=1+1', launched: -2 }], false)).toBe("'=1+1,-2\r\n");
    for (const sign of ['+', '-', '@'])
      expect(csvOf(['id'], [{ id: `${sign}x` }], false)).toBe(`'${sign}x\r\n`);
  });

  it('is read back as it was written, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (texts) => {
        const safe = texts.map((text) => `x${text}`);
        const csv = csvOf(
          ['id'],
          safe.map((id) => ({ id })),
          true,
        );
        const read = parse(csv, { columns: true, record_delimiter: '\r\n' }) as { id: string }[];
        expect(read.map(({ id }) => id)).toEqual(safe);
      }),
    );
  });

  it('is one JSON value a line as NDJSON', () => {
    expect(ndjsonOf([{ id: 'a\nb' }, { id: null }])).toBe('{"id":"a\\nb"}\n{"id":null}\n');
    expect(ndjsonOf([])).toBe('');
  });
});
