import type { Cell } from './import-types.js';

/** A literal that was read, or not. */
export type Literal = { ok: true; value: Cell } | { ok: false };

/** Nesting that is followed; the cells of the known files nest once. */
const DEPTH_MAX = 8;

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/y;
const WORD = /(?:None|NaN|nan)(?!\w)/y;
const QUOTED = /'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*"/y;
const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)/g;
const ESCAPED: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  '\\': '\\',
  n: '\n',
  r: '\r',
  t: '\t',
};

class NotALiteral extends Error {}

function unescaped(sequence: string): string {
  if (sequence.length > 2) return String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
  const character = ESCAPED[sequence.charAt(1)];
  if (character === undefined) throw new NotALiteral();
  return character;
}

/** A reader of one text: a position that each rule of the grammar moves forward, or that stays where it was. */
class Reader {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Cell {
    const value = this.#value(0);
    this.#take(SPACE);
    if (this.#at < this.#text.length) throw new NotALiteral();
    return value;
  }

  #take(rule: RegExp): string | null {
    rule.lastIndex = this.#at;
    const found = rule.exec(this.#text)?.[0];
    if (found === undefined) return null;
    this.#at += found.length;
    return found;
  }

  #takes(mark: string): boolean {
    this.#take(SPACE);
    if (!this.#text.startsWith(mark, this.#at)) return false;
    this.#at += mark.length;
    return true;
  }

  #value(depth: number): Cell {
    if (depth > DEPTH_MAX) throw new NotALiteral();
    if (this.#takes('{')) return this.#dict(depth);
    if (this.#takes('[')) return this.#series(']', () => this.#value(depth + 1));
    if (this.#take(WORD) !== null) return null;
    const number = this.#take(NUMBER);
    return number === null ? this.#string() : finite(Number(number));
  }

  #string(): string {
    this.#take(SPACE);
    const quoted = this.#take(QUOTED);
    if (quoted === null) throw new NotALiteral();
    const text = quoted.slice(1, -1).replace(ESCAPE, unescaped);
    return text.replace(/\s+/g, ' ').trim();
  }

  #dict(depth: number): Cell {
    const entries = this.#series('}', () => {
      const key = this.#string();
      if (!this.#takes(':')) throw new NotALiteral();
      return [key, this.#value(depth + 1)] as const;
    });
    const dict = Object.fromEntries(entries);
    // Python would keep the last of two equal keys and lose the other: here such a dict is not read at all.
    if (Object.keys(dict).length < entries.length) throw new NotALiteral();
    return dict;
  }

  #series<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.#takes(end)) {
      items.push(item());
      if (!this.#takes(',')) {
        if (this.#takes(end)) break;
        throw new NotALiteral();
      }
    }
    return items;
  }
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new NotALiteral();
  return value;
}

/**
 * Reads a Python literal: dict with text keys, list, quoted string, number, `None` and the bare `NaN` (both null).
 *
 * A grammar of its own rather than evaluation, because cells come from strangers. Runs of white space inside strings
 * become one space, as the matcher compares them. Anything else (tuples, names, prefixes, trailing text, repeated
 * keys, more than 8 levels) is not a literal.
 *
 * @example readLiteral("{'Kyiv  oblast': NaN, 'south': 6.0}") // => {"ok":true,"value":{"Kyiv oblast":null,"south":6}}
 */
export function readLiteral(text: string): Literal {
  try {
    return { ok: true, value: new Reader(text).whole() };
  } catch {
    return { ok: false };
  }
}
