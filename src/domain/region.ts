import { z } from 'zod';

/** A first-level region: its ISO 3166-2 code, its English name and the other names under which sources write it. */
export const regionSchema = z.strictObject({
  code: z
    .string()
    .regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, 'an ISO 3166-2 code, such as UA-30')
    .meta({ examples: ['UA-30'] }),
  name: z.string().meta({ examples: ['Kyiv (city)'] }),
  country: z.string().meta({ examples: ['UKR'] }),
  aliases: z.array(z.string()).meta({ examples: [['Kyiv']] }),
});
export type Region = z.infer<typeof regionSchema>;

// Words that name a part of a country as a whole: true places, but in no region.
const UNSITED =
  /^(ukraine|front line|(north|south|east|west|cent(er|re))(-(north|south|east|west))?|black sea|sea of azov)$/i;

/** What could be made of the places that a text names. */
export interface ResolvedPlaces {
  /** ISO 3166-2 codes in the order of their first mention, each once. */
  regions: string[];
  /** Pieces that name no region we know: kept as text, flagged, never guessed at. */
  unknown: string[];
}

/** A look-up from every spelling of a region to its code. */
export function regionIndex(regions: readonly Region[]): ReadonlyMap<string, string> {
  return new Map(
    regions.flatMap(({ code, name, aliases }) =>
      [name, ...aliases].map((spelling) => [spelling.toLowerCase(), code] as const),
    ),
  );
}

/**
 * The regions that place texts name. "and" joins places; what follows a comma or stands in brackets narrows a place
 * down without moving it to another region.
 *
 * @param texts place texts as their source wrote them
 * @param index from {@link regionIndex}
 */
export function resolvePlaces(
  texts: readonly string[],
  index: ReadonlyMap<string, string>,
): ResolvedPlaces {
  const regions = new Set<string>();
  const unknown = new Set<string>();
  for (const piece of texts.flatMap(splitPlaces)) {
    const [head = piece] = piece.split(/\s*[,(]/, 1);
    const code = index.get(piece.toLowerCase()) ?? index.get(head.toLowerCase());
    if (code !== undefined) regions.add(code);
    else if (!UNSITED.test(head)) unknown.add(piece);
  }
  return { regions: [...regions], unknown: [...unknown] };
}

/**
 * The places in a text joined by the word "and"; commas belong to a place, empty pieces are dropped.
 *
 * @example splitPlaces('Kursk oblast and and Hvardiiske, Crimea') // => ["Kursk oblast","Hvardiiske, Crimea"]
 */
export function splitPlaces(text: string): string[] {
  return text
    .split(/\band\b/)
    .map((piece) => piece.replace(/\s+/g, ' ').trim())
    .filter((piece) => piece !== '');
}
