import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextLink } from '../../src/http/listing.js';

const CURSOR = 'eyJ2ZXJzaW9uIjoxfQ.a-b_c';

/** The link as it is defined: the same parameters, the cursor of the next page among them. */
function linkOf(path: string, search: string): string {
  const query = new URLSearchParams(search);
  query.set('cursor', CURSOR);
  return `<${path}?${query}>; rel="next"`;
}

describe('the link to the next page', () => {
  it('has the parameters as URLSearchParams writes them, however they were written', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab1-_.*~:,+%20 é&='), maxLength: 12 });
    const name = fc.constantFrom('from', 'limit', 'cursor', 'fields', 'a b', '');
    const pair = fc.tuple(name, text, fc.boolean()).map(([key, value, isEncoded]) => {
      return `${key}=${isEncoded ? encodeURIComponent(value) : value}`;
    });
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 4 }), (pairs) => {
        const search = pairs.join('&').replaceAll('?', '');
        expect(nextLink(`/claims?${search}`, CURSOR)).toBe(linkOf('/claims', search));
      }),
      { numRuns: 500 },
    );
    for (const search of ['', 'limit=1', 'limit=1&', 'limit', 'cursor=a&limit=2', 'a=1&&b=2']) {
      expect(nextLink(`/claims?${search}`, CURSOR)).toBe(linkOf('/claims', search));
    }
  });
});
