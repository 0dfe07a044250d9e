import { z } from 'zod';

// White space around a text is not part of it, and alone is no text: what a sender has to know beforehand.
const SENT = '^[\\n\\t\\p{Zs}]*[^\\s\\p{Cc}\\p{Cs}](?:[\\n\\t]|[^\\p{Cc}\\p{Cs}])*$';

/**
 * Free text that somebody wrote: trimmed, in NFC, not empty, without control characters.
 *
 * @param max in characters, as JSON Schema counts them: "😀" is one, although a JavaScript string has two units of it
 */
export const textSchema = (max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .min(1)
    .regex(/^(?:[\n\t]|[^\p{Cc}\p{Cs}])*$/u, 'text without control characters')
    .refine((text) => text.length <= max || [...text].length <= max, {
      error: `at most ${max} characters`,
    })
    .meta({ maxLength: max, pattern: SENT });

/** An http or https address. */
export const httpUrlSchema = z
  .url({ protocol: /^https?$/, error: 'an absolute http or https URL' })
  .max(2000)
  .regex(/^[^\p{Cs}]*$/u, 'an address without broken characters')
  .meta({ format: 'uri' });
