import { z } from 'zod';
import { RATE_REASONS } from '../../analysis/rate.js';
import { AGES } from '../../analysis/revisions.js';
import { BASES, CLAIM_COUNTS, SCOPES } from '../../domain/claim.js';
import { SIDES } from '../../domain/source.js';
import { accountFields } from './statistics.js';

const whole = z.int().min(-1e12).max(1e12);
const average = z.number().nullable();

const perAge = Object.fromEntries(AGES.map(({ age }) => [age, whole])) as Record<
  (typeof AGES)[number]['age'],
  typeof whole
>;

const fieldSchema = z
  .strictObject({
    claims: whole,
    claims_that_gave_it_first: whole,
    moved: whole.describe('Claims whose first and present value are known and differ.'),
    filled: whole.describe('Claims that did not give it first and give it now.'),
    blanked: whole.describe('Claims that gave it first and do not give it now.'),
    share_moved: average.describe('moved / claims_that_gave_it_first.'),
    net_change: whole.describe('Sum of present less first value over the moved claims.'),
    mean_absolute_change: average,
    median_absolute_change: average,
    largest_absolute_change: z
      .strictObject({
        claim: z.string(),
        href: z.string(),
        night: z.string(),
        first: whole.nullable(),
        now: whole.nullable(),
        change: whole,
      })
      .nullable(),
    revisions: whole.describe('Revisions that changed it, also those that were taken back.'),
    revisions_by_age: z
      .strictObject(perAge)
      .describe('The same by the age of the night, in days, when the revision was released.'),
  })
  .meta({ id: 'FieldRevisions' });

const perField = Object.fromEntries(CLAIM_COUNTS.map((field) => [field, fieldSchema])) as Record<
  (typeof CLAIM_COUNTS)[number],
  typeof fieldSchema
>;

const rateSchema = z
  .strictObject({
    launched: whole,
    intercepted: whole,
    value: z.number().nullable().describe('Null comes with a reason.'),
    reason: z.enum(RATE_REASONS).nullable(),
  })
  .meta({ id: 'RevisedRate' });

export const statsRevisionsSchema = z
  .strictObject({
    claims: whole.describe('Claims that are current at the version.'),
    claims_revised: whole.describe('Those of them in which a revision changed a count.'),
    retracted: whole.describe('Claims that were retracted by then; counted nowhere else.'),
    ...accountFields,
    interception: z.strictObject({
      side: z.enum(SIDES),
      scope: z.array(z.enum(SCOPES)),
      basis: z.array(z.enum(BASES)),
      claims: whole.describe('Headline claims that gave both counts first and give both now.'),
      claims_moved: whole,
      claims_left_out: whole.describe('Headline claims that lack a count at either end.'),
      first: rateSchema,
      now: rateSchema,
      difference: z.number().nullable().describe('now minus first.'),
    }),
    sources: z.array(
      z.strictObject({
        source: z.string(),
        side: z.enum(SIDES),
        claims: whole,
        claims_revised: whole,
        retracted: whole,
        fields: z.strictObject(perField),
      }),
    ),
  })
  .meta({ id: 'StatsRevisions' });
