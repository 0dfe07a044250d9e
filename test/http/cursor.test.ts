import { describe, expect, it } from 'vitest';
import { Cursors, walkDigest } from '../../src/http/cursor.js';

const PLACE = { version: 3, night: '2024-09-07', id: 'clm_1' };
const QUERY = walkDigest({ sort: '-night' });

describe('a cursor', () => {
  it('says what was written into it, however often it is read', () => {
    const cursors = new Cursors('secret');
    const [one, other] = [PLACE, { ...PLACE, id: 'clm_2' }].map((at) => cursors.write(at, QUERY));
    for (const text of [one, one, other, one]) {
      expect(cursors.follow(text as string, QUERY)).toEqual(
        text === one ? PLACE : { ...PLACE, id: 'clm_2' },
      );
    }
  });

  it('is refused if it is changed, of another secret or of another question, also after it was read', () => {
    const cursors = new Cursors('secret');
    const text = cursors.write(PLACE, QUERY);
    cursors.read(text);
    const [payload, signature] = text.split('.');
    const changed = new Cursors('other').write(PLACE, QUERY);
    for (const wrong of [
      `${payload}.`,
      `${payload}.A${signature?.slice(1)}x`,
      `x${text}`,
      changed,
    ]) {
      expect(() => cursors.read(wrong), wrong).toThrow('this is no cursor of this service');
    }
    expect(() => cursors.follow(text, walkDigest({ sort: 'night' }))).toThrow('another query');
  });
});
