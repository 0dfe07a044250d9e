import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { askedFormat } from './asked-question.js';
import type { Dependencies, ZodApp } from './dependencies.js';
import { answerPage, type SpecialFormat } from './list-page.js';
import type { AskedList, ListQuery, Selection } from './list-selection.js';
import { answerTable } from './list-table.js';
import { startWalk, walkVersion } from './listing.js';
import { type Format, MEDIA_TYPES } from './negotiation.js';
import {
  fieldsOf,
  LIMIT_DEFAULT,
  listParameters,
  ORDERED_WINDOW,
  orderedWindow,
} from './query-schemas.js';
import { pageOf, problemResponses } from './schemas/envelope.js';

const TABLES: ReadonlySet<Format> = new Set(['csv', 'ndjson']);

/** A list that is walked by night and id. */
export interface ListRoute<P extends z.ZodRawShape> {
  url: string;
  operationId: string;
  summary: string;
  description: string;
  tag: string;
  item: z.ZodObject;
  /** Parameters besides those of every list. */
  parameters: P;
  /** Whether tables are read aside, where too much may be waiting. */
  takesLong?: true;
  special?: SpecialFormat;
  open: (query: z.output<z.ZodObject<P>> & ListQuery, version: number) => Promise<Selection>;
}

function contentOf({ item, special }: Pick<ListRoute<z.ZodRawShape>, 'item' | 'special'>) {
  const text = (type: string) => ({ schema: z.string().describe(type) });
  return {
    description: 'A page, or as CSV and NDJSON without `limit` all of it.',
    content: {
      'application/json': { schema: pageOf(item) },
      'text/csv': text('RFC 4180, with a header; lists and maps are JSON inside a cell.'),
      'application/x-ndjson': text('One row of `data` per line.'),
      ...(special && { [MEDIA_TYPES[special.format]]: { schema: special.schema } }),
    },
  };
}

/** Adds a list: strict query, keyset pages bound to one dataset version, and the same rows in every format. */
export function addList<P extends z.ZodRawShape>(
  app: ZodApp,
  deps: Dependencies,
  route: ListRoute<P>,
): void {
  const { url, operationId, summary, description, item, parameters, special } = route;
  const problems = route.takesLong ? (['unavailable'] as const) : [];
  const formats: Format[] = ['json', 'csv', 'ndjson', ...(special ? [special.format] : [])];
  const querystring = z.strictObject({
    ...listParameters,
    ...parameters,
    fields: fieldsOf(item),
    format: z.enum(formats).optional().describe('Wins over Accept.'),
  });
  app.route({
    method: 'GET',
    url,
    config: { answer: { validator: 'question', formats, mostlyOnce: true } },
    schema: {
      operationId,
      summary,
      description,
      tags: [route.tag],
      security: [],
      querystring: querystring.refine(orderedWindow, ORDERED_WINDOW),
      response: { 200: contentOf(route), ...problemResponses('invalid-parameter', ...problems) },
    },
    handler: async (request, reply) => {
      const query = request.query as z.output<z.ZodObject<P>> & AskedList;
      const version = await walkVersion(deps, query);
      const selection = await route.open(query, version.version);
      const { cursor, sort, as_of, limit = LIMIT_DEFAULT, fields } = query;
      // Spread, two objects of this size take 6 µs, because V8 has no quick way for the second one.
      const bound = Object.assign(selection.echo, { fields, sort, as_of });
      const walk = startWalk(deps, version, { cursor, sort, limit }, bound);
      const exchange = { request, reply: reply as FastifyReply };
      const isTable = TABLES.has(askedFormat(request));
      // Not the reply: whoever waits for that attaches a dozen listeners to it.
      const body = isTable
        ? await answerTable(exchange, route, walk, selection)
        : await answerPage(exchange, walk, selection, special);
      return body as never;
    },
  });
}
