import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AnswerCache, type FinishedAnswer } from './answer-cache.js';
import { connectionOf, whenGone } from './connection.js';
import type { Dependencies } from './dependencies.js';
import { encode, encodedStream, encodingFor } from './encoding.js';
import { bodyTag, codedTag } from './entity-tag.js';
import { CACHE_CONTROL, type Freshness, freshnessOf, questionTag } from './freshness.js';
import { sha256Of } from './meta.js';
import { type Format, formatFor, MEDIA_TYPES } from './negotiation.js';
import { callerProblems } from './schemas/envelope.js';
import {
  type AnswerHeaders,
  becomeNotModified,
  isNotModified,
  lastModified,
} from './validators.js';

/** How an address is answered to everybody alike. */
export interface PublicAnswer {
  /**
   * What its validator is made from. `question`: the dataset version and the checked query. `record`: the ETag that the
   * handler sets. `document`: the body, which no write changes.
   */
  validator: 'question' | 'record' | 'document';
  /** What it can be given in, the preferred one first. */
  formats: readonly Format[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    answer?: PublicAnswer;
  }
}

/** Whatever follows from the dataset version, as JSON. */
export const QUESTION: PublicAnswer = { validator: 'question', formats: ['json'] };
/** One record with a validator of its own, as JSON. */
export const RECORD: PublicAnswer = { validator: 'record', formats: ['json'] };
/** Something that no write changes. */
export const DOCUMENT: PublicAnswer = { validator: 'document', formats: ['json'] };

const CACHE_BYTES = 64 * 1024 * 1024;
const VARY = 'Accept, Accept-Encoding';
// Headers of a handler that belong to the answer and not to the exchange.
const KEPT = [
  'content-type',
  'link',
  'content-disposition',
  'content-security-policy',
  'total-count',
];

/** What is known of a request before its handler runs. */
interface Asked {
  answer: PublicAnswer;
  format: Format;
  freshness: Freshness | null;
}

const asked = new WeakMap<FastifyRequest, Asked>();
const finished = new WeakSet<FastifyRequest>();

/** The format that was negotiated for a request. */
export const askedFormat = (request: FastifyRequest): Format =>
  asked.get(request)?.format ?? 'json';

const isRead = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';
const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '';

function keyOf({ url, headers, protocol, host }: FastifyRequest): string {
  const encoding = encodingFor(headers['accept-encoding']);
  // Addresses inside an answer may be made from the host that was asked.
  return `${url}\n${headers.accept ?? ''}\n${encoding}\n${protocol}://${host}`;
}

/** The headers by which an answer is kept and recognised. */
function keptBy(
  deps: Dependencies,
  request: FastifyRequest,
  { answer, format, freshness }: Asked,
  ownTag?: string,
): Record<string, string> {
  const query = request.query as Record<string, unknown>;
  const tag =
    answer.validator === 'question' && freshness !== null
      ? questionTag(freshness.version, pathOf(request), query, MEDIA_TYPES[format])
      : ownTag;
  const modified = answer.validator === 'document' ? undefined : lastModified(deps, freshness);
  return {
    'cache-control': freshness?.pinned ? CACHE_CONTROL.pinned : CACHE_CONTROL.live,
    vary: VARY,
    ...(tag !== undefined && { etag: tag }),
    ...(modified !== undefined && { 'last-modified': modified }),
  };
}

/** Sends what was finished before, or says that it is known. */
function sendFinished(request: FastifyRequest, reply: FastifyReply, answer: FinishedAnswer): void {
  finished.add(request);
  if (isNotModified(request, answer.headers)) becomeNotModified(reply, answer.headers).send();
  else reply.headers(answer.headers).send(answer.body);
}

/** Negotiates, and answers 304 where the question alone tells that nothing changed. */
async function considerQuestion(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { answer } = request.routeOptions.config;
  if (answer === undefined || !isRead(request)) return undefined;
  const query = request.query as { as_of?: string; cursor?: string; format?: Format };
  const format = formatFor(request, answer.formats, query.format);
  // A document does not depend on the dataset, nor on whether the database answers.
  const freshness = answer.validator === 'document' ? null : await freshnessOf(deps, query);
  const now = { answer, format, freshness };
  asked.set(request, now);
  // `*` means any answer there is, and only the handler knows whether there is one.
  const isAny = request.headers['if-none-match']?.trim() === '*';
  const isOpen = answer.validator !== 'question' || format === 'event-stream' || isAny;
  if (isOpen || now.freshness === null) return undefined;
  const headers = keptBy(deps, request, now);
  if (!isNotModified(request, headers)) return undefined;
  finished.add(request);
  return becomeNotModified(reply, headers).send();
}

function streamed(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  now: Asked,
  body: Readable,
): Readable {
  const encoding = encodingFor(request.headers['accept-encoding']);
  reply.headers(keptBy(deps, request, now));
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  // A pipelined answer whose turn never comes is not read to its end, and nobody else would end it.
  whenGone(connectionOf(request, reply), () => body.destroy());
  return encodedStream(body, encoding);
}

/** Codes a body, gives it its validators and keeps it for whoever asks the same. */
async function finish(
  deps: Dependencies,
  cache: AnswerCache,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: string | Buffer,
): Promise<Buffer | string> {
  const now = asked.get(request);
  if (now === undefined) return payload;
  const plain = Buffer.from(payload as string);
  const { body, encoding } = await encode(plain, encodingFor(request.headers['accept-encoding']));
  const own = reply.getHeader('etag');
  const tag = typeof own === 'string' ? own : bodyTag(plain);
  const kept = keptBy(deps, request, now, tag);
  const given = KEPT.map((name) => [name, reply.getHeader(name)] as const);
  const headers: AnswerHeaders = {
    ...Object.fromEntries(
      given.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ),
    ...kept,
    etag: codedTag(kept['etag'] ?? tag, encoding),
    'repr-digest': sha256Of(body),
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
  };
  const isFixed = now.answer.validator === 'document' || now.freshness?.pinned === true;
  cache.set(keyOf(request), {
    body,
    headers,
    version: isFixed ? null : (now.freshness?.version ?? 0),
  });
  if (!isNotModified(request, headers)) {
    reply.headers(headers);
    return body;
  }
  becomeNotModified(reply, headers);
  return '';
}

/** Documents the answers that {@link answerPublicly} adds to those of the handlers. */
function documentAnswers(app: FastifyInstance): void {
  app.addHook('onRoute', ({ config, schema }) => {
    if (config?.answer === undefined || schema === undefined) return;
    schema.response = {
      ...(schema.response as object),
      304: z.null().describe('What was read before is still so.'),
      ...callerProblems('not-acceptable'),
    };
  });
}

/**
 * Answers reads as a cache would: validators before any query, finished bodies by dataset version, codings made once
 * per body. Handlers know nothing of it; they say in `config.answer` what their validator is made from. Must come
 * before the routes.
 */
export function answerPublicly(app: FastifyInstance, deps: Dependencies): void {
  const { db, stores } = deps;
  const cache = new AnswerCache(CACHE_BYTES);
  documentAnswers(app);
  app.addHook('onRequest', (request, reply, done) => {
    // What a place in the stream says is checked with the other headers, which come later.
    const isPlain = isRead(request) && request.headers['last-event-id'] === undefined;
    const known = isPlain ? cache.get(keyOf(request)) : undefined;
    if (known === undefined) return done();
    const isFresh =
      known.version === null || known.version === stores.versions.knownVersion(db)?.version;
    if (isFresh) sendFinished(request, reply, known);
    else done();
  });
  app.addHook('preHandler', (request, reply) => considerQuestion(deps, request, reply));
  app.addHook('onSend', async (request, reply, payload) => {
    if (finished.has(request)) return payload;
    const now = asked.get(request);
    if (now === undefined || reply.statusCode !== 200) {
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', CACHE_CONTROL.never);
      return payload;
    }
    if (now.format === 'event-stream') return payload;
    if (payload instanceof Readable) return streamed(deps, request, reply, now, payload);
    return finish(deps, cache, request, reply, payload as string);
  });
}
