import { z } from 'zod';
import { OPERATIONS } from '../../domain/change.js';
import { metaSchema } from './envelope.js';

const whole = z.int().min(0).max(1e12);

const changeSchema = z
  .strictObject({
    version: whole.describe('Dataset version that wrote it.'),
    seq: whole.describe('Place within the version.'),
    at: z.iso.datetime(),
    actor: z.string().describe('Id of a key, an importer, or what else wrote.'),
    op: z.enum(OPERATIONS).describe('`retracted` is a tombstone: older versions keep the record.'),
    entity: z.string(),
    id: z.string(),
    revision: whole,
    fields: z.array(z.string()).describe('For a correction: the fields that differ.'),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Change' });

const count = whole.nullable();
const rate = z.number().min(0).max(1).nullable();
const headlineFigures = z
  .strictObject({
    claims: whole,
    launched: count,
    intercepted: count,
    suppressed: count,
    left_airspace: count,
    rates: z.strictObject({ interception: rate, neutralisation: rate, non_penetration: rate }),
  })
  .meta({ id: 'HeadlineFigures' });

const versionSchema = z
  .strictObject({
    version: whole,
    at: z.iso.datetime(),
    actor: z.string(),
    reason: z
      .string()
      .nullable()
      .describe('The reason of all its changes; null if they have none or differ.'),
    changes: z.strictObject({ created: whole, corrected: whole, retracted: whole }),
    import: z
      .strictObject({
        importer: z.string(),
        file_name: z.string(),
        sha256: z.string(),
        munitions_sha256: z.string().nullable(),
        published: z.string(),
      })
      .nullable()
      .describe('The file, if the version is an import.'),
    headline: z
      .strictObject({ before: headlineFigures, after: headlineFigures, changed: z.boolean() })
      .describe(
        'What /stats, asked for nothing, answers at the version before and at this one; empty before the first.',
      ),
  })
  .meta({ id: 'DatasetVersion' });

/** A page of a feed that is read from a position on. */
const feedOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({
    data: z.array(item),
    page: z.strictObject({
      limit: whole,
      has_more: z.boolean(),
      next_after: z.string().describe('`after` of the next request.'),
    }),
    meta: metaSchema,
  });

export const changesSchema = feedOf(changeSchema);
export const versionsSchema = feedOf(versionSchema);

export const revisionSchema = z
  .strictObject({
    revision: whole,
    op: z.enum(OPERATIONS),
    recorded_at: z.iso.datetime(),
    dataset_version: whole,
    actor: z.string(),
    reason: z.string().nullable(),
    changed: z.array(z.strictObject({ field: z.string(), old: z.unknown(), new: z.unknown() })),
  })
  .meta({ id: 'Revision' });
