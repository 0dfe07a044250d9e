import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { JsonRow, WrittenRow } from '../storage/json-text.js';
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
import { columnsOf, partOf, type TablePart, type TableShape } from './tabular.js';

/** A row as it is served, read back from its text. */
export type ServedRow = { id: string; night: string } & Record<string, unknown>;

/** A part of a table as text. @param begun whether it follows on another part */
type Table = (page: PageRequest, shape: TableShape, begun: boolean) => Promise<TablePart>;

/** What a list gives, once its query is resolved. */
export interface Selection {
  /** Everything that was asked, resolved, defaults spelled out. */
  echo: Record<string, unknown>;
  /** A page of rows, each written as JSON with the given fields; with all of them by default. */
  rows: (page: PageRequest, fields?: readonly string[]) => Promise<WrittenRow[]>;
  /** The same as text, read aside: for tables that are given whole. */
  table?: Table;
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
  /** Whether tables are read aside, where too much may be waiting. */
  takesLong?: true;
  /** The list in a format of its own, made from the page and its whole rows. */
  special?: { format: Format; schema: z.ZodType; write: (page: Page, rows: ServedRow[]) => object };
  open: (query: z.output<z.ZodObject<P>> & ListQuery, version: number) => Promise<Selection>;
}

const base = z.object(listParameters);
export type ListQuery = z.output<typeof base>;
type Query = ListQuery & { fields?: string[] };

const CHUNK = 500;
// Of rows that are put together in this thread, which has others to answer.
const SHORT_CHUNK = 50;

const picked = (row: ServedRow, fields?: readonly string[]): Record<string, unknown> =>
  fields === undefined ? row : Object.fromEntries(fields.map((field) => [field, row[field]]));

const read = ({ json }: WrittenRow): ServedRow => JSON.parse(String(json));

/** A row that the database did not write as a whole. */
export const jsonRowOf = (row: ServedRow, fields?: readonly string[]): JsonRow => ({
  id: row.id,
  night: row.night,
  json: JSON.stringify(picked(row, fields)),
});

/** The columns of a table with some of the fields. */
const chosen = (columns: readonly string[], fields?: readonly string[]): string[] =>
  columns.filter((column) => fields?.includes(column.split('.', 1)[0] ?? '') ?? true);

const readHere =
  ({ rows }: Selection): Table =>
  async (page, shape) => {
    await breathe();
    return partOf(await rows(page, shape.fields), shape);
  };

/** All rows of a walk as text, a chunk at a time; nothing is held whole. The first chunk is there already. */
async function* written(
  table: Table,
  page: PageRequest,
  shape: TableShape,
  first: TablePart,
): AsyncGenerator<Uint8Array> {
  let part = first;
  for (;;) {
    if (part.bytes.length > 0) yield part.bytes;
    if (part.rows < page.limit) return;
    part = await table({ ...page, after: part.last }, { ...shape, header: false }, true);
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
  const shape = {
    fields: query.fields,
    columns: format === 'csv' ? columns : undefined,
    header: true,
  };
  const name = `${url.slice(1)}-v${walk.version.version}.${format}`;
  const total = query.count === 'exact' ? { 'total-count': await selection.count() } : {};
  // After what can fail: the headers of a table are none of a problem's.
  const send = (body: Buffer | Readable) =>
    reply
      .headers(total)
      .type(`${MEDIA_TYPES[format]}; charset=utf-8`)
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(body as never);
  if (query.limit !== undefined) {
    const { rows, page } = endWalk(walk, await selection.rows(walk.page, query.fields));
    if (page.next_cursor !== null) reply.header('link', nextLink(request.url, page.next_cursor));
    return send(Buffer.from(partOf(rows, shape).bytes.buffer));
  }
  // Asked for its head alone, the table is not read.
  if (request.method === 'HEAD') return send(Readable.from([]));
  const table = selection.table ?? readHere(selection);
  const page = { ...walk.page, limit: selection.table === undefined ? SHORT_CHUNK : CHUNK };
  // Before anything is sent, so that what cannot be begun is refused with a problem document.
  const first = await table(page, shape, false);
  return send(Readable.from(written(table, page, shape, first), { objectMode: false }));
}

const OPENING = Buffer.from('{"data":[');
const COMMA = Buffer.from(',');

/** The rows of a page and what is said about it, as they are sent. As a text it would be copied and encoded anew. */
function pageBytes(rows: readonly WrittenRow[], about: string): Buffer {
  const parts: Buffer[] = [OPENING];
  for (const { json } of rows) {
    if (parts.length > 1) parts.push(COMMA);
    parts.push(typeof json === 'string' ? Buffer.from(json) : json);
  }
  parts.push(Buffer.from(`],${about.slice(1)}`));
  return Buffer.concat(parts);
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
  const echo = Object.assign({}, walk.bound, { limit: cut.page.limit });
  const about = { page: Object.assign(cut.page, total), meta: metaOf(walk.version, echo) };
  if (!isSpecial) {
    const bytes = pageBytes(cut.rows, JSON.stringify(about));
    return reply.type('application/json; charset=utf-8').send(bytes as never);
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
      const query = request.query as z.output<z.ZodObject<P>> & Query;
      const version = await walkVersion(deps, query);
      const selection = await route.open(query, version.version);
      const { cursor, sort, as_of, limit = LIMIT_DEFAULT } = query;
      const walk = startWalk(
        deps,
        version,
        { cursor, sort, as_of, limit },
        Object.assign(selection.echo, { fields: query.fields }),
      );
      const isTable = ['csv', 'ndjson'].includes(askedFormat(request));
      return isTable
        ? sendTable(request, reply, route, walk, selection)
        : sendPage(request, reply, special, walk, selection);
    },
  });
}
