import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { AnswerCache, wordingKey } from '../../src/http/answer-cache.js';
import { FinishedAnswer } from '../../src/http/finished-answer.js';

const MIB = 2 ** 20;
const MINUTE = 60_000;
const HEADERS = { etag: '"x"', 'content-type': 'application/json' };
const answerOf = (bytes: number, version: number | null = 1) =>
  new FinishedAnswer(Buffer.alloc(bytes), HEADERS, version, '/stats', { vary: 'Accept' });
const wordingOf = (url: string) => ({ url, accept: undefined, encodings: undefined });

let clock: number;
let cache: AnswerCache;
beforeEach(() => {
  clock = 0;
  cache = new AnswerCache(MIB, () => clock);
});

const keep = (url: string, bytes = 100, version: number | null = 1): void => {
  cache.set(url, answerOf(bytes, version), wordingOf(url));
  cache.learn(wordingOf(url), url, url);
};
const ask = (url: string, times = 1): void => {
  for (let count = 0; count < times; count += 1) cache.find(wordingKey(wordingOf(url)));
};
const popular = (newest = 2): string[] => cache.popular(newest).map(({ url }) => url);

describe('AnswerCache', () => {
  it('never holds more bytes than it may, and forgets first what nobody asks for', () => {
    keep('/first');
    for (let index = 0; index < 2_000; index += 1) {
      keep(`/stats?x=${index}`, 2_000);
      ask('/first');
      expect(cache.bytes).toBeLessThanOrEqual(MIB);
    }
    expect(cache.bytes).toBeGreaterThan(MIB / 2);
    expect(cache.get('/first')).toBeDefined();
    expect(cache.get('/stats?x=0')).toBeUndefined();
    expect(cache.get('/stats?x=1999')).toBeDefined();
  });

  it('counts keys, headers and wordings, and not bodies alone', () => {
    const long = `/stats?x=${'y'.repeat(10_000)}`;
    keep(long, 0);
    expect(cache.bytes).toBeGreaterThan(4 * long.length);
    const before = cache.bytes;
    const headers = { ...HEADERS, link: 'z'.repeat(10_000) };
    const answer = new FinishedAnswer(Buffer.alloc(0), headers, 1, '/stats', {});
    cache.set('/linked', answer, wordingOf('/linked'));
    expect(cache.bytes - before).toBeGreaterThan(10_000);
  });

  it('keeps an answer that is mostly asked for once when it is asked for again', () => {
    const page = (question: string): boolean =>
      cache.admits(question, true) && cache.set(question, answerOf(100), wordingOf(question));
    expect(page('/claims')).toBe(false);
    for (let n = 0; n < 100; n += 1) expect(page(`/claims?limit=${n}`)).toBe(false);
    expect(cache.get('/claims')).toBeUndefined();
    expect(page('/claims')).toBe(true);
    expect(cache.get('/claims')).toBeDefined();
    expect(cache.misses).toBe(102);
    const newer = answerOf(100, 2);
    expect(cache.admits('/claims', true)).toBe(true);
    cache.set('/claims', newer, wordingOf('/claims?in=other-words'));
    expect(cache.get('/claims')).toBe(newer);
  });

  it('does not drop everything for one huge answer', () => {
    keep('/small');
    expect(cache.set('/huge', answerOf(MIB / 4), wordingOf('/huge'))).toBe(false);
    expect(cache.get('/huge')).toBeUndefined();
    expect(cache.get('/small')).toBeDefined();
  });
});

describe('a finished answer', () => {
  it('keeps nothing alive but its own bytes', () => {
    const pool = Buffer.from('a much larger piece of memory');
    const slice = pool.subarray(2, 6);
    for (const body of [slice, gzipSync('much'), Buffer.alloc(5_000, 'x'), Buffer.alloc(0)]) {
      const answer = new FinishedAnswer(body, HEADERS, 1, '/stats', {});
      expect(answer.body.equals(body)).toBe(true);
      expect(answer.body.buffer.byteLength).toBe(body.length);
    }
  });
});

describe('a popular question', () => {
  it('was asked ten times within five minutes, and has an answer for another version', () => {
    for (const url of ['/often', '/seldom', '/new', '/pinned']) keep(url);
    ask('/often', 10);
    ask('/seldom', 9);
    keep('/new', 100, 2);
    ask('/new', 10);
    keep('/pinned', 100, null);
    ask('/pinned', 10);
    expect(popular()).toEqual(['/often']);
    expect(popular(1)).toEqual(['/new']);
  });

  it('stays one over versions while it is asked, and no longer', () => {
    keep('/often');
    ask('/often', 10);
    keep('/often', 100, 2);
    // Nobody asked for what is there now.
    expect(popular(3)).toEqual([]);
    ask('/often');
    expect(popular(3)).toEqual(['/often']);
    clock = 6 * MINUTE;
    // Asked often in the time that is over; from now on it counts anew.
    expect(popular(3)).toEqual(['/often']);
    ask('/often', 3);
    clock = 12 * MINUTE;
    expect(popular(3)).toEqual([]);
    ask('/often', 10);
    expect(popular(3)).toEqual(['/often']);
  });

  it('is none that is asked now and then for hours', () => {
    keep('/seldom');
    for (let count = 0; count < 100; count += 1) {
      clock += MINUTE;
      ask('/seldom');
      expect(popular()).toEqual([]);
    }
  });

  it('is one of at most 32, and none that was dropped', () => {
    for (let index = 0; index < 40; index += 1) {
      keep(`/${index}`);
      ask(`/${index}`, 10);
    }
    expect(popular()).toHaveLength(32);
    for (let index = 0; index < 2_000; index += 1) keep(`/stats?x=${index}`, 2_000);
    expect(popular()).toEqual([]);
  });
});
