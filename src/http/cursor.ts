import { createHash } from 'node:crypto';
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

// A cursor only makes sense for the question it came from: it carries a digest of that question.
const digestOf = (query: object): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 16);

/** The problem of a cursor that cannot be followed. */
export const invalidCursor = (detail: string): Problem => {
  const errors = [{ parameter: 'cursor', code: 'invalid_cursor', detail }];
  return new Problem('invalid-cursor', detail, { errors });
};

/** The opaque text of a cursor. @param query everything that shaped the list, without limit and cursor */
export function encodeCursor({ version, night, id }: Cursor, query: object): string {
  const text = JSON.stringify({ version, night, id, query: digestOf(query) });
  return Buffer.from(text).toString('base64url');
}

/** What a cursor says, not yet held against a question. @throws Problem 400 if the text is no cursor */
export function readCursor(text: string): Cursor & { query: string } {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw invalidCursor('this is no cursor of this service');
  }
}

/**
 * The cursor that a text spells.
 *
 * @throws Problem 400 if it is no cursor, or one of another question
 */
export function decodeCursor(text: string, query: object): Cursor {
  const { query: digest, ...cursor } = readCursor(text);
  if (digest !== digestOf(query)) throw invalidCursor('this cursor belongs to another query');
  return cursor;
}
