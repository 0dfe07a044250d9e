import { z } from 'zod';
import { barrageKeyFields, nightSchema } from './barrage.js';
import { claimInputSchema } from './claim.js';
import { debrisSiteInputSchema } from './debris-site.js';
import { textSchema } from './text.js';

/** A barrage as a client posts it: atomic with the claims and debris sites inside it. */
export const barrageInputSchema = z.strictObject({
  ...barrageKeyFields,
  night: nightSchema
    .optional()
    .describe(
      'The night; derived from the windows of the claims if left out, and checked against them if given.',
    )
    .meta({ examples: ['2024-09-07'] }),
  note: textSchema(2000).nullable().default(null),
  claims: z.array(claimInputSchema).max(100).default([]),
  debris_sites: z.array(debrisSiteInputSchema).max(100).default([]),
});
export type BarrageInput = z.infer<typeof barrageInputSchema>;
