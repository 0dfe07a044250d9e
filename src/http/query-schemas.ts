import { z } from 'zod';
import { nightSchema } from '../domain/barrage.js';
import { BASES, COUNT_MAX, SCOPES } from '../domain/claim.js';
import { countrySchema } from '../domain/country.js';
import { MEASURES } from '../domain/measure.js';
import { CATEGORIES } from '../domain/munition.js';
import { SIDES } from '../domain/source.js';

export const LIMIT_DEFAULT = 50;
export const LIMIT_MAX = 500;

/** Of an address that takes no parameter: a misspelt one is refused here too. */
export const noParameters = z.strictObject({});

const LIST_MAX = 100;
/**
 * Codes joined by commas, which mean "or". On the wire it is one string.
 *
 * @param most how many there can be
 * @param pattern of one of them, where the item does not list its values
 */
export function commaList<T extends z.ZodType<unknown, string>>(
  item: T,
  most = LIST_MAX,
  pattern = '[^,]{1,200}',
) {
  const one = item instanceof z.ZodEnum ? `(${item.options.join('|')})` : pattern;
  return z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(item).min(1).max(most, `at most ${most}, joined by commas`))
    .meta({ wire: { type: 'string', pattern: `^${one}(,${one}){0,${most - 1}}$` } });
}

/** A whole number written in plain digits: `1e0`, `+1` and an empty text are not. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .meta({ wire: { type: 'integer', minimum: min, maximum: max } });

const FEED_LIMIT = 100;
/** Entries on a page of what was written. */
export const feedLimit = wholeNumber(1, LIMIT_MAX)
  .default(FEED_LIMIT)
  .describe('Entries per page.');

/** A number between two others, in plain decimal digits. */
export const decimal = (above: number, to: number) =>
  z
    .string()
    .regex(/^\d(\.\d{1,6})?$/, `a decimal number above ${above} and up to ${to}`)
    .transform(Number)
    .pipe(z.number().gt(above).max(to))
    .meta({ wire: { type: 'number', exclusiveMinimum: above, maximum: to, multipleOf: 1e-6 } });

export const measureParameter = z
  .enum(MEASURES)
  .default('interception')
  .describe('What is measured; /stats/measures defines it.');

export const flagParameter = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .meta({ wire: { type: 'boolean' } });

const code = z.string().min(1).max(200);

/** Nights of a window, both inclusive. */
export const windowParameters = {
  from: nightSchema
    .optional()
    .describe('First night, inclusive.')
    .meta({ examples: ['2024-09-07'] }),
  to: nightSchema
    .optional()
    .describe('Last night, inclusive.')
    .meta({ examples: ['2024-09-07'] }),
};

/** The pair of parties; one pair at a time, because parties are never added together. */
export const pairParameters = {
  attacker: countrySchema
    .optional()
    .describe('Attacking party; the configured one by default.')
    .meta({ examples: ['RUS'] }),
  defender: countrySchema
    .optional()
    .describe('Attacked party; the configured one by default.')
    .meta({ examples: ['UKR'] }),
};

/** Which claims are meant. */
export const claimParameters = {
  munition: commaList(code)
    .optional()
    .describe('Munition slugs or aliases; a comma means or.')
    .meta({ examples: ['shahed-136-131'] }),
  category: commaList(z.enum(CATEGORIES))
    .optional()
    .describe('Munition categories; a comma means or.')
    .meta({ examples: ['uav'] }),
  source: commaList(code)
    .optional()
    .describe('Source slugs; a comma means or.')
    .meta({ examples: ['ua-air-force'] }),
  region: commaList(code)
    .optional()
    .describe('ISO 3166-2 regions that a claim names; a comma means or.')
    .meta({ examples: ['UA-30'] }),
  launch_place: code
    .optional()
    .describe('A launch place as written in the claims.')
    .meta({ examples: ['Kursk oblast'] }),
};

export const scopeParameter = commaList(z.enum(SCOPES));
export const basisParameter = commaList(z.enum(BASES));
export const sideParameter = z.enum(SIDES);

const VERSION = /^[1-9]\d{0,8}$/;
/** The state of the dataset to answer from. */
export const asOfParameter = z
  .union([
    z.literal('latest'),
    z.string().regex(VERSION, 'a dataset version'),
    z.iso.datetime({ offset: true }),
  ])
  .default('latest')
  .describe('A dataset version, an instant (RFC 3339), or `latest`.')
  .meta({
    wire: {
      anyOf: [
        { type: 'string', const: 'latest' },
        { type: 'string', pattern: VERSION.source },
        { type: 'string', format: 'date-time' },
      ],
    },
    examples: ['latest'],
  });

/** Paging of every list. */
export const pageParameters = {
  limit: wholeNumber(1, LIMIT_MAX)
    .optional()
    .describe(
      `Rows per page: ${LIMIT_DEFAULT} by default; CSV and NDJSON give all rows without it.`,
    ),
  cursor: z.string().min(1).max(2000).optional().describe('`next_cursor` of the page before.'),
  sort: z
    .enum(['night', '-night'])
    .default('-night')
    .describe('By night, newest first by default.'),
};

/** What every list can be asked. */
export const listParameters = {
  ...windowParameters,
  ...pairParameters,
  ...pageParameters,
  as_of: asOfParameter,
  updated_after: z.iso
    .datetime({ offset: true })
    .transform((instant) => new Date(instant).toISOString())
    .meta({
      wire: { type: 'string', format: 'date-time' },
      examples: ['2026-01-01T00:00:00Z'],
    })
    .optional()
    .describe('Records of which something was recorded after this instant (RFC 3339).'),
  count: z.literal('exact').optional().describe('Also count all rows: `page.total`.'),
};

/** Which fields of a row to give. */
export const fieldsOf = (item: z.ZodObject) =>
  commaList(z.enum(Object.keys(item.shape)))
    .optional()
    .describe('Fields to give of every row; all by default.')
    .meta({ examples: [Object.keys(item.shape).slice(0, 2).join(',')] });

/** Claims by how much was launched. */
export const launchedParameters = {
  min_launched: wholeNumber(0, COUNT_MAX)
    .optional()
    .describe('Claims of at least so many launched; unknown is not at least anything.'),
  max_launched: wholeNumber(0, COUNT_MAX)
    .optional()
    .describe('Claims of at most so many launched.'),
};

/** Refuses a window that ends before it starts. */
export function orderedWindow(query: object): boolean {
  const { from, to } = query as { from?: string; to?: string };
  return from === undefined || to === undefined || from <= to;
}
export const ORDERED_WINDOW = { path: ['to'], message: 'a night not before from' };
