import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Dependencies } from './dependencies.js';
import { isNamedIn } from './entity-tag.js';
import type { Freshness } from './freshness.js';

/** Headers of an answer, by lower-case name. */
export type AnswerHeaders = Readonly<Record<string, string>>;

// What a 304 repeats of the 200 (RFC 9110, 15.4.5), and the policy of a page, which the standing one would replace.
const REPEATED = ['etag', 'vary', 'cache-control', 'last-modified', 'content-security-policy'];
// What describes a body, which a 304 has not.
const OF_BODY = [
  'content-type',
  'content-length',
  'content-disposition',
  'repr-digest',
  'link',
  'total-count',
];

/** The headers of an answer that its 304 has too. */
export function repeatedBy(headers: AnswerHeaders): AnswerHeaders {
  const repeated: Record<string, string> = {};
  for (const name of REPEATED) {
    const value = headers[name];
    if (value !== undefined) repeated[name] = value;
  }
  return repeated;
}

/** Whether If-None-Match names an answer. */
export function isKnown(asked: IncomingHttpHeaders, headers: AnswerHeaders): boolean {
  const named = asked['if-none-match'];
  if (named === undefined) return false;
  const tag = headers['etag'] ?? '';
  // Nearly everybody sends back the one tag that was given.
  return named === tag || isNamedIn(named, tag);
}

/**
 * Whether a request says that it has the answer already. If-None-Match decides alone where it is sent. A date may
 * decide only where there is an answer: it names no question, so a wrong one would pass for unchanged.
 */
export function isNotModified(asked: IncomingHttpHeaders, headers: AnswerHeaders): boolean {
  if (asked['if-none-match'] !== undefined) return isKnown(asked, headers);
  const since = asked['if-modified-since'];
  if (since === undefined) return false;
  return Date.parse(headers['last-modified'] ?? '') <= Date.parse(since);
}

/** Makes the reply a 304. */
export function becomeNotModified(reply: FastifyReply, headers: AnswerHeaders): FastifyReply {
  for (const name of OF_BODY) reply.removeHeader(name);
  return reply.headers(repeatedBy(headers)).code(304);
}

// Asked about over and over until the next write.
let told = { ms: Number.NaN, text: '' };

/** An instant as HTTP writes it. */
function httpDate(ms: number): string {
  if (told.ms !== ms) told = { ms, text: new Date(ms).toUTCString() };
  return told.text;
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
  return httpDate(seen);
}
