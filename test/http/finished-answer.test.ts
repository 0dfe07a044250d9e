import { describe, expect, it } from 'vitest';
import { FinishedAnswer } from '../../src/http/finished-answer.js';

const answerWith = (headers: Record<string, string>): FinishedAnswer =>
  new FinishedAnswer(Buffer.from('{}'), headers, 1, '/stats', { vary: 'Origin', 'x-all': 'yes' });

describe('the head of a finished answer', () => {
  it('holds the headers of every answer and its own, which win', () => {
    const { whole, unchanged } = answerWith({ vary: 'Accept', link: '</a>', etag: 'W/"1"' });
    const own = 'vary: Accept\r\nx-all: yes\r\n';
    expect(whole).toBe(
      `HTTP/1.1 200 OK\r\n${own}link: </a>\r\netag: W/"1"\r\ncontent-length: 2\r\n`,
    );
    expect(unchanged).toBe(`HTTP/1.1 304 Not Modified\r\n${own}etag: W/"1"\r\n`);
  });

  it.each([
    { link: '</a>\r\nset-cookie: a=b' },
    { link: '</a>\nx: y' },
    { 'a\r\nb': 'c' },
    { 'a b': 'c' },
    { link: '</Київ>' },
  ])('is not made of what would break out of its line or has no place in one: %o', (headers) => {
    expect(() => answerWith(headers as Record<string, string>).whole).toThrow(/header/i);
  });
});
