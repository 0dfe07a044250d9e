import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Dependencies } from './dependencies.js';
import { isNamedIn } from './entity-tag.js';
import type { Freshness } from './freshness.js';

/** Headers of an answer, by lower-case name. */
export type AnswerHeaders = Readonly<Record<string, string>>;

// What a 304 repeats of the 200 (RFC 9110, 15.4.5).
const REPEATED = ['etag', 'vary', 'cache-control', 'last-modified'];
// What describes a body, which a 304 has not.
const OF_BODY = ['content-type', 'content-length', 'content-disposition', 'repr-digest', 'link'];

/** Whether a request says that it has the answer already. If-None-Match decides alone where it is sent. */
export function isNotModified(request: FastifyRequest, headers: AnswerHeaders): boolean {
  const named = request.headers['if-none-match'];
  if (named !== undefined) return isNamedIn(named, headers['etag'] ?? '');
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return Date.parse(headers['last-modified'] ?? '') <= since;
}

/** Makes the reply a 304. */
export function becomeNotModified(reply: FastifyReply, headers: AnswerHeaders): FastifyReply {
  for (const name of OF_BODY) reply.removeHeader(name);
  for (const name of REPEATED) {
    const value = headers[name];
    if (value !== undefined) reply.header(name, value);
  }
  return reply.code(304);
}

/**
 * When the answer last changed, as far as a date can tell: the moment at which this process first saw the version.
 * Within that same second another version could bear the same date, so none is given yet.
 */
export function lastModified(
  { db, stores }: Dependencies,
  freshness: Freshness | null,
): string | undefined {
  if (freshness === null || freshness.pinned) return undefined;
  const seen = stores.versions.knownSince(db);
  if (seen === null || Math.floor(seen / 1000) === Math.floor(Date.now() / 1000)) return undefined;
  return new Date(seen).toUTCString();
}
