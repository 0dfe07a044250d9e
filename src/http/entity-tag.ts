import { hash } from 'node:crypto';
import type { Encoding } from './encoding.js';

const TAG = /(W\/)?"((?:[^"\\]|\\.)*)"/g;
const CODED = /-(?:br|gzip)$/;

/** A tag without the mark of a weak one and without the mark of a coding: what two representations have in common. */
const opaque = (tag: string): string => tag.replace(/^W\//, '').slice(1, -1).replace(CODED, '');

/** The strong tag of a body: the same bytes, the same tag. */
export const bodyTag = (body: Buffer): string =>
  `"${hash('sha256', body, 'base64url').slice(0, 22)}"`;

/** The tags of a list as in If-None-Match and If-Match; commas inside a tag do not divide it. */
export function tagsIn(header: string): string[] {
  return Array.from(header.matchAll(TAG), ([tag]) => tag);
}

/**
 * The tag of a representation in a coding. A strong tag promises the same bytes, so the coded form has one of its own.
 *
 * @param tag the tag of the uncoded representation
 */
export function codedTag(tag: string, encoding: Encoding): string {
  if (encoding === 'identity' || tag.startsWith('W/')) return tag;
  return `${tag.slice(0, -1)}-${encoding}"`;
}

/** A tag as it was before a coding was marked in it. */
export const uncodedTag = (tag: string): string => tag.replace(/-(?:br|gzip)"$/, '"');

/**
 * Whether If-None-Match names a representation: weak comparison (RFC 9110, 8.8.3.2), lists and `*` understood. The
 * codings of one representation count as one: whoever has any of them has the content.
 */
export function isNamedIn(header: string, tag: string): boolean {
  if (header.trim() === '*') return true;
  const own = opaque(tag);
  return tagsIn(header).some((given) => opaque(given) === own);
}
