import { createHash, type Hash } from 'node:crypto';
import type { z } from 'zod';
import type { WrittenPage } from '../storage/claim-pages.js';
import type { JsonRow } from '../storage/json-text.js';
import { askedFormat, isAskedPlain } from './asked-question.js';
import { bodyFor } from './lent-bodies.js';
import {
  type AskedList,
  type Exchange,
  picked,
  type Selection,
  type ServedRow,
} from './list-selection.js';
import { endWalk, nextLink, type PageInfo, pageInfo, type Walk } from './listing.js';
import { digestField, metaOf } from './meta.js';
import { type Format, MEDIA_TYPES } from './negotiation.js';

interface Page {
  data: Record<string, unknown>[];
  page: object;
  meta: object;
}

/** A format of its own that a list has, made from the page and its whole rows. */
export interface SpecialFormat {
  format: Format;
  schema: z.ZodType;
  write: (page: Page, rows: ServedRow[]) => object;
}

const OPENING = Buffer.from('{"data":[');

// What the bodies with the same rows begin with is digested once: for fifty claims it takes 28 µs, what follows one.
const begun = new WeakMap<Buffer, Hash>();

/** The digest of a body whose rows may have been sent before. */
function digestWith(rows: Buffer, ending: Buffer): string {
  let hash = begun.get(rows);
  if (hash === undefined) {
    hash = createHash('sha256').update(OPENING).update(rows);
    begun.set(rows, hash);
  }
  return digestField(hash.copy().update(ending).digest('base64'));
}

/** The rows of a page and what is said about it, as they are sent. */
function pageBytes({ request, reply }: Exchange, rows: string | Buffer, about: string): Buffer {
  const ending = `],${about.slice(1)}`;
  if (typeof rows === 'string') return Buffer.from(`${OPENING}${rows}${ending}`);
  const end = Buffer.from(ending);
  if (isAskedPlain(request)) reply.header('repr-digest', digestWith(rows, end));
  const body = bodyFor(request, OPENING.length + rows.length + end.length);
  body.set(OPENING);
  body.set(rows, OPENING.length);
  body.set(end, OPENING.length + rows.length);
  return body;
}

/** A page of the rows that were asked for, as they are sent. */
async function writtenPage(
  walk: Walk,
  { page, rows }: Selection,
  fields: AskedList['fields'],
): Promise<WrittenPage> {
  if (fields === undefined && page !== undefined) return page(walk.page);
  const read = await rows(walk.page, fields);
  const given = read.slice(0, walk.page.limit - 1);
  const texts = given.map(({ json }) => json);
  return { rows: texts.join(','), last: given.at(-1), has_more: read.length > given.length };
}

/** What is said about a page: how to go on, and what was asked. */
async function aboutPage(
  { request, reply }: Exchange,
  walk: Walk,
  selection: Selection,
  info: PageInfo,
) {
  const isCounted = (request.query as AskedList).count === 'exact';
  const total = isCounted ? { total: await selection.count() } : {};
  if (info.next_cursor !== null) reply.header('link', nextLink(request.url, info.next_cursor));
  const echo = Object.assign({}, walk.bound, { limit: info.limit });
  return { page: Object.assign(info, total), meta: metaOf(walk.version, echo) };
}

const read = ({ json }: JsonRow): ServedRow => JSON.parse(json);

/** The page of a list that a request asks for, as JSON or in the format of its own that the list has. */
export async function answerPage(
  exchange: Exchange,
  walk: Walk,
  selection: Selection,
  special?: SpecialFormat,
): Promise<Buffer | string> {
  const { request, reply } = exchange;
  const { fields } = request.query as AskedList;
  if (special === undefined || askedFormat(request) !== special.format) {
    const { rows, last, has_more } = await writtenPage(walk, selection, fields);
    const about = await aboutPage(exchange, walk, selection, pageInfo(walk, has_more, last));
    reply.type('application/json; charset=utf-8');
    return pageBytes(exchange, rows, JSON.stringify(about));
  }
  const cut = endWalk(walk, await selection.rows(walk.page));
  const about = await aboutPage(exchange, walk, selection, cut.page);
  const rows = cut.rows.map(read);
  const data = rows.map((row) => picked(row, fields));
  reply.type(MEDIA_TYPES[special.format]);
  return JSON.stringify(special.write({ data, ...about }, rows));
}
