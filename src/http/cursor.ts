import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Position } from '../storage/page.js';
import { Problem } from './problem.js';

const cursorSchema = z.strictObject({
  version: z.int().positive(),
  night: z.string(),
  id: z.string(),
  query: z.string(),
});

/** A place in a walk: the version it walks over and the last row that was given. */
export interface Cursor extends Position {
  version: number;
}

/** A cursor with the digest of its question. */
type SignedCursor = Readonly<z.output<typeof cursorSchema>>;

/** What a cursor only makes sense for: it carries this digest of its question. @param query all that shaped the list */
export const walkDigest = (query: object): string =>
  hash('sha256', JSON.stringify(query), 'base64url').slice(0, 16);

/** The problem of a cursor that cannot be followed. */
export const invalidCursor = (detail: string): Problem => {
  const errors = [{ parameter: 'cursor', code: 'invalid_cursor', detail }];
  return new Problem('invalid-cursor', detail, { errors });
};

/** Writes and reads cursors, signed so that nobody can make one of their own and walk where no page led. */
export class Cursors {
  readonly #secret: KeyObject;
  /** What was read last: a page reads its cursor for its validator, its version and its place. */
  #last: { text: string; cursor: SignedCursor } | null = null;

  /** @param secret the same in every process that serves the dataset, and after every restart */
  constructor(secret: string) {
    this.#secret = createSecretKey(secret, 'utf8');
  }

  /** The opaque text of a cursor. @param query the digest of everything that shaped the list but limit and cursor */
  write({ version, night, id }: Cursor, query: string): string {
    const text = JSON.stringify({ version, night, id, query });
    const payload = Buffer.from(text).toString('base64url');
    return `${payload}.${this.#signature(payload)}`;
  }

  /** What a cursor says, not yet held against a question. @throws Problem 400 if it was not written here */
  read(text: string): SignedCursor {
    if (this.#last?.text === text) return this.#last.cursor;
    const [payload = '', signature = ''] = text.split('.', 2);
    const [expected, given] = [Buffer.from(this.#signature(payload)), Buffer.from(signature)];
    const isOurs = expected.length === given.length && timingSafeEqual(expected, given);
    if (!isOurs) throw invalidCursor('this is no cursor of this service');
    const cursor = cursorSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    this.#last = { text, cursor };
    return cursor;
  }

  /**
   * The cursor that a text spells.
   *
   * @throws Problem 400 if it is no cursor, or one of another question
   */
  follow(text: string, query: string): Cursor {
    const { query: own, version, night, id } = this.read(text);
    if (own !== query) throw invalidCursor('this cursor belongs to another query');
    return { version, night, id };
  }

  #signature(payload: string): string {
    return createHmac('sha256', this.#secret).update(payload).digest('base64url').slice(0, 22);
  }
}
