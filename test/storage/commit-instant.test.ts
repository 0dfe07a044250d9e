import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { CommitClock } from '../../src/storage/commit-instant.js';
import { openDatabase } from './fixtures.js';

// As many rows as are foreseen to take so long.
const rowsOf = (ms: number): number => ms / 0.05;

describe('a long write that came too late', () => {
  beforeEach(() => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(0);
    onTestFinished(() => void now.mockRestore());
  });

  it('is dated by what it took, not by what it is foreseen to take, and at most five seconds more', () => {
    const clock = new CommitClock();
    const foreseen = clock.choose(rowsOf(20_000), '').ms;
    expect(foreseen).toBeGreaterThan(20_000);
    clock.missed(30_000);
    const again = clock.choose(rowsOf(90_000), '').ms;
    expect(again).toBeGreaterThan(30_000);
    expect(again).toBeLessThanOrEqual(35_000);
  });

  /** How often a write is late that takes so long the first time, and so much longer each time that it is done again. */
  function missesOf(firstMs: number, slower: number): number {
    const clock = new CommitClock();
    for (let misses = 0, took = firstMs; misses < 20; misses += 1, took *= slower) {
      const dated = clock.choose(rowsOf(0.5 * firstMs), '');
      vi.mocked(Date.now).mockReturnValue(took);
      const isInTime = clock.isInTime(dated);
      vi.mocked(Date.now).mockReturnValue(0);
      if (isInTime) return misses;
      clock.missed(took);
    }
    return Number.POSITIVE_INFINITY;
  }

  it('may take a tenth longer when it is done again', () => {
    expect(missesOf(300_000, 1.1)).toBe(1);
  });

  it('is in time at last, even if it is slower each time', () => {
    expect(missesOf(30_000, 1.2)).toBeLessThanOrEqual(4);
    expect(missesOf(300_000, 1.15)).toBeLessThanOrEqual(6);
  });

  it('leaves the forecasts of the next ones as they were', () => {
    const clock = new CommitClock();
    clock.missed(30_000);
    clock.settled();
    expect(clock.choose(rowsOf(90_000), '').ms).toBeGreaterThan(90_000);
  });
});

describe('what was late', () => {
  const long = (ms: number) => [
    { sql: 'update api_keys set name = ? where false', params: ['a'], count: rowsOf(ms) },
  ];
  const late = () => {
    const isInTime = vi.spyOn(CommitClock.prototype, 'isInTime').mockReturnValueOnce(false);
    onTestFinished(() => isInTime.mockRestore());
    return isInTime;
  };

  it.each([
    ['fails when it is done again', (runs: number) => runs > 1],
    ['does not', () => false],
  ])('does not shorten the date of a larger write after it, if it %s', async (_, isRefused) => {
    const db = await openDatabase();
    const isInTime = late();
    let runs = 0;
    const first = db.exclusively(async (apply) => {
      runs += 1;
      await apply(long(1));
      if (isRefused(runs)) throw new Error('no more');
    }, true);
    await first.catch(() => undefined);
    expect([runs, isInTime.mock.calls.length > 0]).toEqual([2, true]);
    const begun = Date.now();
    const at = await db.exclusively((apply) => apply(long(90_000)), true);
    expect(Date.parse(at) - begun).toBeGreaterThan(90_000);
  });

  it('does not either, if nothing is written when it is done again', async () => {
    const db = await openDatabase();
    late();
    let runs = 0;
    await db.exclusively(async (apply) => {
      runs += 1;
      if (runs === 1) await apply(long(1));
    }, true);
    expect(runs).toBe(2);
    const begun = Date.now();
    const at = await db.exclusively((apply) => apply(long(90_000)), true);
    expect(Date.parse(at) - begun).toBeGreaterThan(90_000);
  });
});
