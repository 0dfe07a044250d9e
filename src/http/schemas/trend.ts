import { z } from 'zod';
import { MEASURES } from '../../domain/measure.js';
import { accountFields, breakSchema, rateSchema } from './statistics.js';

const whole = z.int().min(-1e12).max(1e12);
const interval = z.array(z.number()).length(2);

const mannKendallSchema = z
  .strictObject({
    n: whole,
    s: whole,
    ties: z.array(whole),
    var_s: z.number(),
    z: z.number(),
    p_two_sided: z.number(),
    tau_b: z.number(),
  })
  .describe('Mann-Kendall test of a monotonic trend.');

const hamedRaoSchema = z
  .strictObject({
    significant_lags: z.array(whole),
    variance_factor: z.number(),
    var_s: z.number(),
    z: z.number(),
    p_two_sided: z.number(),
  })
  .describe('The same test with its variance corrected for autocorrelation (Hamed and Rao 1998).');

const theilSenSchema = z
  .strictObject({
    slope: z.number(),
    intercept: z.number(),
    pairs: whole,
    c: z.number(),
    interval,
  })
  .describe('Median of the pairwise slopes per month, with the interval of Gilbert 1987.');

const monthlyTrendSchema = z.strictObject({
  first_month: z.string(),
  last_month: z.string(),
  months: whole,
  mann_kendall: mannKendallSchema.nullable(),
  hamed_rao: hamedRaoSchema.nullable(),
  theil_sen: theilSenSchema.nullable(),
});

const logisticSchema = z.strictObject({
  origin: z.string().describe('Time is days since this date, divided by 30.'),
  nights_dropped: z.array(z.string()).describe('Nights with more in the numerator than launched.'),
  fit: z
    .strictObject({
      nights: whole,
      intercept: z.number(),
      slope: z.number(),
      standard_error_binomial: z.number(),
      standard_error_quasi: z.number(),
      chi_squared: z.number(),
      deviance: z.number(),
      df: whole,
      phi: z.number(),
      t: z.number().nullable(),
      p_two_sided: z.number().nullable(),
      odds_ratio: z.number().nullable().describe('Per 30 nights.'),
      odds_ratio_interval: interval.nullable(),
    })
    .nullable(),
});

const pearsonSchema = z.strictObject({
  chi_squared: z.number(),
  df: whole,
  phi: z.number(),
});

const dispersionSchema = z.strictObject({
  nights: whole,
  pearson: pearsonSchema.nullable(),
  beta_binomial: z
    .strictObject({
      mu: z.number(),
      rho: z.number(),
      alpha: z.number().nullable(),
      beta: z.number().nullable(),
      log_likelihood: z.number(),
    })
    .nullable(),
  wilson_effective: interval.nullable().describe('Wilson interval of k/phi out of n/phi.'),
});

const partSchema = z
  .strictObject({
    label: z.string(),
    trend: monthlyTrendSchema.nullable().describe('Null with fewer than four complete months.'),
    launched_trend: monthlyTrendSchema.nullable(),
    logistic: logisticSchema,
    dispersion: dispersionSchema,
  })
  .meta({ id: 'TrendPart' });

const changesSchema = z
  .strictObject({
    points: whole,
    penalty: z.number(),
    min_segment: whole,
    phi: z.number().nullable(),
    new_segments_start: z.array(
      z.strictObject({ label: z.string(), at_break_of_definition: z.boolean() }),
    ),
    segments: z.array(
      z.strictObject({
        first: z.string(),
        last: z.string(),
        points: whole,
        launched: whole,
        rate: z.number(),
      }),
    ),
    cost: z.number().nullable(),
    best_single_split: z
      .strictObject({ first_of_new_segment: z.string(), gain: z.number() })
      .nullable(),
  })
  .meta({ id: 'ChangesOfRate' });

export const trendSchema = z
  .strictObject({
    measure: z.enum(MEASURES),
    comparable: z.boolean(),
    warning: z.string().nullable().describe('What the window crosses, in plain words.'),
    reading: z.string().describe('What the numbers support, and no more.'),
    breaks: z.array(breakSchema),
    ...accountFields,
    months: z.array(
      z.strictObject({ month: z.string(), launched: whole, numerator: whole, value: z.number() }),
    ),
    whole: partSchema,
    eras: z.array(partSchema),
    comparable_stretches: z.array(partSchema),
    dispersion_within_months: pearsonSchema.nullable(),
    change_points: z.strictObject({ nightly: changesSchema, monthly: changesSchema }),
    seasonal: z.array(
      z.strictObject({
        month_of_year: z.string(),
        nights: whole,
        launched: whole.nullable(),
        launched_per_night: z.number().nullable(),
        rate: rateSchema,
      }),
    ),
  })
  .meta({ id: 'Trend' });
