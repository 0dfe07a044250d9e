import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AnswerCache, wordingKey } from './answer-cache.js';
import { type Asked, askedBy, askedOf, isRead, namesHost, wordingOf } from './asked-question.js';
import { connectionOf, whenGone } from './connection.js';
import type { Dependencies } from './dependencies.js';
import { type Coded, encode, encodedStream } from './encoding.js';
import { bodyTag, codedTag } from './entity-tag.js';
import { FinishedAnswer } from './finished-answer.js';
import { CACHE_CONTROL, knownVersion, questionTag } from './freshness.js';
import { sha256Of } from './meta.js';
import { answeredAddress } from './request-log.js';
import { SingleFlight } from './single-flight.js';
import {
  type AnswerHeaders,
  becomeNotModified,
  isKnown,
  isNotModified,
  lastModified,
} from './validators.js';

const VARY = 'Accept, Accept-Encoding';
// Headers of a handler that belong to the answer and not to the exchange.
const KEPT = [
  'content-type',
  'link',
  'content-disposition',
  'content-security-policy',
  'total-count',
];

/** What answers are given with. */
export interface AnswerParts {
  cache: AnswerCache;
  /** Headers of every answer to a read. */
  standing: AnswerHeaders;
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of KEPT) {
    const value = reply.getHeader(name);
    if (value !== undefined) headers[name] = String(value);
  }
  return headers;
}

const finished = new WeakSet<FastifyRequest>();

/** Gives reads their answers, a step of a request at a time. */
export class Answering {
  readonly #flights = new SingleFlight();

  constructor(
    private readonly deps: Dependencies,
    private readonly parts: AnswerParts,
  ) {}

  /** Sends what was finished for the same words, if it still holds. @returns whether it did */
  sendKnown(request: FastifyRequest, reply: FastifyReply): boolean {
    // What a place in the stream says is checked with the other headers, which come later.
    if (!isRead(request) || request.headers['last-event-id'] !== undefined) return false;
    const answer = this.parts.cache.find(wordingKey(wordingOf(request)))?.answer;
    if (answer === undefined || !this.#isFresh(answer)) return false;
    this.#send(request, reply, answer);
    return true;
  }

  /**
   * Negotiates, and answers what was finished for other words, or 304 where the validator alone tells.
   *
   * @returns whether it did; a promise only where the database has to be asked
   */
  consider(request: FastifyRequest, reply: FastifyReply): boolean | Promise<boolean> {
    const { answer } = request.routeOptions.config;
    if (answer === undefined || !isRead(request)) return false;
    const asked = askedBy(this.deps, request, answer);
    if (!(asked instanceof Promise)) return this.#answerAtOnce(request, reply, asked);
    return asked.then((now) => this.#answerAtOnce(request, reply, now));
  }

  #answerAtOnce(request: FastifyRequest, reply: FastifyReply, now: Asked): boolean {
    if (now.format === 'event-stream') return false;
    const known = this.parts.cache.get(now.key);
    if (known !== undefined && this.#isFresh(known)) {
      this.#learn(request, now);
      this.#send(request, reply, known);
      return true;
    }
    // `*` means any answer there is, and only the handler knows whether there is one.
    const named = request.headers['if-none-match'];
    if (named === undefined || named.trim() === '*') return false;
    if (now.answer.validator !== 'question' || now.freshness === null) return false;
    const headers = this.#keptBy(now);
    if (!isKnown(request.headers, headers)) return false;
    finished.add(request);
    becomeNotModified(reply, headers).send();
    return true;
  }

  /**
   * Makes this request the one that computes the answer, unless there is one already.
   *
   * @returns whether the answer of another one was sent here; a promise where one is being computed
   */
  share(request: FastifyRequest, reply: FastifyReply): boolean | Promise<boolean> {
    const now = askedOf(request);
    if (now === undefined || now.format === 'event-stream') return false;
    const isDocument = now.answer.validator === 'document';
    // A version that does not exist is the handler's to refuse.
    if (now.freshness === null && !isDocument) return false;
    const key = `${now.freshness?.version}\n${now.key}`;
    const running = this.#flights.running(key);
    if (running === undefined) {
      this.#flights.begin(key, request);
      return false;
    }
    return running.then((outcome) => {
      if ('error' in outcome) throw outcome.error;
      // What is streamed is computed by each for himself.
      if (outcome.answer === null) return false;
      if (this.parts.cache.get(now.key) === outcome.answer) this.#learn(request, now);
      this.#send(request, reply, outcome.answer);
      return true;
    });
  }

  /** Finishes an answer that is being sent. @returns what to send in its place; a promise only where it is coded */
  finish(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
    if (finished.has(request)) return payload;
    const now = askedOf(request);
    if (now === undefined || reply.statusCode !== 200) {
      this.#flights.land(request, { answer: null });
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', CACHE_CONTROL.never);
      return payload;
    }
    if (now.format === 'event-stream') return payload;
    if (payload instanceof Readable) {
      this.#flights.land(request, { answer: null });
      return this.#streamed(request, reply, now, payload);
    }
    const plain = typeof payload === 'string' ? Buffer.from(payload) : (payload as Buffer);
    const coded = encode(plain, now.encoding);
    if (!(coded instanceof Promise)) return this.#finish(request, reply, now, plain, coded);
    return coded.then((body) => this.#finish(request, reply, now, plain, body));
  }

  /** Tells those who wait for a request that it failed. */
  fail(request: FastifyRequest, error: unknown): void {
    this.#flights.land(request, { error });
  }

  #isFresh({ version }: FinishedAnswer): boolean {
    return version === null || version === knownVersion(this.deps);
  }

  #send(request: FastifyRequest, reply: FastifyReply, answer: FinishedAnswer): void {
    finished.add(request);
    const isSame = isNotModified(request.headers, answer.headers);
    this.parts.cache.noteHit(isSame || request.method === 'HEAD' ? 0 : answer.body.length);
    if (isSame) becomeNotModified(reply, answer.headers).send();
    else reply.headers(answer.headers).send(answer.body);
  }

  /** From now on the same words are enough, unless the host is one of them. */
  #learn(request: FastifyRequest, { answer, key }: Asked): void {
    if (namesHost(this.deps, answer)) return;
    this.parts.cache.learn(wordingOf(request), key, answeredAddress(request.url));
  }

  /** The headers by which an answer is kept and recognised. */
  #keptBy({ answer, freshness, question }: Asked): Record<string, string> {
    const tag =
      answer.validator === 'question' && freshness !== null
        ? questionTag(freshness.version, question)
        : undefined;
    const modified =
      answer.validator === 'document' ? undefined : lastModified(this.deps, freshness);
    const headers: Record<string, string> = {
      'cache-control': freshness?.pinned ? CACHE_CONTROL.pinned : CACHE_CONTROL.live,
      vary: VARY,
    };
    if (tag !== undefined) headers['etag'] = tag;
    if (modified !== undefined) headers['last-modified'] = modified;
    return headers;
  }

  #streamed(request: FastifyRequest, reply: FastifyReply, now: Asked, body: Readable): Readable {
    const { encoding } = now;
    reply.headers(this.#keptBy(now));
    if (encoding !== 'identity') reply.header('content-encoding', encoding);
    // A pipelined answer whose turn never comes is not read to its end, and nobody else would end it.
    whenGone(connectionOf(request, reply), () => body.destroy());
    return encodedStream(body, encoding);
  }

  /** Gives a coded body its validators, shares it with whoever asks the same, and says what to send of it. */
  #finish(
    request: FastifyRequest,
    reply: FastifyReply,
    now: Asked,
    plain: Buffer,
    { body, encoding }: Coded,
  ): Buffer | null {
    const headers: Record<string, string> = Object.assign(headersOf(reply), this.#keptBy(now));
    const own = reply.getHeader('etag');
    const tag = headers['etag'] ?? (typeof own === 'string' ? own : bodyTag(plain));
    headers['etag'] = codedTag(tag, encoding);
    const digest = body === plain ? reply.getHeader('repr-digest') : undefined;
    headers['repr-digest'] = typeof digest === 'string' ? digest : sha256Of(body);
    if (encoding !== 'identity') headers['content-encoding'] = encoding;
    this.#share(request, now, body, headers);
    if (isNotModified(request.headers, headers)) {
      becomeNotModified(reply, headers);
      return null;
    }
    reply.headers(headers);
    return body;
  }

  /** Keeps a finished answer for whoever asks the same, and tells those who wait for it. */
  #share(request: FastifyRequest, now: Asked, body: Buffer, headers: AnswerHeaders): void {
    const { cache, standing } = this.parts;
    const isAdmitted = cache.admits(now.key, now.answer.mostlyOnce);
    if (!isAdmitted && !this.#flights.isAwaited(request)) {
      this.#flights.land(request, { answer: null });
      return;
    }
    const isFixed = now.answer.validator === 'document' || now.freshness?.pinned === true;
    const version = isFixed ? null : (now.freshness?.version ?? 0);
    const route = request.routeOptions.url ?? '';
    const answer = new FinishedAnswer(body, headers, version, route, standing);
    if (isAdmitted && cache.set(now.key, answer, wordingOf(request))) this.#learn(request, now);
    this.#flights.land(request, { answer });
  }
}
