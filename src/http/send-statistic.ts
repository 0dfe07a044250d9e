import type { FastifyReply } from 'fastify';
import type { DatasetVersion } from '../storage/versions.js';
import type { Dependencies } from './dependencies.js';
import { sha256Of, statsMetaOf } from './meta.js';

/** What a statistic is sent from. */
interface Answer {
  url: string;
  version: DatasetVersion;
  /** Everything that shaped the answer, defaults spelled out. */
  asked: Readonly<Record<string, unknown>>;
  figures: unknown;
}

/**
 * Sends JSON with the digest of its very bytes. Unlike `meta.citation.digest`, which is of `data` alone in canonical
 * form and stays the same for ever, it covers `generated_at` and the order of fields too.
 */
export function sendDigested(reply: FastifyReply, body: object) {
  const text = JSON.stringify(body);
  return reply
    .header('repr-digest', sha256Of(text))
    .type('application/json; charset=utf-8')
    .send(text as never);
}

/** Sends a statistic: its figures, what shaped them, how to cite them. */
export function sendStatistic(
  reply: FastifyReply,
  { settings }: Dependencies,
  { url, version, asked, figures }: Answer,
) {
  const meta = statsMetaOf(version, asked, figures, url, settings.public_url);
  return sendDigested(reply, { data: figures, meta });
}
