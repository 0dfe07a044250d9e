import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, readHeader, streamCsv } from '../../src/importers/csv.js';
import { shown } from '../../src/importers/csv-records.js';
import { ImportRefused } from '../../src/importers/import-refused.js';

describe('readCsv', () => {
  it.each([
    ['comma, LF', 'a,b\n1,2\n3,4\n'],
    ['no last line end', 'a,b\n1,2\n3,4'],
    ['semicolon, CRLF', 'a;b\r\n1;2\r\n3;4\r\n'],
    ['BOM', '\uFEFFa,b\n1,2\n3,4\n'],
    ['spaces and quotes in the header', '"a" , b\n1,2\n3,4\n'.replace('"a" ', '"a"')],
  ])('reads %s', (_, text) => {
    expect(readCsv(text)).toEqual({
      header: ['a', 'b'],
      records: [
        { line: 2, cells: ['1', '2'] },
        { line: 3, cells: ['3', '4'] },
      ],
      rejects: [],
    });
  });

  it('numbers records by physical line, over blank lines and line breaks in cells', () => {
    const { records } = readCsv('a,b\r\n\r\n"1\r\n1",2\r\n3,4\r\n');
    expect(records.map(({ line }) => line)).toEqual([3, 5]);
    expect(records[0]?.cells).toEqual(['1\r\n1', '2']);
  });

  it('keeps a comma inside a semicolon file in its cell', () => {
    expect(readCsv('a;b\nx, y;2\n').records[0]?.cells).toEqual(['x, y', '2']);
  });

  it('rejects a record with the wrong number of cells and reads the others', () => {
    const { records, rejects } = readCsv('a,b\n1\n1,2,3\n5,6\n');
    expect(records).toEqual([{ line: 4, cells: ['5', '6'] }]);
    const reason = 'must have 2 cells, as the header has';
    expect(rejects).toEqual([
      { line: 2, column: null, value: '1 cell', reason },
      { line: 3, column: null, value: '3 cells', reason },
    ]);
  });

  it.each([
    ['never closed', '1,"2'],
    ['followed by text', '1,"2"x'],
    ['inside a cell', '1,2"x'],
  ])('rejects only the line of a quote that is %s', (_, line) => {
    const { records, rejects } = readCsv(`a,b\n0,0\n${line}\n\n3,"4"\n5\n`);
    expect(records).toEqual([
      { line: 2, cells: ['0', '0'] },
      { line: 5, cells: ['3', '4'] },
    ]);
    expect(rejects).toEqual([
      {
        line: 3,
        column: null,
        value: line,
        reason: 'a quote must open at the start of a cell and close at its end',
      },
      { line: 6, column: null, value: '1 cell', reason: 'must have 2 cells, as the header has' },
    ]);
  });

  it.each([
    ['empty', ''],
    ['with a broken quote', 'a,"b\n1,2\n'],
  ])('refuses a text whose header is %s', (_, text) => {
    expect(() => readHeader(text)).toThrow(ImportRefused);
    expect(() => readCsv(text)).toThrow('line 1 must be a header');
  });
});

describe('streamCsv', () => {
  const pieces = (text: string, cuts: readonly number[]): string[] => {
    const at = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].toSorted(
      (a, b) => a - b,
    );
    return at.slice(1).map((end, index) => text.slice(at[index], end));
  };

  it('reads the same from pieces of any length', () => {
    const text = '\uFEFFa;b\r\n1;2\r\n\r\n"x\r\n;y";"""z"""\r\n3\r\n"4";5';
    const whole = [...streamCsv(() => [text]).events];
    expect(whole).toHaveLength(4);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 8 }), (cuts) => {
        const { header, events } = streamCsv(() => ['', ...pieces(text, cuts)]);
        expect(header).toEqual(['a', 'b']);
        expect([...events]).toEqual(whole);
      }),
    );
  });

  it('steps over blank lines, and reads whole quotes, also line by line', () => {
    const { records, rejects } = readCsv('a,b\n1,"2\n\n"3",4\n5,6\n');
    expect(records).toEqual([
      { line: 4, cells: ['3', '4'] },
      { line: 5, cells: ['5', '6'] },
    ]);
    expect(rejects.map(({ line }) => line)).toEqual([2]);
  });

  it('fails as its source fails, and takes nothing for a broken quote', () => {
    function* failing() {
      yield 'a,b\n1,2\n';
      throw new Error('the disk');
    }
    const { events } = streamCsv(failing);
    expect(() => [...events]).toThrow('the disk');
  });

  it('gives the records before a broken quote, says that they are void, and reads again line by line', () => {
    const rows = Array.from({ length: 600 }, (_, index) => `${index},0`).join('\n');
    const { events } = streamCsv(() => [`a,b\n${rows}\n1,"2\n3,4\n`]);
    const kinds = [...events].map((event) => Object.keys(event).join());
    expect(kinds.indexOf('again')).toBe(500);
    expect(kinds.slice(501)).toEqual([
      ...Array.from({ length: 600 }, () => 'record'),
      'reject',
      'record',
    ]);
  });

  it('takes a quote for broken that is not closed within a million characters', () => {
    const line = 'x'.repeat(60_000);
    const { records, rejects } = readCsv(`a,b\n1,"${`${line}\n`.repeat(20)}",2\n3,4\n`);
    expect(rejects.map(({ line: at }) => at).slice(0, 1)).toEqual([2]);
    expect(records).toEqual([{ line: 23, cells: ['3', '4'] }]);
  });
});

describe('shown', () => {
  it('cuts a long value', () => {
    expect(shown('x'.repeat(201))).toBe(`${'x'.repeat(200)}…`);
    expect(shown('x'.repeat(200))).toBe('x'.repeat(200));
  });
});
