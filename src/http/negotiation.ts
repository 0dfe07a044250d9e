import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { Problem } from './problem.js';

/** Formats that answers can be given in, with their media types. */
export const MEDIA_TYPES = {
  json: 'application/json',
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  geojson: 'application/geo+json',
  html: 'text/html',
  yaml: 'application/yaml',
  jsonld: 'application/ld+json',
  'event-stream': 'text/event-stream',
} as const;
export type Format = keyof typeof MEDIA_TYPES;

/**
 * The format that a request wants: the one it names in `format`, else the best of its Accept header, q values included.
 *
 * @param offered what the address can give, the preferred one first
 * @param named the parameter `format`, already checked
 * @throws Problem 406 with the offers
 */
export function formatFor(
  request: FastifyRequest,
  offered: readonly Format[],
  named?: Format,
): Format {
  if (named !== undefined) return named;
  const { accept } = request.headers;
  const [first = 'json'] = offered;
  if (accept === undefined || accept === '*/*') return first;
  const types: string[] = offered.map((format) => MEDIA_TYPES[format]);
  const [best] = new Negotiator({ headers: { accept } }).mediaTypes(types);
  const chosen = offered.find((format) => MEDIA_TYPES[format] === best);
  if (chosen !== undefined) return chosen;
  throw new Problem('not-acceptable', `This address gives ${types.join(', ')}.`);
}
