import { z } from 'zod';
import { COUNT_MAX, citedBySchema } from './claim.js';
import { regionSchema } from './region.js';
import { slugSchema } from './slug.js';
import { httpUrlSchema, textSchema } from './text.js';

export const debrisSiteIdSchema = z
  .string()
  .regex(/^dbs_[0-9A-HJKMNP-TV-Z]{26}$/, 'dbs_ and a ULID');

const people = (description: string) =>
  z
    .int()
    .min(0)
    .max(COUNT_MAX)
    .nullable()
    .default(null)
    .describe(`${description} Null: not stated.`);

const fields = z.strictObject({
  source: slugSchema
    .describe('Slug of the source that observed or stated it.')
    .meta({ examples: ['verkhovna-rada'] }),
  url: httpUrlSchema.nullable().default(null),
  via: textSchema(100)
    .nullable()
    .default(null)
    .describe('The channel of the statement, such as Telegram.')
    .meta({ examples: ['Telegram'] }),
  cited_by: citedBySchema,
  place: textSchema(300)
    .describe('The place in words.')
    .meta({ examples: ['Next to the parliament building (Verkhovna Rada), Kyiv'] }),
  region: regionSchema.shape.code.nullable().default(null),
  latitude: z.number().min(-90).max(90).nullable().default(null),
  longitude: z.number().min(-180).max(180).nullable().default(null),
  fallen: textSchema(300)
    .nullable()
    .default(null)
    .describe('What fell.')
    .meta({ examples: ['debris of one drone'] }),
  damaged: textSchema(1000).nullable().default(null).describe('What was damaged.'),
  killed: people('People killed, as stated.'),
  injured: people('People injured, as stated.'),
  note: textSchema(2000).nullable().default(null),
});

/** One sited observation of debris with its own source; it may have no coordinates. */
export const debrisSiteInputSchema = fields.refine(
  ({ latitude, longitude }) => (latitude === null) === (longitude === null),
  { path: ['longitude'], message: 'latitude and longitude come together or not at all' },
);
export const debrisSiteContentSchema = fields;
export type DebrisSiteContent = z.infer<typeof fields>;
