import type { FastifyRequest } from 'fastify';
import type { Wording } from './answer-cache.js';
import type { Dependencies } from './dependencies.js';
import { type Encoding, encodingFor } from './encoding.js';
import { canonicalQuestion, type Freshness, freshnessOf } from './freshness.js';
import { type Format, formatFor, MEDIA_TYPES } from './negotiation.js';

/** How an address is answered to everybody alike. */
export interface PublicAnswer {
  /**
   * What its validator is made from. `question`: the dataset version and the checked query. `record`: the ETag that the
   * handler sets. `document`: the body, which no write changes.
   */
  validator: 'question' | 'record' | 'document';
  /** What it can be given in, the preferred one first. */
  formats: readonly Format[];
  /** It holds addresses that are made from the host that was asked. */
  namesHost?: boolean;
  /** Most who ask go on to another page: it is kept for others when it is asked for again. */
  mostlyOnce?: boolean;
}

/** What is known of a request before its handler runs. */
export interface Asked {
  answer: PublicAnswer;
  format: Format;
  encoding: Encoding;
  freshness: Freshness | null;
  /** In its one spelling. */
  question: string;
  /** All that the finished answer depends on besides the dataset version. */
  key: string;
}

const asked = new WeakMap<FastifyRequest, Asked>();

/** The format that was negotiated for a request. */
export const askedFormat = (request: FastifyRequest): Format =>
  asked.get(request)?.format ?? 'json';

/** Whether a request is answered without a coding, however large the answer. */
export const isAskedPlain = (request: FastifyRequest): boolean =>
  asked.get(request)?.encoding === 'identity';

export const isRead = ({ method }: FastifyRequest): boolean =>
  method === 'GET' || method === 'HEAD';
const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '';
export const encodingsOf = ({ headers }: FastifyRequest): string | undefined =>
  headers['accept-encoding'] as string | undefined;
export const wordingOf = (request: FastifyRequest): Wording => ({
  url: request.url,
  accept: request.headers.accept,
  encodings: encodingsOf(request),
});

/** What was found out by {@link askedBy}. */
export const askedOf = (request: FastifyRequest): Asked | undefined => asked.get(request);

/** Whether an answer depends on the host that was asked, which it need not where the operator has named one. */
export const namesHost = ({ settings }: Dependencies, answer: PublicAnswer): boolean =>
  answer.namesHost === true && settings.public_url === '';

/**
 * Finds out what a checked request asks, and in what it is to be answered; a promise only where the database has to be
 * asked for the version.
 *
 * @throws Problem 406
 */
export function askedBy(
  deps: Dependencies,
  request: FastifyRequest,
  answer: PublicAnswer,
): Asked | Promise<Asked> {
  const query = request.query as { as_of?: string; cursor?: string; format?: Format };
  const format = formatFor(request, answer.formats, query.format);
  const encoding = encodingFor(encodingsOf(request));
  const question = canonicalQuestion(pathOf(request), query, MEDIA_TYPES[format]);
  const host = namesHost(deps, answer) ? `${request.protocol}://${request.host}` : '';
  // A link to the next page names the format where it was asked for by name.
  const key = `${question}\n${query.format ?? ''}\n${encoding}\n${host}`;
  const takeDown = (freshness: Freshness | null): Asked => {
    const now = { answer, format, encoding, freshness, question, key };
    asked.set(request, now);
    return now;
  };
  // A document does not depend on the dataset, nor on whether the database answers.
  if (answer.validator === 'document') return takeDown(null);
  const freshness = freshnessOf(deps, query);
  return freshness instanceof Promise ? freshness.then(takeDown) : takeDown(freshness);
}
