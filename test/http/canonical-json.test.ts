import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/http/canonical-json.js';

describe('canonicalJson', () => {
  it('writes what RFC 8785 says of any plain data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
    );
  });

  it('orders keys by their UTF-16 code units, whatever order they came in', () => {
    expect(canonicalJson({ b: 1, a: { 10: 1, 9: 2 }, '€': 3, '😀': 4, '': 5 })).toBe(
      '{"":5,"a":{"10":1,"9":2},"b":1,"€":3,"😀":4}',
    );
  });

  it('tells objects that begin alike from one another', () => {
    const rows = [{ b: 1, a: 2 }, { b: 1 }, { b: 1, a: 2, c: 3 }, { b: 1, c: 2 }, { b: 3, a: 4 }];
    expect(canonicalJson(rows)).toBe(canonicalize(rows));
  });

  it('leaves out members that are undefined, and writes empty ones', () => {
    expect(canonicalJson({ b: undefined, c: {}, a: [] })).toBe('{"a":[],"c":{}}');
    expect(canonicalJson({ b: undefined })).toBe('{}');
  });

  it('writes null, as JSON.stringify does, for what an array or a number cannot say', () => {
    expect(canonicalJson([1, undefined, [undefined]])).toBe('[1,null,[null]]');
    expect(canonicalJson({ b: Number.NaN, a: [Infinity, -Infinity] })).toBe(
      '{"a":[null,null],"b":null}',
    );
  });

  it('still knows the order after more kinds of objects than it remembers', () => {
    const kinds = Array.from({ length: 1_000 }, (_, kind) => ({ [`k${kind}`]: kind, a: kind }));
    expect(canonicalJson(kinds)).toBe(canonicalize(kinds));
  });
});
