import { describe, expect, it } from 'vitest';
import { claimContentSchema } from '../../src/domain/claim.js';
import { checkAddress } from '../../src/importers/piterfm-address.js';

const ADDRESSES = [
  'https://example.org/news/1?a=b#c',
  'http://example.org/',
  'http://a/b',
  'http:///a/b',
  'https://example.org',
  'https://example.org/a b',
  'https://example.org/київ',
  'https://example.org/\ud800',
  'https://1.2.3.4.5/a',
  'https://[::1/a',
  'https://exa mple.org/a',
  'https:///',
  'https://user@example.org:80/a',
  'https://example.org:port/a',
  'https://example.org\\a/b',
  ' https://example.org/a',
  ' http://example.org/a',
  'ftp://example.org/a',
  'example.org/a',
  '',
  `https://example.org/${'a'.repeat(1_980)}`,
  `https://example.org/${'a'.repeat(1_981)}`,
  `https://${'a.'.repeat(60)}org/a`,
];

describe('the address of a report', () => {
  it.each(ADDRESSES)('is right exactly where the domain says so: %j', (text) => {
    const expected = claimContentSchema.shape.url.safeParse(text);
    for (const _ of ['looked at', 'remembered']) {
      expect(checkAddress(text)).toMatchObject({
        success: expected.success,
        ...(expected.success && { data: expected.data }),
      });
    }
  });
});
