import { z } from 'zod';

/**
 * The slug of a name: NFC, lower case, every run of anything but letters and digits one hyphen, no transliteration.
 *
 * @example slugOf('Shahed-136/131') // => "shahed-136-131"
 */
export function slugOf(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

export const SLUG_MAX = 120;

const LOWER = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{N}]';
/** A slug as it is written by {@link slugOf}: letters and digits of any script, single hyphens between. */
export const slugSchema = z
  .string()
  .max(SLUG_MAX)
  .regex(
    /^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u,
    'a slug: letters and digits with single hyphens between',
  )
  .refine((slug) => slug === slug.normalize('NFC').toLowerCase(), 'a slug is in lower case')
  .meta({ pattern: `^${LOWER}+(-${LOWER}+)*$` });
