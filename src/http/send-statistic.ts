import type { FastifyReply } from 'fastify';
import type { DatasetVersion } from '../storage/versions.js';
import { askedFormat } from './asked-question.js';
import type { Dependencies } from './dependencies.js';
import { statsMetaOf } from './meta.js';
import { MEDIA_TYPES } from './negotiation.js';
import { csvOf, ndjsonOf } from './tabular.js';

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
  figures: unknown;
  /** For the formats of tables; the figures in JSON need none. */
  table?: (() => Table) | undefined;
}

function sendTable(reply: FastifyReply, { url, version }: Answer, { columns, rows }: Table) {
  const format = askedFormat(reply.request);
  const name = `${url.slice(1).replaceAll('/', '-')}-v${version.version}.${format}`;
  return reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .type(`${MEDIA_TYPES[format]}; charset=utf-8`)
    .send((format === 'csv' ? csvOf(columns, rows, true) : ndjsonOf(rows)) as never);
}

/** Sends a statistic: its figures, what shaped them, how to cite them. A table says the latter in its Link. */
export function sendStatistic(reply: FastifyReply, { settings }: Dependencies, answer: Answer) {
  const { url, version, asked, figures, table } = answer;
  const meta = statsMetaOf(version, asked, figures, url, settings.public_url);
  // RFC 8574: the address under which this is to be cited.
  reply.header('link', `<${meta.citation.permalink}>; rel="cite-as"`);
  if (table !== undefined && askedFormat(reply.request) !== 'json') {
    return sendTable(reply, answer, table());
  }
  return reply.send({ data: figures, meta } as never);
}
