import { z } from 'zod';
import { barrageIdSchema, nightSchema } from '../../domain/barrage.js';
import { ASSERTIONS, claimContentSchema, claimIdSchema, ORIGINS } from '../../domain/claim.js';
import { FLAGS } from '../../domain/claim-flags.js';
import { countrySchema } from '../../domain/country.js';
import { debrisSiteContentSchema, debrisSiteIdSchema } from '../../domain/debris-site.js';
import { categorySchema } from '../../domain/munition.js';
import { slugSchema } from '../../domain/slug.js';
import { SIDES, sourceSchema } from '../../domain/source.js';

const count = z.int().min(-1e9).max(1e9).nullable();

const versioned = {
  revision: z.int().min(1).max(1e9),
  recorded_at: z.iso.datetime().describe('When this revision was recorded.'),
  dataset_version: z
    .int()
    .min(1)
    .max(1e12)
    .describe('The dataset version that brought this revision.'),
};

const placed = {
  barrage_id: barrageIdSchema,
  attacker: countrySchema,
  defender: countrySchema,
  night: nightSchema,
};

const provenanceSchema = z.strictObject({
  importer: z.string(),
  file_name: z.string(),
  sha256: z.string(),
  published: nightSchema,
  line: z.int().min(1).max(1e9),
  raw: z
    .record(z.string(), z.string())
    .optional()
    .describe('The row as published; given for a single claim.'),
});

/** A claim as it is served. */
export const claimSchema = z
  .strictObject({
    id: claimIdSchema,
    ...versioned,
    ...placed,
    side: z.enum(SIDES),
    ...claimContentSchema.shape,
    regions: z.array(z.string()).describe('ISO 3166-2 codes of the regions that the claim names.'),
    flags: z.array(z.enum(FLAGS)),
    origin: z.enum(ORIGINS),
    set_by_hand: z
      .array(z.string())
      .describe(
        'Fields corrected by hand since it was read from a file: no later file overrules them.',
      ),
    provenance: provenanceSchema.nullable(),
  })
  .meta({ id: 'Claim' });

/** A claim as lists give it: where it comes from, without the row itself. */
export const listedClaimSchema = claimSchema
  .extend({ provenance: provenanceSchema.omit({ raw: true }).nullable() })
  .meta({ id: 'ListedClaim' });

/** A debris site as it is served. */
export const debrisSiteSchema = z
  .strictObject({
    id: debrisSiteIdSchema,
    ...versioned,
    ...placed,
    ...debrisSiteContentSchema.shape,
  })
  .meta({ id: 'DebrisSite' });

const totalSchema = z.strictObject({
  munition: slugSchema,
  category: categorySchema,
  claims: z.int().min(0).max(1e9),
  launched: count,
  intercepted: count,
  suppressed: count,
  left_airspace: count,
  still_airborne: count,
  unaccounted: count,
  launched_all: count,
  intercepted_all: count,
  rates: z.strictObject({
    interception: z.number().nullable(),
    neutralisation: z.number().nullable(),
    non_penetration: z.number().nullable(),
  }),
});

const conflictSchema = z
  .strictObject({
    munition: slugSchema,
    field: z.string().describe('What is told differently; `assertion` if nobody gives a number.'),
    values: z.array(
      z.strictObject({
        value: z.union([z.int().min(0).max(1e9), z.enum(ASSERTIONS)]),
        side: z.enum(SIDES),
        sources: z.array(slugSchema),
        claims: z.array(claimIdSchema).describe('Of several that add up, all.'),
        quotation: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Conflict' });

/** A barrage as it is served. */
export const barrageSchema = z
  .strictObject({
    id: barrageIdSchema,
    ...versioned,
    attacker: countrySchema,
    defender: countrySchema,
    night: nightSchema,
    note: z.string().nullable(),
    totals: z
      .array(totalSchema)
      .describe("Per munition: the defender's national headline claims of basis barrage."),
    claims: z.array(listedClaimSchema).optional(),
    debris_sites: z.array(debrisSiteSchema).optional(),
    sources: z.array(sourceSchema).optional(),
    sides: z
      .array(
        z.strictObject({
          side: z.enum(SIDES),
          totals: z.array(totalSchema).describe("Per munition, of this side's claims alone."),
          claims: z.array(claimIdSchema),
        }),
      )
      .optional()
      .describe('The claims by side; sides are never added together.'),
    conflicts: z
      .array(conflictSchema)
      .optional()
      .describe('Where the claims contradict each other. Nobody is believed more than another.'),
  })
  .meta({ id: 'Barrage' });

const position = z.array(z.number()).length(2);
/** Debris sites as GeoJSON (RFC 7946); a site without coordinates has a null geometry. */
export const debrisGeoJsonSchema = z
  .strictObject({
    type: z.literal('FeatureCollection'),
    features: z.array(
      z.strictObject({
        type: z.literal('Feature'),
        id: debrisSiteIdSchema,
        geometry: z.strictObject({ type: z.literal('Point'), coordinates: position }).nullable(),
        properties: z.union([debrisSiteSchema, debrisSiteSchema.partial()]),
      }),
    ),
    page: z.unknown(),
    meta: z.unknown(),
  })
  .meta({ id: 'DebrisGeoJson' });
