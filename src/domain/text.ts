import { z } from 'zod';

/** Free text that somebody wrote: trimmed, in NFC, not empty, without control characters. */
export const textSchema = (max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .min(1)
    .max(max)
    .regex(/^(?:[\n\t]|[^\p{Cc}\p{Cs}])*$/u, 'text without control characters');

/** An http or https address. */
export const httpUrlSchema = z
  .url({ protocol: /^https?$/, error: 'an absolute http or https URL' })
  .max(2000)
  .regex(/^[^\p{Cs}]*$/u, 'an address without broken characters');
