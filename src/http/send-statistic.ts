import type { FastifyReply } from 'fastify';
import type { DatasetVersion } from '../storage/versions.js';
import { askedFormat } from './asked-question.js';
import type { Dependencies } from './dependencies.js';
import { statsMetaOf } from './meta.js';
import { MEDIA_TYPES } from './negotiation.js';
import { csvOf, ndjsonOf } from './tabular.js';
import { writtenJson } from './written-json.js';

/** The part of a statistic that is a table. */
export interface Table {
  columns: readonly string[];
  rows: readonly object[];
}

/** What a statistic is sent from. */
interface Answer {
  url: string;
  version: DatasetVersion;
  /** Everything that shaped the answer, defaults spelled out. */
  asked: Readonly<Record<string, unknown>>;
  figures: object;
  /** For the formats of tables; the figures in JSON need none. */
  table?: (() => Table) | undefined;
}

function tableOf(reply: FastifyReply, { url, version }: Answer, { columns, rows }: Table): string {
  const format = askedFormat(reply.request);
  const name = `${url.slice(1).replaceAll('/', '-')}-v${version.version}.${format}`;
  reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .type(`${MEDIA_TYPES[format]}; charset=utf-8`);
  return format === 'csv' ? csvOf(columns, rows, true) : ndjsonOf(rows);
}

/** Text in UTF-8. Nearly all is ASCII, of which Latin-1 is the same bytes in half the time. */
const bytesOf = (text: string): Buffer =>
  Buffer.from(text, Buffer.byteLength(text) === text.length ? 'latin1' : 'utf8');

/**
 * What to send as a statistic: its figures, what shaped them, how to cite them. A table says the latter in its Link.
 *
 * @returns the body, for the handler to return: a reply that it returns is waited for until all is sent
 */
export function statisticBody(reply: FastifyReply, { settings }: Dependencies, answer: Answer) {
  const { url, version, asked, figures, table } = answer;
  const data = writtenJson(figures);
  const meta = statsMetaOf(version, asked, data.canonical, url, settings.public_url);
  // RFC 8574: the address under which this is to be cited.
  reply.header('link', `<${meta.citation.permalink}>; rel="cite-as"`);
  if (table !== undefined && askedFormat(reply.request) !== 'json') {
    return tableOf(reply, answer, table()) as never;
  }
  reply.type(`${MEDIA_TYPES.json}; charset=utf-8`);
  return bytesOf(`{"data":${data.plain},"meta":${JSON.stringify(meta)}}`) as never;
}
