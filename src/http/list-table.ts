import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import type { z } from 'zod';
import type { PageRequest } from '../storage/page.js';
import { askedFormat } from './asked-question.js';
import type { AskedList, Exchange, Selection, Table } from './list-selection.js';
import { endWalk, nextLink, type Walk } from './listing.js';
import { MEDIA_TYPES } from './negotiation.js';
import { columnsOf, partOf, type TablePart, type TableShape } from './tabular.js';

const CHUNK = 500;
// Of rows that are put together in this thread, which has others to answer.
const SHORT_CHUNK = 50;

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

/** The rows of a list as CSV or NDJSON: one page where a limit is set, else all of them. */
export async function answerTable(
  { request, reply }: Exchange,
  { item, url }: { item: z.ZodObject; url: string },
  walk: Walk,
  selection: Selection,
): Promise<Buffer | Readable> {
  const query = request.query as AskedList;
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
  const describe = () =>
    reply
      .headers(total)
      .type(`${MEDIA_TYPES[format]}; charset=utf-8`)
      .header('content-disposition', `attachment; filename="${name}"`);
  if (query.limit !== undefined) {
    const { rows, page } = endWalk(walk, await selection.rows(walk.page, query.fields));
    if (page.next_cursor !== null) reply.header('link', nextLink(request.url, page.next_cursor));
    const { bytes } = partOf(rows, shape);
    describe();
    return Buffer.from(bytes.buffer);
  }
  // Asked for its head alone, the table is not read.
  if (request.method === 'HEAD') {
    describe();
    return Readable.from([]);
  }
  const table = selection.table ?? readHere(selection);
  const page = { ...walk.page, limit: selection.table === undefined ? SHORT_CHUNK : CHUNK };
  // Before anything is sent, so that what cannot be begun is refused with a problem document.
  const first = await table(page, shape, false);
  describe();
  return Readable.from(written(table, page, shape, first), { objectMode: false });
}
