import { describe, expect, it } from 'vitest';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { percentile, summaryOf } from '../../bench/report/percentiles.mjs';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { median, ratio, spread, summarise } from '../../bench/report/ratios.mjs';

describe('figures of rounds', () => {
  it('takes the middle of an odd count and the mean of the two in the middle of an even one', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([1, 2, 10, 100])).toBe(6);
    expect(median([7])).toBe(7);
    expect(() => median([])).toThrow('a median of nothing');
  });

  it('gives the median with the lowest and the highest round', () => {
    expect(spread([30, 10, 20])).toEqual({ median: 20, low: 10, high: 30 });
  });

  it('compares round by round, so that a slow minute of the machine cancels out', () => {
    const [ours, theirs] = [
      [90, 45, 9],
      [100, 50, 10],
    ];
    expect(ratio('higher', ours, theirs)).toEqual({ median: 0.9, low: 0.9, high: 0.9 });
  });

  it('says of times too how many times as good we are', () => {
    expect(ratio('lower', [2], [10])?.median).toBe(5);
  });

  it('compares nothing with nothing', () => {
    expect(ratio('higher', [], [1])).toBeNull();
    expect(ratio('higher', [1], [])).toBeNull();
  });

  it('leaves out whoever was not measured', () => {
    const rounds = { service: [4, 8], bare: [8, 8], absent: [] };
    expect(summarise({ better: 'higher', subject: 'service', rounds })).toEqual({
      figures: {
        service: { median: 6, low: 4, high: 8 },
        bare: { median: 8, low: 8, high: 8 },
      },
      ratios: { bare: { median: 0.75, low: 0.5, high: 1 } },
    });
  });
});

describe('times of answers', () => {
  it('takes the smallest time that the share does not exceed', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile([3], 0.5)).toBe(3);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('needs no order', () => {
    expect(summaryOf([5, 1, 3])).toEqual({ p50_ms: 3, p99_ms: 5, max_ms: 5 });
  });
});
