import { z } from 'zod';
import { countrySchema } from './country.js';
import { slugSchema } from './slug.js';
import { httpUrlSchema, textSchema } from './text.js';

export const SOURCE_KINDS = ['official', 'media', 'osint', 'compilation'] as const;

/** Who publishes. `party` is the belligerent a source speaks for; null for everybody else. */
export const sourceSchema = z.strictObject({
  slug: slugSchema.meta({ examples: ['ua-air-force'] }),
  name: textSchema(200).meta({ examples: ['Air Force of the Armed Forces of Ukraine'] }),
  party: countrySchema
    .nullable()
    .default(null)
    .describe('The party the source speaks for, or null.')
    .meta({ examples: ['UKR'] }),
  kind: z.enum(SOURCE_KINDS).meta({ examples: ['official'] }),
  url: httpUrlSchema.nullable().default(null),
  note: textSchema(2000).nullable().default(null),
});
export type Source = z.infer<typeof sourceSchema>;

export const SIDES = ['defender', 'attacker', 'third_party'] as const;
export type Side = (typeof SIDES)[number];

/**
 * On whose side a source speaks in a barrage: its party is the defender, the attacker, or neither.
 *
 * @example sideOf('UKR', { attacker: 'RUS', defender: 'UKR' }) // => "defender"
 */
export function sideOf(
  party: string | null,
  barrage: { attacker: string; defender: string },
): Side {
  if (party === barrage.defender) return 'defender';
  return party === barrage.attacker ? 'attacker' : 'third_party';
}

/** On whose side a source speaks, by its slug; a source that nobody described is a third party. */
export function sideOfSource(
  slug: string,
  sources: readonly Source[],
  barrage: { attacker: string; defender: string },
): Side {
  return sideOf(sources.find((source) => source.slug === slug)?.party ?? null, barrage);
}
