import { z } from 'zod';
import { PROBLEM_TYPE, PROBLEMS, type ProblemSlug } from '../problem.js';

const queryEcho = z
  .record(z.string(), z.unknown())
  .describe('Everything that shaped the answer, defaults spelled out.');

/** What every answer says about itself. */
export const metaSchema = z
  .strictObject({
    query: queryEcho,
    dataset_version: z
      .int()
      .min(1)
      .max(1e12)
      .describe('The state of the dataset this was answered from.'),
    as_of: z.iso.datetime().describe('When that version was written.'),
    generated_at: z.iso.datetime(),
  })
  .meta({ id: 'Meta' });

/** What a statistic says about itself besides. */
export const statsMetaSchema = z
  .strictObject({
    ...metaSchema.shape,
    method_version: z
      .int()
      .min(1)
      .max(1e6)
      .describe('Version of the formulas; see docs/methods.md.'),
    citation: z.strictObject({
      text: z.string(),
      permalink: z.string().describe('Answers the same data for ever.'),
      digest: z.string().describe('SHA-256 of the canonical JSON (RFC 8785) of data.'),
    }),
    licence: z.string(),
  })
  .meta({ id: 'StatsMeta' });

export const pageSchema = z
  .strictObject({
    limit: z.int().min(1).max(500),
    has_more: z.boolean(),
    next_cursor: z.string().nullable(),
    total: z.int().min(0).max(1e12).optional().describe('All rows, with count=exact.'),
  })
  .meta({ id: 'Page' });

/**
 * A record with a strong validator. Equal tags promise equal bytes, so its meta holds nothing that moves while the
 * record stays: the revision and the dataset version that brought it are in `data`.
 */
export const recordOf = <T extends z.ZodType>(data: T) =>
  z.strictObject({ data, meta: metaSchema.pick({ query: true }) });
/** A record that also depends on others, and therefore on the dataset version, which its validator names. */
export const composedOf = <T extends z.ZodType>(data: T) =>
  z.strictObject({ data, meta: metaSchema.omit({ generated_at: true }) });
/** A single thing with its meta. */
export const itemOf = <T extends z.ZodType>(data: T) => z.strictObject({ data, meta: metaSchema });
/** A code list with its meta. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ data: z.array(item), meta: metaSchema });
/** A page of a walk with its meta. */
export const pageOf = (item: z.ZodObject) =>
  z.strictObject({
    data: z
      .union([z.array(item), z.array(item.partial())])
      .describe('Rows; with `fields`, parts of them.'),
    page: pageSchema,
    meta: metaSchema,
  });
/** A statistic with its meta. */
export const statsOf = <T extends z.ZodType>(data: T) =>
  z.strictObject({ data, meta: statsMetaSchema });

/** An RFC 9457 problem document. */
export const problemSchema = z
  .strictObject({
    type: z.string().meta({ examples: ['/problems/validation'] }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    instance: z.string().meta({ examples: ['urn:request:req-1'] }),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().optional().describe('JSON Pointer into the body.'),
          parameter: z.string().optional().describe('Name of the query parameter.'),
          code: z.string(),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });

/** What can go wrong with every write. */
export const WRITE_PROBLEMS = [
  'malformed-request',
  'unauthorized',
  'forbidden',
  'conflict',
  'payload-too-large',
  'unsupported-media-type',
  'validation',
  'unavailable',
] as const satisfies readonly ProblemSlug[];

/** What can go wrong with every read of one record. */
export const ITEM_PROBLEMS = [
  'invalid-parameter',
  'not-found',
  'uri-too-long',
] as const satisfies readonly ProblemSlug[];

/** The documented responses of problems, by status, where nothing of ours can fail. */
export function callerProblems(...slugs: ProblemSlug[]) {
  const statuses = new Set(slugs.map((slug) => PROBLEMS[slug].status));
  const entries = [...statuses].map((status) => {
    const titles = Object.values(PROBLEMS).filter((problem) => problem.status === status);
    return [
      status,
      {
        description: titles.map(({ title }) => title).join('; '),
        content: { [PROBLEM_TYPE]: { schema: problemSchema } },
      },
    ] as const;
  });
  return Object.fromEntries(entries);
}

/** The documented responses of problems, by status; 500 and 429 among them, for whatever asks the database. */
export const problemResponses = (...slugs: ProblemSlug[]) =>
  callerProblems(...slugs, 'internal', 'too-many-requests');
