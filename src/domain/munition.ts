import { z } from 'zod';
import { slugOf, slugSchema } from './slug.js';

export const CATEGORIES = [
  'uav',
  'cruise_missile',
  'ballistic_missile',
  'surface_to_air_missile',
  'mixed',
  'guided_bomb',
  'uncategorised',
] as const;
export const categorySchema = z.enum(CATEGORIES);
export type Category = (typeof CATEGORIES)[number];

/** A weapon model, or a bundle of several that a source counts together. */
export const munitionSchema = z.strictObject({
  slug: slugSchema.meta({ examples: ['shahed-136-131'] }),
  name: z.string().meta({ examples: ['Shahed-136/131'] }),
  category: categorySchema.meta({ examples: ['uav'] }),
  aliases: z
    .array(slugSchema)
    .describe('Other slugs that name the same munition in a query or a claim.')
    .meta({ examples: [['geran-2', 'shahed']] }),
  components: z
    .array(slugSchema)
    .describe('For a bundle: the munitions counted together; otherwise empty.')
    .meta({ examples: [[]] }),
});
export type Munition = z.infer<typeof munitionSchema>;

/**
 * The parts of a bundle's name, joined by the word "and"; a single model has none.
 *
 * @example componentNames('Kalibr and Iskander-K') // => ["Kalibr","Iskander-K"]
 */
export function componentNames(name: string): string[] {
  const parts = name.split(/\s+and\s+/).filter((part) => part !== '');
  return parts.length > 1 ? parts : [];
}

/**
 * A munition nobody has described yet: accepted as it is named, category `uncategorised`.
 *
 * @example unknownMunition('Kalibr and Kub').components // => ["kalibr","kub"]
 */
export function unknownMunition(name: string): Munition {
  return {
    slug: slugOf(name),
    name: name.normalize('NFC'),
    category: 'uncategorised',
    aliases: [],
    components: componentNames(name).map(slugOf),
  };
}
