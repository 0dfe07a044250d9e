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

const invalid = (detail: string): Problem => {
  const errors = [{ parameter: 'cursor', code: 'invalid_cursor', detail }];
  return new Problem('invalid-cursor', detail, { errors });
};

/** The opaque text of a cursor. @param query everything that shaped the list, without limit and cursor */
export function encodeCursor({ version, night, id }: Cursor, query: object): string {
  const text = JSON.stringify({ version, night, id, query: digestOf(query) });
  return Buffer.from(text).toString('base64url');
}

/**
 * The cursor that a text spells.
 *
 * @throws Problem 400 if it is no cursor, or one of another question
 */
export function decodeCursor(text: string, query: object): Cursor {
  const json = Buffer.from(text, 'base64url').toString('utf8');
  let parsed: z.ZodSafeParseResult<z.infer<typeof cursorSchema>>;
  try {
    parsed = cursorSchema.safeParse(JSON.parse(json));
  } catch {
    throw invalid('this is no cursor of this service');
  }
  if (!parsed.success) throw invalid('this is no cursor of this service');
  const { query: digest, ...cursor } = parsed.data;
  if (digest !== digestOf(query)) throw invalid('this cursor belongs to another query');
  return cursor;
}
