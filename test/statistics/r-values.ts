import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { BinomialPoint } from '../../src/statistics/binomial-point.js';

/** Reads one section of the values that test/fixtures/statistics/expected.R computed. */
export function fromR<Section>(section: string): Section {
  const file = new URL('../fixtures/statistics/expected.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'))[section] as Section;
}

/** Parallel arrays, as R writes them, to points. */
export function points(columns: { k: readonly number[]; n: readonly number[] }): BinomialPoint[] {
  return columns.k.map((k, i) => ({ k, n: columns.n[i] ?? Number.NaN }));
}

/** Nights in the groups that R calls months. */
export function months(columns: {
  k: readonly number[];
  n: readonly number[];
  month: readonly number[];
}): BinomialPoint[][] {
  const all = points(columns);
  return [...new Set(columns.month)].map((m) => all.filter((_, i) => columns.month[i] === m));
}

/** Asserts equal shape and null as null; numbers relative, absolute where R says exactly 0. */
export function expectClose(actual: unknown, wanted: unknown, tolerance: number, at = '$'): void {
  if (typeof wanted === 'number') {
    const error = Math.abs(Number(actual) - wanted) / (wanted === 0 ? 1 : Math.abs(wanted));
    expect(typeof actual, `${at}: ${actual}`).toBe('number');
    expect(error, `${at}: ${actual}, wanted ${wanted}`).toBeLessThanOrEqual(tolerance);
  } else if (typeof wanted === 'object' && wanted !== null) {
    const found = Object(actual) as Record<string, unknown>;
    expect(Object.keys(found).sort(), at).toEqual(Object.keys(wanted).sort());
    for (const [key, value] of Object.entries(wanted)) {
      expectClose(found[key], value, tolerance, `${at}.${key}`);
    }
  } else {
    expect(actual, at).toBe(wanted);
  }
}

/** Asserts that nothing in an answer is NaN or infinite, at any depth. */
export function expectFinite(answer: unknown, at = '$'): void {
  if (typeof answer === 'number') expect(Number.isFinite(answer), `${at}: ${answer}`).toBe(true);
  if (typeof answer === 'object' && answer !== null) {
    for (const [key, value] of Object.entries(answer)) expectFinite(value, `${at}.${key}`);
  }
}
