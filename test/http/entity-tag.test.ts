import { describe, expect, it } from 'vitest';
import { codedTag, isNamedIn, tagsIn, uncodedTag } from '../../src/http/entity-tag.js';

describe('tagsIn', () => {
  it('reads lists, weak tags and commas inside a tag', () => {
    expect(tagsIn('"a", W/"b,c" ,"d"')).toEqual(['"a"', 'W/"b,c"', '"d"']);
    expect(tagsIn('nonsense')).toEqual([]);
  });
});

describe('isNamedIn', () => {
  it.each([
    ['"a"', '"a"', true],
    ['W/"a"', '"a"', true],
    ['"a"', 'W/"a"', true],
    ['"x", "a"', '"a"', true],
    ['*', '"a"', true],
    [' * ', 'W/"a"', true],
    ['"a-gzip"', '"a"', true],
    ['"b"', '"a"', false],
    ['a', '"a"', false],
    ['', '"a"', false],
  ])('%s names %s: %s', (header, tag, expected) => {
    expect(isNamedIn(header, tag)).toBe(expected);
  });
});

describe('a coding', () => {
  it('marks a strong tag and leaves a weak one', () => {
    expect(codedTag('"a.1"', 'gzip')).toBe('"a.1-gzip"');
    expect(codedTag('"a.1"', 'identity')).toBe('"a.1"');
    expect(codedTag('W/"a"', 'br')).toBe('W/"a"');
    expect(uncodedTag('"a.1-br"')).toBe('"a.1"');
    expect(uncodedTag('"a.1"')).toBe('"a.1"');
  });
});
