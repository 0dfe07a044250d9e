import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lasting } from '../../src/analysis/lasting.js';
import { writtenJson } from '../../src/http/written-json.js';

const canonicalOf = (data: object): string => writtenJson(data).canonical;
const plainData = fc.jsonValue().map((value) => ({ b: value, a: [value] }));

describe('the canonical form', () => {
  it('is what RFC 8785 says of any plain data', () => {
    fc.assert(
      fc.property(plainData, (data) => {
        expect(canonicalOf(data)).toBe(canonicalize(data));
      }),
    );
  });

  it('has keys in the order of their UTF-16 code units, whatever order they came in', () => {
    expect(canonicalOf({ b: 1, a: { 10: 1, 9: 2 }, '€': 3, '😀': 4, '': 5 })).toBe(
      '{"":5,"a":{"10":1,"9":2},"b":1,"€":3,"😀":4}',
    );
  });

  it('tells objects that begin alike from one another', () => {
    const rows = [{ b: 1, a: 2 }, { b: 1 }, { b: 1, a: 2, c: 3 }, { b: 1, c: 2 }, { b: 3, a: 4 }];
    expect(canonicalOf(rows)).toBe(canonicalize(rows));
  });

  it('leaves out members that are undefined, and writes empty ones', () => {
    expect(canonicalOf({ b: undefined, c: {}, a: [] })).toBe('{"a":[],"c":{}}');
    expect(canonicalOf({ b: undefined })).toBe('{}');
  });

  it('says null, as JSON.stringify does, for what an array or a number cannot say', () => {
    expect(canonicalOf([1, undefined, [undefined]])).toBe('[1,null,[null]]');
    expect(canonicalOf({ b: Number.NaN, a: [Infinity, -Infinity] })).toBe(
      '{"a":[null,null],"b":null}',
    );
  });

  it('still has the order after more kinds of objects than are remembered', () => {
    const kinds = Array.from({ length: 1_000 }, (_, kind) => ({ [`k${kind}`]: kind, a: kind }));
    expect(canonicalOf(kinds)).toBe(canonicalize(kinds));
  });
});

describe('lasting figures', () => {
  it('change neither form, wherever they stand and however often they were written', () => {
    const figures = fc.dictionary(fc.string(), fc.jsonValue());
    const rows = fc.array(fc.tuple(figures, fc.boolean()));
    fc.assert(
      fc.property(rows, figures, (rows, more) => {
        const points = rows.map(([row, lasts]) => (lasts ? lasting(row) : row));
        const data = { points, more, groups: [{ z: undefined, key: null, points }], a: [] };
        for (let time = 0; time < 2; time += 1) {
          const { plain, canonical } = writtenJson(data);
          expect(plain).toBe(JSON.stringify(data));
          expect(canonical).toBe(canonicalize(JSON.parse(plain)));
        }
      }),
    );
  });

  it('are written once', () => {
    const row = lasting({ b: 'Єйськ', a: [1] });
    const once = writtenJson({ row });
    expect(once).toEqual({
      plain: '{"row":{"b":"Єйськ","a":[1]}}',
      canonical: '{"row":{"a":[1],"b":"Єйськ"}}',
    });
    row.b = 'which nobody may do';
    expect(writtenJson({ row })).toEqual(once);
    expect(writtenJson({ row: { ...row } })).not.toEqual(once);
  });
});
