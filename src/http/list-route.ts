import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { JsonRow } from '../storage/json-text.js';
import type { PageRequest } from '../storage/page.js';
import { askedFormat } from './asked-question.js';
import type { Dependencies, ZodApp } from './dependencies.js';
import { endWalk, nextLink, startWalk, type Walk, walkVersion } from './listing.js';
import { metaOf } from './meta.js';
import { type Format, MEDIA_TYPES } from './negotiation.js';
import {
  fieldsOf,
  LIMIT_DEFAULT,
  listParameters,
  ORDERED_WINDOW,
  orderedWindow,
} from './query-schemas.js';
import { pageOf, problemResponses } from './schemas/envelope.js';
import { columnsOf, csvOf } from './tabular.js';

/** A row as it is served, read back from its text. */
export type ServedRow = { id: string; night: string } & Record<string, unknown>;

/** What a list gives, once its query is resolved. */
export interface Selection {
  /** Everything that was asked, resolved, defaults spelled out. */
  echo: Record<string, unknown>;
  /** A page of rows, each written as JSON with the given fields; with all of them by default. */
  rows: (page: PageRequest, fields?: readonly string[]) => Promise<JsonRow[]>;
  count: () => Promise<number>;
}

interface Page {
  data: Record<string, unknown>[];
  page: object;
  meta: object;
}

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
  /** The list in a format of its own, made from the page and its whole rows. */
  special?: { format: Format; schema: z.ZodType; write: (page: Page, rows: ServedRow[]) => object };
  open: (query: z.output<z.ZodObject<P>> & ListQuery, version: number) => Promise<Selection>;
}

const base = z.object(listParameters);
export type ListQuery = z.output<typeof base>;
type Query = ListQuery & { fields?: string[] };

const CHUNK = 500;

const picked = (row: ServedRow, fields?: readonly string[]): Record<string, unknown> =>
  fields === undefined ? row : Object.fromEntries(fields.map((field) => [field, row[field]]));

const read = ({ json }: JsonRow): ServedRow => JSON.parse(json);

/** A row that the database did not write as a whole. */
export const jsonRowOf = (row: ServedRow, fields?: readonly string[]): JsonRow => ({
  id: row.id,
  night: row.night,
  json: JSON.stringify(picked(row, fields)),
});

/** The columns of a table with some of the fields. */
const chosen = (columns: readonly string[], fields?: readonly string[]): string[] =>
  columns.filter((column) => fields?.includes(column.split('.', 1)[0] ?? '') ?? true);

/** All rows of a walk as text, a chunk at a time; nothing is held whole. */
async function* written(
  selection: Selection,
  page: PageRequest,
  fields: readonly string[] | undefined,
  write: (rows: readonly JsonRow[], first: boolean) => string,
): AsyncGenerator<string> {
  let { after } = page;
  for (let first = true; ; first = false) {
    const rows = await selection.rows({ ...page, limit: CHUNK, after }, fields);
    const text = write(rows, first);
    if (text !== '') yield text;
    if (rows.length < CHUNK) return;
    after = rows.at(-1);
  }
}

/** Sends rows as CSV or NDJSON: one page where a limit is set, else all of them. */
async function sendTable(
  request: FastifyRequest,
  reply: FastifyReply,
  { item, url }: Pick<ListRoute<z.ZodRawShape>, 'item' | 'url'>,
  walk: Walk,
  selection: Selection,
) {
  const query = request.query as Query;
  const format = askedFormat(request);
  const columns = chosen(columnsOf(item), query.fields);
  const write = (rows: readonly JsonRow[], first: boolean): string =>
    format === 'csv'
      ? csvOf(columns, rows.map(read), first)
      : rows.map(({ json }) => `${json}\n`).join('');
  const name = `${url.slice(1)}-v${walk.version.version}.${format}`;
  reply.type(`${MEDIA_TYPES[format]}; charset=utf-8`);
  reply.header('content-disposition', `attachment; filename="${name}"`);
  if (query.count === 'exact') reply.header('total-count', await selection.count());
  if (query.limit !== undefined) {
    const { rows, page } = endWalk(walk, await selection.rows(walk.page, query.fields));
    if (page.next_cursor !== null) reply.header('link', nextLink(request.url, page.next_cursor));
    return reply.send(write(rows, true) as never);
  }
  // Asked for its head alone, the table is not read.
  const texts = request.method === 'HEAD' ? [] : written(selection, walk.page, query.fields, write);
  return reply.send(Readable.from(texts) as never);
}

async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  special: ListRoute<z.ZodRawShape>['special'],
  walk: Walk,
  selection: Selection,
) {
  const query = request.query as Query;
  const isSpecial = special !== undefined && askedFormat(request) === special.format;
  const cut = endWalk(walk, await selection.rows(walk.page, isSpecial ? undefined : query.fields));
  const total = query.count === 'exact' ? { total: await selection.count() } : {};
  if (cut.page.next_cursor !== null) {
    reply.header('link', nextLink(request.url, cut.page.next_cursor));
  }
  const about = { page: { ...cut.page, ...total }, meta: metaOf(walk.version, walk.echo) };
  if (!isSpecial) {
    const data = cut.rows.map(({ json }) => json).join();
    const text = `{"data":[${data}],${JSON.stringify(about).slice(1)}`;
    return reply.type('application/json; charset=utf-8').send(text as never);
  }
  const rows = cut.rows.map(read);
  const data = rows.map((row) => picked(row, query.fields));
  const text = JSON.stringify(special.write({ data, ...about }, rows));
  return reply.type(MEDIA_TYPES[special.format]).send(text as never);
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
    config: { answer: { validator: 'question', formats } },
    schema: {
      operationId,
      summary,
      description,
      tags: [route.tag],
      security: [],
      querystring: querystring.refine(orderedWindow, ORDERED_WINDOW),
      response: { 200: contentOf(route), ...problemResponses('invalid-parameter') },
    },
    handler: async (request, reply) => {
      const query = request.query as z.output<z.ZodObject<P>> & Query;
      const version = await walkVersion(deps, query);
      const selection = await route.open(query, version.version);
      const limit = query.limit ?? LIMIT_DEFAULT;
      const walk = startWalk(
        deps,
        version,
        { ...query, limit },
        { ...selection.echo, fields: query.fields },
      );
      const isTable = ['csv', 'ndjson'].includes(askedFormat(request));
      return isTable
        ? sendTable(request, reply, route, walk, selection)
        : sendPage(request, reply, special, walk, selection);
    },
  });
}
