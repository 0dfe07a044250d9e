import type { ZodError } from 'zod';
import { claimContentSchema } from '../domain/claim.js';
import { remembered } from '../domain/remembered.js';

/** What a schema of the domain says of a value. */
export type Check = (value: unknown) => { success: boolean; data?: unknown; error?: ZodError };

const schema = claimContentSchema.shape.url;
// The schema looks at the trimmed text; here no more than a text that needs no trimming is told from its site.
const SITE = /^https?:\/\/[!-~]+$/;
const isSite = remembered((text) => SITE.test(text) && schema.safeParse(text).success);
const PLAIN_PATH = /^\/[!-~]{0,1900}$/;
const SITE_MAX = 100;

/**
 * Checks the address of a report. Addresses hardly repeat, and their sites do: behind a site that is an address by
 * itself, no path of visible ASCII is wrong, so that only the site has to be taken apart, once.
 *
 * @example checkAddress('https://example.org/1').success // => true
 */
export const checkAddress: Check = (value) => {
  const text = String(value);
  const end = text.indexOf('/', 'https://'.length);
  const isPlain = end > 0 && end < SITE_MAX && PLAIN_PATH.test(text.slice(end));
  return isPlain && isSite(text.slice(0, end))
    ? { success: true, data: value }
    : schema.safeParse(value);
};
