import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { InstantAhead } from '../../src/storage/instant-ahead.js';

const PIECES = 100;
const CLAIMS = 1_000;
const LONG_AGO = new Date(0).toISOString();

/** A clock that stands still unless it is moved, and pieces that are written by it. */
class Writing {
  now = 0;
  readonly pieces = Array.from({ length: PIECES }, () => ({
    claims: CLAIMS,
    ms: null as number | null,
  }));
  readonly instant = new InstantAhead(this.pieces, LONG_AGO);

  constructor() {
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => this.now);
    onTestFinished(() => void clock.mockRestore());
  }

  get ms(): number {
    return Date.parse(this.instant.at);
  }

  /** Writes or dates pieces, each in so many ms. */
  go(indexes: readonly number[], tookMs: number): void {
    for (const piece of indexes.map((index) => this.pieces[index])) {
      if (piece === undefined) throw new Error('there is no such piece');
      this.instant.keepInTime();
      this.now += tookMs;
      this.instant.hold([piece], tookMs);
    }
  }

  get outdated(): number[] {
    return [...this.pieces.keys()].filter((index) => {
      const piece = this.pieces[index];
      return piece !== undefined && this.instant.isOutdated(piece);
    });
  }
}

const all = [...Array(PIECES).keys()];

describe('the instant of a version that is written ahead', () => {
  let writing: Writing;
  beforeEach(() => {
    writing = new Writing();
  });

  it.each([10, 40, 400])('lies shortly after the end, if each piece takes %i ms', (tookMs) => {
    writing.go(all, tookMs);
    expect(writing.ms).toBeGreaterThan(writing.now);
    expect(writing.ms).toBeLessThan(1.25 * writing.now + 100);
    expect(writing.instant.hasPassed).toBe(false);
  });

  it('is that of all but the first twentieth, if the pace stays what it was', () => {
    writing.go(all, 40);
    expect(writing.outdated).toEqual(all.slice(0, 5));
    writing.go(writing.outdated, 10);
    expect(writing.outdated).toEqual([]);
    expect(writing.ms).toBeGreaterThan(writing.now);
  });

  it('is put off as soon as what is left is foreseen to take longer', () => {
    writing.go(all.slice(0, 50), 40);
    const before = writing.ms;
    writing.go(all.slice(50), 80);
    expect(writing.ms).toBeGreaterThan(before);
    expect(writing.ms).toBeGreaterThan(writing.now);
    // The instant may be put off once more meanwhile.
    for (let times = 0; times < 2; times += 1) writing.go(writing.outdated, 10);
    expect(writing.outdated).toEqual([]);
    expect(writing.instant.hasPassed).toBe(false);
  });

  it('is brought forward where dating everything anew takes less than waiting for it', () => {
    writing.go(all.slice(0, 50), 400);
    writing.go(all.slice(50), 1);
    const before = writing.ms;
    writing.instant.hurry();
    expect(writing.ms - writing.now).toBeLessThan((before - writing.now) / 2);
    expect(writing.outdated).toEqual(all);
  });

  it('stays where waiting for it takes less', () => {
    writing.go(all, 40);
    const before = writing.ms;
    writing.now = before - 100;
    writing.instant.hurry();
    expect(writing.ms).toBe(before);
  });

  it('is chosen anew when it was missed, with more time before it, and not before that of another version', async () => {
    writing.go(all, 40);
    writing.now = writing.ms + 1;
    expect(writing.instant.hasPassed).toBe(true);
    writing.instant.missed(LONG_AGO);
    const [first, left] = [writing.ms, writing.ms - writing.now];
    expect(left).toBeGreaterThan(100 * 10);
    writing.instant.missed(LONG_AGO);
    expect(writing.ms).toBeGreaterThan(first);
    const later = new Date(writing.ms + 3_600_000).toISOString();
    writing.instant.missed(later);
    expect(writing.instant.at).toBe(later);
    writing.now += 100_000;
    // What another clock is ahead is not waited for.
    await writing.instant.untilNear();
  });
});
