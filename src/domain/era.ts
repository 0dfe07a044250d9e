import { z } from 'zod';
import { nightSchema } from './barrage.js';
import { addDays } from './calendar.js';
import { countrySchema } from './country.js';
import { MEASURES, type Measure } from './measure.js';
import { slugSchema } from './slug.js';
import { textSchema } from './text.js';

/** A span of nights in which the words of a source, or of all sources of a party, kept their meaning. */
export const reportingEraSchema = z.strictObject({
  id: slugSchema.meta({ examples: ['ukr-b'] }),
  party: countrySchema
    .nullable()
    .describe('All sources of this party, unless a source has eras of its own.'),
  source: slugSchema
    .nullable()
    .describe('This source alone; exactly one of party and source is given.'),
  code: z.string().meta({ examples: ['B'] }),
  from_night: nightSchema.nullable().describe('First night; null is the beginning of reporting.'),
  to_night: nightSchema.nullable().describe('Last night; null is still running.'),
  meaning: z.string().describe('What the words meant in this era.'),
  breaks: z
    .array(z.enum(MEASURES))
    .describe('Measures that cannot be compared across the first night of this era.'),
  intercepted_includes_suppressed_for: z
    .array(slugSchema)
    .describe('Munitions whose intercepted count also contains suppressed ones in this era.'),
});
export type ReportingEra = z.infer<typeof reportingEraSchema>;

/** An era as it is posted; its id is spelled from its claimant and code. */
export const reportingEraInputSchema = reportingEraSchema
  .omit({ id: true })
  .extend({
    party: reportingEraSchema.shape.party.default(null),
    source: reportingEraSchema.shape.source.default(null),
    code: z
      .string()
      .regex(/^[A-Z][A-Z0-9]{0,7}$/, 'a short code in upper case, such as D')
      .meta({ examples: ['D'] }),
    from_night: reportingEraSchema.shape.from_night.default(null),
    to_night: reportingEraSchema.shape.to_night.default(null),
    meaning: textSchema(1000),
    breaks: reportingEraSchema.shape.breaks.default([]),
    intercepted_includes_suppressed_for:
      reportingEraSchema.shape.intercepted_includes_suppressed_for.default([]),
  })
  .refine(({ party, source }) => (party === null) !== (source === null), {
    path: ['party'],
    message: 'exactly one of party and source',
  })
  .refine(
    ({ from_night, to_night }) =>
      from_night === null || to_night === null || from_night <= to_night,
    { path: ['to_night'], message: 'a night not before from_night' },
  );
export type ReportingEraInput = z.infer<typeof reportingEraInputSchema>;

/**
 * The id of an era: its claimant and its code in lower case.
 *
 * @example eraId({ party: 'UKR', source: null, code: 'B' }) // => "ukr-b"
 */
export function eraId({
  party,
  source,
  code,
}: Pick<ReportingEra, 'party' | 'source' | 'code'>): string {
  return `${source ?? party}-${code}`.toLowerCase();
}

/** A claimant: eras belong to a source, or to the party it speaks for. */
export interface Claimant {
  source: string;
  party: string | null;
}

/** The eras that hold for a claimant, by first night: those of the source itself where it has any, else its party's. */
export function erasOf(claimant: Claimant, eras: readonly ReportingEra[]): ReportingEra[] {
  const own = eras.filter((era) => era.source === claimant.source);
  const applicable =
    own.length > 0 ? own : eras.filter((era) => era.party !== null && era.party === claimant.party);
  return applicable.toSorted((a, b) => ((a.from_night ?? '') < (b.from_night ?? '') ? -1 : 1));
}

/** The era that holds a night, or null where none is defined. @param eras one claimant's, from {@link erasOf} */
export function eraAt(eras: readonly ReportingEra[], night: string): ReportingEra | null {
  const holds = ({ from_night, to_night }: ReportingEra): boolean =>
    (from_night ?? '') <= night && (to_night === null || night <= to_night);
  return eras.find(holds) ?? null;
}

/** A night on which the meaning of a claimant's words changed. */
export interface Break {
  night: string;
  /** Code of the era before; null where none is defined. */
  from: string | null;
  to: string;
  affects: Measure[];
}

/**
 * The breaks that lie inside a span of nights of one claimant: a break at night b counts when first < b <= last.
 *
 * @param eras the claimant's eras by first night, from {@link erasOf}
 */
export function breaksBetween(eras: readonly ReportingEra[], first: string, last: string): Break[] {
  return eras.flatMap((era, index) => {
    const { from_night: night, code: to, breaks: affects } = era;
    if (night === null || night <= first || night > last) return [];
    return [{ night, from: eras[index - 1]?.code ?? null, to, affects }];
  });
}

/** A run of a claimant's eras across which a measure keeps its meaning. */
export interface Stretch {
  /** Codes of its eras, joined: `A`, `B-C`. */
  eras: string;
  from: string | null;
  to: string | null;
}

/**
 * The longest runs of eras that no break of a measure divides.
 *
 * @param eras one claimant's, by first night, from {@link erasOf}
 */
export function comparableStretches(eras: readonly ReportingEra[], measure: Measure): Stretch[] {
  const stretches: Stretch[] = [];
  const start = eras[0]?.from_night ?? null;
  // What lies before the first defined era is a stretch of its own.
  if (start !== null) stretches.push({ eras: 'none', from: null, to: addDays(start, -1) });
  for (const { code, from_night, to_night, breaks } of eras) {
    const last = stretches.at(-1);
    if (last === undefined || breaks.includes(measure)) {
      stretches.push({ eras: code, from: from_night, to: to_night });
    } else {
      last.eras = `${last.eras}-${code}`;
      last.to = to_night;
    }
  }
  return stretches;
}
