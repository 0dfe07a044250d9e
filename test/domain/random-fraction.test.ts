import { expect, test } from 'vitest';
import { randomFraction } from '../../src/domain/random-fraction.js';

const COUNT = 100_000;

test('every byte comes about equally often, and no two fillings of the pool are alike', () => {
  const drawn = Array.from({ length: COUNT }, randomFraction);
  const counts = new Map<number, number>();
  for (const value of drawn) counts.set(value, (counts.get(value) ?? 0) + 1);
  const expected = COUNT / 256;
  const values = [...counts.keys()];
  expect(values.every((value) => value >= 0 && value < 1 && Number.isInteger(value * 256))).toBe(
    true,
  );
  expect(counts.size).toBe(256);
  // Six standard deviations.
  const slack = 6 * Math.sqrt(expected);
  expect(Math.min(...counts.values())).toBeGreaterThan(expected - slack);
  expect(Math.max(...counts.values())).toBeLessThan(expected + slack);
  const fillings = new Set<string>();
  for (let at = 0; at + 4_096 <= COUNT; at += 4_096)
    fillings.add(drawn.slice(at, at + 4_096).join());
  expect(fillings.size).toBe(Math.floor(COUNT / 4_096));
});
