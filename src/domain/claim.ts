import { z } from 'zod';
import { countrySchema } from './country.js';
import { isMoment } from './night.js';
import { slugSchema } from './slug.js';
import { httpUrlSchema, textSchema } from './text.js';

export const SCOPES = ['national', 'regional', 'other'] as const;
export type Scope = (typeof SCOPES)[number];
export const BASES = ['barrage', 'tally'] as const;
export type Basis = (typeof BASES)[number];
/** What a source can assert without a number. */
export const ASSERTIONS = ['all_targets_hit', 'none_got_through', 'attack_denied'] as const;
export type Assertion = (typeof ASSERTIONS)[number];
/** How a claim first came in: posted by a client, or read from a file. */
export const ORIGINS = ['client', 'import'] as const;
export type Origin = (typeof ORIGINS)[number];

/** The counts a claim can give: whole numbers, null is "not reported". */
export const CLAIM_COUNTS = [
  'launched',
  'intercepted',
  'suppressed',
  'left_airspace',
  'still_airborne',
  'strike_uav_min',
  'hit_locations',
  'debris_locations',
  'turbojet',
  'turbojet_intercepted',
] as const;

/** The largest count a claim may carry; far above any report, low enough to catch a slipped digit. */
export const COUNT_MAX = 1_000_000;

export const claimIdSchema = z.string().regex(/^clm_[0-9A-HJKMNP-TV-Z]{26}$/, 'clm_ and a ULID');

const momentSchema = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/,
    'a local date or date and minute: 2024-09-07 or 2024-09-07T08:00',
  )
  .refine(isMoment, 'a moment that exists in the calendar');

// Building a formatter costs 50 µs and a batch names the same zone in every claim.
const zones = new Map<string, boolean>();
const ZONES_MAX = 1_000;

function isKnownToIntl(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  const known = zones.get(name) ?? isKnownToIntl(name);
  if (zones.size < ZONES_MAX) zones.set(name, known);
  return known;
}

const timezoneSchema = z
  .string()
  .regex(/^[A-Za-z]+(\/[A-Za-z0-9_+-]+)+$/, 'an IANA time zone such as Europe/Kyiv')
  .refine(isTimeZone, 'an IANA time zone that exists');

const count = (description: string) =>
  z
    .int()
    .min(0)
    .max(COUNT_MAX)
    .nullable()
    .default(null)
    .describe(`${description} Null: not reported.`);
const placeSchema = textSchema(200);
const countsBy = (key: z.ZodString, description: string) =>
  z
    .record(key, z.int().min(0).max(COUNT_MAX).nullable())
    .refine((value) => Object.keys(value).length <= 200, 'at most 200 entries')
    .nullable()
    .default(null)
    .describe(`${description} A null count: some, number unknown.`);

/** Somebody through whom a statement reached us: the chain from its author to the page that was read. */
export const citationStepSchema = z.strictObject({
  source: slugSchema,
  url: httpUrlSchema.nullable().default(null),
  published: momentSchema.nullable().default(null),
  via: textSchema(100).nullable().default(null).describe('The channel, such as Telegram.'),
});
export const citedBySchema = z.array(citationStepSchema).max(10).default([]);

/** What a source says about one munition in one barrage. Everything a client can write. */
export const claimContentSchema = z.strictObject({
  source: slugSchema
    .describe('Slug of the source that says it.')
    .meta({ examples: ['ua-air-force'] }),
  url: httpUrlSchema.nullable().default(null).describe('Where the source published it.'),
  cited_by: citedBySchema,
  munition: slugSchema
    .describe('Slug or alias of the munition or bundle.')
    .meta({ examples: ['shahed-136-131'] }),
  window_start: momentSchema
    .describe('Start of the reporting window as written, local wall clock.')
    .meta({ examples: ['2024-09-07'] }),
  window_end: momentSchema
    .describe('End of the reporting window as written, local wall clock.')
    .meta({ examples: ['2024-09-07T08:00'] }),
  timezone: timezoneSchema.default('Europe/Kyiv').describe('IANA zone of the wall clock.'),
  launched: count('Munitions launched as claimed.').meta({ examples: [67] }),
  intercepted: count('Claimed shot down.').meta({ examples: [58] }),
  suppressed: count('Did not reach the target without being shot down.').meta({ examples: [3] }),
  left_airspace: count("Flew on out of the defender's airspace.").meta({ examples: [6] }),
  left_airspace_to: countsBy(countrySchema, 'Where to: country code to count.').meta({
    examples: [{ BLR: 6 }],
  }),
  still_airborne: count('Still flying when the report was published.'),
  strike_uav_min: count(
    'Of the launched, strike UAVs at least; the rest are decoys and other types.',
  ),
  hit_locations: count('Places hit (places, not munitions).'),
  debris_locations: count('Places where debris fell (places, not munitions).'),
  turbojet: count('Jet-powered subset of the launched.'),
  turbojet_intercepted: count('Jet-powered subset of the intercepted.'),
  launch_places: z
    .array(placeSchema)
    .max(50)
    .default([])
    .meta({ examples: [['Chauda, Crimea', 'Kursk oblast', 'Yeysk']] }),
  target: placeSchema.nullable().default(null).describe('Area the report covers, as written.'),
  target_main: placeSchema
    .nullable()
    .default(null)
    .describe('Main direction of the attack, as written.'),
  carriers: placeSchema.nullable().default(null).describe('Launch platforms, as written.'),
  affected_regions: z
    .array(placeSchema)
    .max(100)
    .default([])
    .describe('Regions affected, as written.'),
  intercepted_by_place: countsBy(placeSchema, 'Intercepted per place, as written; not additive.'),
  launched_by_munition: countsBy(placeSchema, 'For a bundle: launched per munition.'),
  launch_places_by_munition: z
    .record(placeSchema, z.array(placeSchema))
    .nullable()
    .default(null)
    .describe('For a bundle: launch places per munition.'),
  scope: z.enum(SCOPES).default('national').describe('Coverage of the claim.'),
  basis: z
    .enum(BASES)
    .default('barrage')
    .describe('`tally`: only kills are reported, so launched was set equal to them.'),
  alternative_to: claimIdSchema
    .nullable()
    .default(null)
    .describe('The headline claim this one competes with; it then never enters a sum.'),
  independent_of: z
    .array(claimIdSchema)
    .max(20)
    .default([])
    .describe(
      'Claims that this one merely repeats, such as the statement that it quotes: independent of them it is nothing, and it corroborates none.',
    ),
  assertion: z
    .enum(ASSERTIONS)
    .nullable()
    .default(null)
    .describe('A statement without any number; it then gives no count and needs a quotation.'),
  quotation: textSchema(2000)
    .nullable()
    .default(null)
    .describe("The source's own words, as published."),
  note: textSchema(2000).nullable().default(null),
});

/** A claim's content once defaults are filled in: null is "not reported". */
export type ClaimContent = z.infer<typeof claimContentSchema>;

export const asReportedSchema = z
  .boolean()
  .default(false)
  .describe(
    'Record the claim as the source made it although it is impossible or names an unknown munition; it is flagged.',
  );

/** A claim as a client posts it. */
export const claimInputSchema = claimContentSchema.extend({ as_reported: asReportedSchema });
export type ClaimInput = z.infer<typeof claimInputSchema>;

/** The country codes' known counts added up; null if none is known. */
export function knownSum(counts: Readonly<Record<string, number | null>> | null): number | null {
  if (counts === null) return null;
  const known = Object.values(counts).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
