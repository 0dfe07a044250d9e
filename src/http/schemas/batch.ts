import { z } from 'zod';
import { barrageIdSchema } from '../../domain/barrage.js';
import { barrageInputSchema } from '../../domain/barrage-input.js';
import { countrySchema } from '../../domain/country.js';
import { BATCH_MAX_ITEMS } from '../batch-body.js';
import { rateSchema } from './statistics.js';

/** The body of a batch, as it is described; its items are checked one by one. */
export const batchBodySchema = z
  .array(barrageInputSchema.meta({ id: 'PostedBarrage' }))
  .min(1)
  .max(BATCH_MAX_ITEMS)
  .describe('A JSON array; or newline-delimited JSON, one barrage per line.');

/** How a batch is written. */
export const batchModeSchema = z.enum(['atomic', 'partial']);

const ITEM_STATUS = {
  created: 201,
  existing: 200,
  unreadable: 400,
  conflict: 409,
  invalid: 422,
} as const;
type ItemResult = keyof typeof ITEM_STATUS;

/** The status that an item would have been answered with alone. */
export const itemStatus = (outcome: ItemResult): number => ITEM_STATUS[outcome];

const resultSchema = z
  .strictObject({
    index: z.int().min(0).max(BATCH_MAX_ITEMS).describe('Place of the item in the batch, from 0.'),
    status: z
      .literal([200, 201, 400, 409, 422])
      .describe('The status that the item would have been answered with alone.'),
    outcome: z.enum(Object.keys(ITEM_STATUS) as ItemResult[]),
    id: barrageIdSchema.nullable(),
    location: z.string().nullable().describe('Where the barrage can be read.'),
    errors: z
      .array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() }))
      .optional()
      .describe('Why it was not written; pointers into the item.'),
  })
  .meta({ id: 'BatchResult' });

const count = z.int().min(-1e12).max(1e12).nullable();
const headlineSchema = z
  .strictObject({
    claims: z.int().min(0).max(1e9),
    nights: z.int().min(0).max(1e9),
    launched: count,
    intercepted: count,
    suppressed: count,
    left_airspace: count,
    rates: z.strictObject({
      interception: rateSchema,
      neutralisation: rateSchema,
      non_penetration: rateSchema,
    }),
  })
  .meta({ id: 'Headline' });

const effectSchema = z.strictObject({
  attacker: countrySchema,
  defender: countrySchema,
  before: headlineSchema,
  after: headlineSchema,
});

const tally = z.int().min(0).max(BATCH_MAX_ITEMS);
/** What became of a batch. */
export const batchSchema = z
  .strictObject({
    mode: batchModeSchema,
    dry_run: z.boolean(),
    results: z.array(resultSchema).describe('One per item, in order.'),
    created: tally,
    existing: tally,
    failed: tally,
    effect: z
      .array(effectSchema)
      .optional()
      .describe(
        'With dry_run, per pair of parties: what /stats gives now, and would give after the write.',
      ),
  })
  .meta({ id: 'Batch' });
