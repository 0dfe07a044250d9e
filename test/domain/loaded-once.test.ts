import { describe, expect, it } from 'vitest';
import { LoadedOnce } from '../../src/domain/loaded-once.js';

describe('LoadedOnce', () => {
  it('loads with the first question, once for all who ask', async () => {
    let loads = 0;
    const lexicon = new LoadedOnce(async () => {
      loads += 1;
      return 'lexicon';
    });
    expect([await lexicon.known(), loads]).toEqual([undefined, 0]);
    expect(await Promise.all([lexicon.get(), lexicon.get(), lexicon.known()])).toEqual(
      Array(3).fill('lexicon'),
    );
    expect([await lexicon.get(), await lexicon.known(), loads]).toEqual(['lexicon', 'lexicon', 1]);
  });

  it('tells a failure to who asked for it, and forgets it', async () => {
    let isThere = false;
    const lexicon = new LoadedOnce(async () => {
      if (!isThere) throw new Error('no file handle');
      return 'lexicon';
    });
    const [asked, known] = [lexicon.get(), lexicon.known()];
    await expect(asked).rejects.toThrow('no file handle');
    expect([await known, await lexicon.known()]).toEqual([undefined, undefined]);
    isThere = true;
    expect(await lexicon.get()).toBe('lexicon');
  });
});
