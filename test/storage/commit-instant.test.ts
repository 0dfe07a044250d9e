import { describe, expect, it, vi } from 'vitest';
import { CommitClock } from '../../src/storage/commit-instant.js';

describe('a long write that came too late', () => {
  it('is dated by what it took, not by what it is foreseen to take, and at most five seconds more', () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(0);
    const clock = new CommitClock();
    const foreseen = clock.choose(0, '', 20_000).ms;
    expect(foreseen).toBeGreaterThan(20_000);
    clock.missed(30_000);
    const again = clock.choose(0, '', 90_000).ms;
    expect(again).toBeGreaterThan(30_000);
    expect(again).toBeLessThanOrEqual(35_000);
    now.mockRestore();
  });

  it('leaves the forecasts of the next ones as they were', () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(0);
    const clock = new CommitClock();
    clock.missed(30_000);
    clock.committed(1);
    expect(clock.choose(0, '', 90_000).ms).toBeGreaterThan(90_000);
    now.mockRestore();
  });
});
