import { z } from 'zod';
import { EXCLUSIONS } from '../../analysis/cells.js';
import { RATE_REASONS } from '../../analysis/rate.js';
import { BUCKETS } from '../../domain/calendar.js';
import { BASES, SCOPES } from '../../domain/claim.js';
import { FLAGS } from '../../domain/claim-flags.js';
import { MEASURES } from '../../domain/measure.js';
import { SIDES } from '../../domain/source.js';
import { pageSchema } from './envelope.js';

const whole = z.int().min(-1e12).max(1e12);
const count = whole.nullable();
const interval = z.array(z.number()).length(2).nullable();

const claimRangeSchema = z
  .strictObject({ low: z.number(), high: z.number() })
  .nullable()
  .describe('The rate under the least and the most favourable of competing claims.');

export const rateSchema = z
  .strictObject({
    measure: z.enum(MEASURES),
    value: z.number().nullable().describe('Null comes with a reason.'),
    numerator: count,
    denominator: count,
    level: z.number(),
    wilson: interval.describe('Wilson score interval.'),
    night_clustered: interval.describe(
      'Interval with nights as clusters, from two nights on; not clipped.',
    ),
    nights: whole,
    claims: whole,
    dispersion: z.number().nullable().describe('Pearson phi of the nights; 1 is binomial.'),
    comparable: z.boolean().describe('False if the nights cross a break of the measure.'),
    claim_range: claimRangeSchema,
    reason: z.enum(RATE_REASONS).nullable(),
  })
  .meta({ id: 'Rate' });

export const breakSchema = z
  .strictObject({
    night: z.string(),
    from: z.string().nullable().describe('Era before; null where none is defined.'),
    to: z.string(),
    affects: z.array(z.enum(MEASURES)),
  })
  .meta({ id: 'Break' });

/** What every statistic says about the claims behind it. */
export const accountFields = {
  excluded: z.strictObject(
    Object.fromEntries(EXCLUSIONS.map((reason) => [reason, whole])) as Record<
      (typeof EXCLUSIONS)[number],
      typeof whole
    >,
  ),
  flagged: z.partialRecord(z.enum(FLAGS), whole),
  warnings: z.array(z.string()),
};

/** Whether what is ranked or pooled means one thing throughout. */
export const comparabilityFields = {
  comparable: z.boolean().describe('False if the nights cross a break of the measure.'),
  breaks: z.array(breakSchema),
};

const summary = {
  launched: count.describe('Launched in the claims that enter the rates.'),
  intercepted: count,
  suppressed: count,
  left_airspace: count,
  still_airborne: count,
  unaccounted: count.describe(
    'launched - intercepted - suppressed - left_airspace - still_airborne; not hits.',
  ),
  launched_all: count.describe('Launched, also of claims without an outcome.'),
  intercepted_all: count.describe('Intercepted, also of claims without launched.'),
  suppressed_claims: whole.describe('Claims that report suppressed.'),
  suppressed_reported_share: z
    .number()
    .nullable()
    .describe('Share of launched whose claims report suppressed.'),
  hit_locations: count,
  hit_location_claims: whole,
  debris_locations: count,
  debris_location_claims: whole,
  nights: whole,
  claims: whole,
  rates: z.strictObject({
    interception: rateSchema,
    neutralisation: rateSchema,
    non_penetration: rateSchema,
  }),
  claim_range: claimRangeSchema.describe('That of the interception rate.'),
  ...accountFields,
  breaks: z.array(breakSchema),
};

export const groupSchema = z
  .strictObject({ key: z.record(z.string(), z.string().nullable()), ...summary })
  .meta({ id: 'Group' });

const explainedSchema = z
  .strictObject({
    claims: z.array(
      z.strictObject({
        id: z.string(),
        href: z.string().describe('The claim as it was at the version of this answer.'),
        barrage_id: z.string(),
        night: z.string(),
        source: z.string(),
        side: z.enum(SIDES),
        munition: z.string(),
        scope: z.enum(SCOPES),
        basis: z.enum(BASES),
        launched: count,
        intercepted: count,
        suppressed: count,
        left_airspace: count,
        counted: z.boolean().describe('Whether it entered the rates.'),
        reason: z.enum(EXCLUSIONS).nullable().describe('Why it was left out.'),
        flags: z.array(z.enum(FLAGS)),
      }),
    ),
    counted: whole.describe('Claims that entered the rates, on all pages.'),
    left_out: whole.describe('Claims that were left out, on all pages.'),
    page: pageSchema,
  })
  .meta({ id: 'Explained' });

export const summarySchema = z
  .strictObject({
    ...summary,
    groups: z.array(groupSchema).optional(),
    explained: explainedSchema.optional().describe('With explain=true: the claims behind it.'),
  })
  .meta({ id: 'Summary' });

const rollingSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  value: z.number().nullable(),
  numerator: whole,
  denominator: whole,
  wilson: interval,
});

const ewmaSchema = z.strictObject({ of_counts: z.number().nullable(), of_rates: z.number() });

export const pointSchema = z.strictObject({
  bucket: z.string(),
  from: z.string(),
  to: z.string(),
  launched: count,
  intercepted: count,
  suppressed: count,
  nights: whole,
  claims: whole,
  rate: rateSchema,
  rolling: rollingSchema.nullable(),
  ewma: ewmaSchema.nullable(),
  era: z.string().nullable(),
  status: z.enum(['final', 'provisional', 'silent']),
});

export const seriesSchema = z
  .strictObject({
    bucket: z.enum(BUCKETS),
    measure: z.enum(MEASURES),
    points: z.array(pointSchema),
    groups: z
      .array(
        z.strictObject({
          key: z.record(z.string(), z.string().nullable()),
          points: z.array(pointSchema),
          breaks: z.array(breakSchema),
        }),
      )
      .optional()
      .describe('With group_by: the same of each group.'),
    ...accountFields,
    breaks: z.array(breakSchema),
  })
  .meta({ id: 'Series' });

export const measureSchema = z
  .strictObject({
    measure: z.enum(MEASURES),
    formula: z.string(),
    numerator: z.array(z.string()),
    required: z.array(z.string()),
    description: z.string(),
    broken_by: z
      .array(z.string())
      .describe('Reporting eras at whose start it changes its meaning.'),
  })
  .meta({ id: 'MeasureDefinition' });
