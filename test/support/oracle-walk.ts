import { expect } from 'vitest';
import type { Reference } from './shared-data.js';

type Leaf = string | number | boolean | null;

const isLeaf = (value: unknown): value is Leaf => value === null || typeof value !== 'object';

/** All leaves of a reference by path, without its prose. */
function* leaves(value: Reference, path: string): Generator<[string, Leaf]> {
  if (isLeaf(value)) yield [path, value];
  else
    for (const [key, part] of Object.entries(value)) {
      if (key !== 'definition') yield* leaves(part, `${path}/${key}`);
    }
}

function isClose(actual: unknown, expected: Leaf, tolerance: number): boolean {
  if (typeof expected !== 'number' || typeof actual !== 'number' || Number.isInteger(expected)) {
    return (
      actual === expected ||
      (typeof actual === 'number' &&
        typeof expected === 'number' &&
        tolerance > 0 &&
        Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)))
    );
  }
  return Math.abs(actual - expected) <= tolerance * Math.abs(expected);
}

/** Keeps account of a reference: what was compared and equal, what was explained, what is left. */
export class OracleWalk {
  readonly #open: Map<string, Leaf>;
  readonly #explained = new Map<string, number>();
  #compared = 0;

  constructor(private readonly reference: Reference) {
    this.#open = new Map(leaves(reference, ''));
  }

  /** Compares figures, given in the reference's own shape, with everything the reference has under a path. */
  compare(path: string, actual: unknown, tolerance = 1e-9): void {
    if (isLeaf(actual) || this.#open.has(path)) {
      const expected = this.#open.get(path);
      expect(this.#open.has(path), `${path} is in the reference, once`).toBe(true);
      expect(
        isClose(actual, expected ?? null, tolerance),
        `${path}: ${actual} is ${expected}`,
      ).toBe(true);
      this.#open.delete(path);
      this.#compared += 1;
      return;
    }
    for (const [key, part] of Object.entries(actual as object)) {
      if (part !== undefined) this.compare(`${path}/${key}`, part, tolerance);
    }
  }

  /** Says why what is left under the paths that a pattern meets is not served. */
  explain(pattern: RegExp, reason: string): void {
    const found = [...this.#open.keys()].filter((path) => pattern.test(path));
    expect(found, `${pattern} explains something`).not.toEqual([]);
    for (const path of found) this.#open.delete(path);
    this.#explained.set(reason, (this.#explained.get(reason) ?? 0) + found.length);
  }

  /** Keys of an object of the reference. */
  keys(path: string): string[] {
    const parts = path.split('/').slice(1);
    const value = parts.reduce((at: Reference, part) => at[part], this.reference);
    return Object.keys(value).filter((key) => key !== 'definition');
  }

  get left(): string[] {
    return [...this.#open.keys()];
  }

  /** The account as text. */
  report(): string {
    const explained = [...this.#explained].map(
      ([reason, count]) => `  not served, ${count}: ${reason}`,
    );
    return [`reference figures compared and equal: ${this.#compared}`, ...explained].join('\n');
  }
}
