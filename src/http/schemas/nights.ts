import { z } from 'zod';
import { INCOMPARABLE } from '../../analysis/compare.js';
import { MEASURES } from '../../domain/measure.js';
import { SIDES } from '../../domain/source.js';
import { accountFields, breakSchema, comparabilityFields, rateSchema } from './statistics.js';

const whole = z.int().min(-1e12).max(1e12);
const interval = z.array(z.number()).length(2);
const share = z.number().nullable();

const describedBins = {
  nights: whole,
  nights_dropped: z.array(z.string()),
  bins: z.array(
    z.strictObject({
      label: z.string(),
      from: whole,
      to: whole.nullable(),
      nights: whole,
      launched: whole,
      numerator: whole,
      value: z.number().nullable(),
      wilson: interval.nullable(),
      night_clustered: interval.nullable(),
      mean_of_nightly: z
        .number()
        .nullable()
        .describe('Mean of the nightly rates, to show the difference.'),
    }),
  ),
  spearman: z
    .strictObject({ n: whole, rho: z.number(), p_two_sided: z.number() })
    .nullable()
    .describe('Rank correlation of launched and nightly rate.'),
  nightly: z.strictObject({
    mean: z.number().nullable(),
    median: z.number().nullable(),
    standard_deviation: z.number().nullable(),
    nights_at_1: whole,
  }),
};

export const salvoSizeSchema = z
  .strictObject({
    measure: z.enum(MEASURES),
    note: z.string(),
    ...accountFields,
    ...comparabilityFields,
    overall: z.strictObject(describedBins),
    per_era: z.array(z.strictObject({ era: z.string(), ...describedBins })),
  })
  .meta({ id: 'SalvoSize' });

const nightRecordSchema = z
  .strictObject({
    night: z.string(),
    barrage: z.string(),
    claims: whole,
    launched: whole.nullable(),
    intercepted: whole.nullable(),
    suppressed: whole.nullable(),
    era: z.string().nullable(),
    rate: rateSchema,
  })
  .meta({ id: 'NightRecord' });

const runSchema = z.strictObject({ nights: whole, from: z.string(), to: z.string() });

export const recordsSchema = z
  .strictObject({
    measure: z.enum(MEASURES),
    min_launched: whole,
    ...accountFields,
    ...comparabilityFields,
    largest_nights: z.array(nightRecordSchema),
    largest_claims: z.array(
      z.strictObject({
        claim: z.string(),
        barrage: z.string(),
        night: z.string(),
        munition: z.string(),
        source: z.string(),
        launched: whole.nullable(),
        intercepted: whole.nullable(),
      }),
    ),
    highest_rates: z.array(nightRecordSchema),
    lowest_rates: z.array(nightRecordSchema),
    reports: z.strictObject({
      calendar_nights: whole,
      nights_with_reports: whole,
      silent_nights: whole,
      silences: whole,
      longest_silences: z.array(runSchema),
      longest_streak: runSchema.nullable(),
      last_streak: runSchema.nullable(),
    }),
  })
  .meta({ id: 'Records' });

const givenCount = z.strictObject({
  claims: whole,
  share_of_claims: share,
  share_of_launched: share,
});
const givenSchema = z
  .strictObject({
    suppressed: givenCount,
    left_airspace: givenCount,
    still_airborne: givenCount,
    strike_uav_min: givenCount,
    hit_locations: givenCount,
    debris_locations: givenCount,
  })
  .meta({ id: 'Given' });

export const coverageSchema = z
  .strictObject({
    calendar: z.strictObject({
      from: z.string().nullable(),
      to: z.string().nullable(),
      nights: whole,
    }),
    newest_night: z.string().nullable(),
    nights_with_reports: whole,
    silent_nights: whole,
    claims: whole,
    ...accountFields,
    given: givenSchema,
    independent_sources: whole.describe(
      'Sources with a claim that does not merely repeat another.',
    ),
    sources: z.array(
      z.strictObject({
        source: z.string(),
        side: z.enum(SIDES),
        claims: whole,
        independent_claims: whole.describe('Claims that do not merely repeat another.'),
        nights_with_reports: whole,
        nights_missed: whole,
        first_night: z.string().nullable(),
        newest_night: z.string().nullable(),
        given: givenSchema,
        months: z.array(
          z.strictObject({
            month: z.string(),
            claims: whole,
            nights_with_reports: whole,
            silent_nights: whole,
            given: givenSchema,
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Coverage' });

export const decoysSchema = z
  .strictObject({
    formula: z.string(),
    ...accountFields,
    ...comparabilityFields,
    claims: whole,
    impossible_claims: whole,
    launched: whole.nullable(),
    intercepted: whole.nullable(),
    strike_uav_min: whole.nullable(),
    strike_share: share,
    lower: share,
    upper: share,
  })
  .meta({ id: 'Decoys' });

const zTest = z.strictObject({ z: z.number(), p_two_sided: z.number() }).nullable();

const halfSchema = z.strictObject({ ...rateSchema.shape, ...accountFields });

export const compareSchema = z
  .strictObject({
    measure: z.enum(MEASURES),
    a: halfSchema,
    b: halfSchema,
    difference: z.number().nullable().describe('b minus a.'),
    tests: z
      .strictObject({
        newcombe: z.strictObject({ difference: z.number(), interval }).nullable(),
        night_clustered: z
          .strictObject({ difference: z.number(), standard_error: z.number(), interval })
          .nullable(),
        relative_risk: z.number().nullable(),
        odds_ratio: z.number().nullable(),
        z_test: zTest,
        dispersion_two_windows: z.number().nullable(),
        z_test_adjusted: zTest.describe('z over the root of the dispersion of both windows.'),
        dispersion_within_months: z.number().nullable(),
        z_test_adjusted_within_months: zTest,
      })
      .nullable(),
    comparable: z.boolean(),
    incomparable_because: z.enum(INCOMPARABLE).nullable(),
    breaks: z.array(breakSchema),
  })
  .meta({ id: 'Comparison' });
