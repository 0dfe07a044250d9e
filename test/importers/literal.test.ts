import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/importers/import-types.js';
import { readLiteral } from '../../src/importers/literal.js';

describe('readLiteral', () => {
  it.each<[string, Cell]>([
    ['{}', {}],
    ['[]', []],
    ["{'south': 6, 'west': NaN}", { south: 6, west: null }],
    ['{"d\'Or": 1.0, }', { "d'Or": 1 }],
    [' [ None , nan , "a" ] ', [null, null, 'a']],
    ["{'Sumy    oblast': NaN,    'x': [1, -2.5e1, .5]}", { 'Sumy oblast': null, x: [1, -25, 0.5] }],
    ["' a \\t b '", 'a b'],
    ["'\\'\\\"\\\\ \\x41 \\u0411 \\n \\r'", '\'"\\ A Б'],
    ['6.0', 6],
    ['+0', 0],
    ["{'__proto__': 1, 'constructor': 2}", JSON.parse('{"__proto__": 1, "constructor": 2}')],
  ])('reads %s', (text, value) => {
    expect(readLiteral(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['nothing', ''],
    ['an unclosed list', "['a'"],
    ['an unclosed string', "['a]"],
    ['a quote too few', "['a', b', 'c']"],
    ['text after the end', '{} x'],
    ['a second value', '[1] [2]'],
    ['a missing comma', "{'a': 1 'b': 2}"],
    ['a missing colon', "{'a' 1}"],
    ['a missing value', "{'a': }"],
    ['a doubled comma', '[1,,2]'],
    ['a key that is no text', '{1: 2}'],
    ['a key that stands twice', "{'a': 1, 'a': 2}"],
    ['a key that stands twice but for spaces', "{'a  b': 1, 'a b': 2}"],
    ['a name', '[x]'],
    ['a name that starts like a word', '[Nones]'],
    ['a call', "__import__('os')"],
    ['a tuple', '(1, 2)'],
    ['a prefixed string', "b'a'"],
    ['an unknown escape', "'\\d'"],
    ['a line break in a string', "'a\nb'"],
    ['an infinite number', '1e999'],
    ['a number with leading zeros', '007'],
    ['a number stuck to a name', '1x'],
    ['nine levels', `${'['.repeat(10)}${']'.repeat(10)}`],
  ])('does not read %s', (_, text) => {
    expect(readLiteral(text)).toEqual({ ok: false });
  });

  it('reads what Python would write for any value of the grammar', () => {
    const text = fc.string({ unit: 'grapheme' }).map((s) => s.replace(/\s+/g, ' ').trim());
    const { value } = fc.letrec<{ value: Cell }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(text, tie('value'), { maxKeys: 4 }),
      ),
    }));
    const quoted = (s: string): string =>
      `'${s.replace(/[\\']/g, '\\$&').replace(/\p{Cc}/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
    const written = (cell: Cell): string => {
      if (cell === null) return 'NaN';
      if (typeof cell === 'string') return quoted(cell);
      if (typeof cell === 'number') return String(cell);
      if (Array.isArray(cell)) return `[${cell.map(written).join(', ')}]`;
      const entries = Object.entries(cell).map(([key, item]) => `${quoted(key)}: ${written(item)}`);
      return `{${entries.join(', ')}}`;
    };
    fc.assert(
      fc.property(value, (cell) => {
        expect(readLiteral(written(cell))).toEqual({ ok: true, value: cell });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof readLiteral(text).ok).toBe('boolean');
      }),
    );
  });
});
