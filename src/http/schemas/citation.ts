import { z } from 'zod';

/** A reference in the forms that reference managers and journals take. */
export const citationSchema = z
  .strictObject({
    text: z.string().describe('One line, with the address.'),
    bibtex: z.string(),
    csl_json: z.strictObject({
      id: z.string(),
      type: z.literal('dataset'),
      title: z.string(),
      author: z.array(z.strictObject({ literal: z.string() })),
      issued: z.strictObject({ 'date-parts': z.array(z.array(z.int().min(1).max(9999))) }),
      accessed: z.strictObject({ 'date-parts': z.array(z.array(z.int().min(1).max(9999))) }),
      version: z.string(),
      URL: z.string(),
      note: z.string(),
    }),
    apa: z.string().describe('APA, 7th edition.'),
    permalink: z.string().describe('Answers the same data for ever.'),
    digest: z.string().describe('SHA-256 of the canonical JSON (RFC 8785) of data.'),
  })
  .meta({ id: 'Citation' });
