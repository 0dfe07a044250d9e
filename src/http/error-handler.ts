import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { InvalidQuery } from '../domain/invalid-query.js';
import {
  BatchRefused,
  type FieldError,
  IdempotencyKeyInUse,
  IdempotencyKeyReused,
  InvalidRecord,
  RecordConflict,
  RecordGone,
  RecordNotFound,
  StaleRecord,
  WriterBusy,
} from '../domain/record-error.js';
import { TooBusy } from '../domain/too-busy.js';
import type { ItemError } from '../storage/record-batch.js';
import { didYouMean } from './did-you-mean.js';
import { PROBLEM_TYPE, Problem, type ProblemSlug } from './problem.js';
import { MAX_ERRORS } from './validation-errors.js';

const FRAMEWORK: Readonly<Record<string, ProblemSlug>> = {
  FST_ERR_BAD_URL: 'malformed-request',
  FST_ERR_MAX_PARAM_LENGTH: 'uri-too-long',
  FST_ERR_ASYNC_CONSTRAINT: 'malformed-request',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-request',
};
const DETAILS: Partial<Record<ProblemSlug, string>> = {
  'malformed-request': 'The address or the body could not be read; a body must be valid JSON.',
  'payload-too-large': 'The body is larger than this resource takes; see docs/api.md, "Limits".',
  'unsupported-media-type': 'Send the body as application/json.',
  'uri-too-long': 'A part of the address is longer than any id.',
};

/** Field errors as they are answered, with a hint for near misses. @param document what the pointers point into */
export function fieldErrors(errors: readonly FieldError[], document: unknown): ItemError[] {
  return errors.map(({ allowed = [], ...error }) => {
    const value = error.pointer
      .split('/')
      .slice(1)
      .reduce<unknown>(
        (at, part) => (typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined),
        document,
      );
    return { ...error, detail: error.detail + didYouMean(String(value), allowed) };
  });
}

/** The problem of a write that was refused, or null if the error is none of these. */
function refusalOf(error: unknown, body: unknown): Problem | null {
  if (error instanceof InvalidRecord) {
    const errors = fieldErrors(error.errors, body);
    return new Problem('validation', 'The record breaks the rules named in errors.', { errors });
  }
  if (error instanceof RecordConflict) {
    const detail = `${error.existing} says something else; nothing was changed.`;
    const headers = { link: `<${error.existing}>; rel="related"` };
    return new Problem('conflict', detail, { errors: fieldErrors(error.errors, body), headers });
  }
  if (error instanceof BatchRefused) {
    const slug = error.reason === 'conflict' ? 'conflict' : 'validation';
    const detail = 'Nothing was written: the items named in errors cannot be.';
    return new Problem(slug, detail, { errors: error.errors.slice(0, MAX_ERRORS) });
  }
  if (error instanceof IdempotencyKeyInUse) {
    const headers = { 'retry-after': '1' };
    const detail = 'The first request with this Idempotency-Key is still running; ask again.';
    return new Problem('idempotency-key-in-use', detail, { headers });
  }
  if (error instanceof IdempotencyKeyReused) {
    const detail = 'This Idempotency-Key was used for another request; nothing was changed.';
    return new Problem('idempotency-key-reused', detail);
  }
  if (error instanceof WriterBusy) {
    const detail = 'Another writer holds the database; nothing was changed. Send it again.';
    return new Problem('unavailable', detail, { headers: { 'retry-after': '1' } });
  }
  if (error instanceof TooBusy) {
    const detail = 'Too many long questions are waiting already; ask again.';
    return new Problem('unavailable', detail, { headers: { 'retry-after': '2' } });
  }
  if (error instanceof RecordGone) {
    const detail = `The ${error.resource} "${error.id}" was retracted; ask for it at an older as_of.`;
    return new Problem('gone', detail);
  }
  if (error instanceof StaleRecord) {
    const detail = `The ${error.resource}, at revision ${error.revision}, or what is in it has moved on since it was read; read it again.`;
    return new Problem('precondition-failed', detail);
  }
  if (error instanceof RecordNotFound) {
    return new Problem('not-found', `There is no ${error.resource} "${error.id}".`);
  }
  return null;
}

/** The problem that an error stands for; anything unforeseen is a 500 that tells nothing of the inside. */
export function problemOf(error: unknown, body: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidQuery) {
    const { parameter, code, message: detail } = error;
    const errors = [{ parameter, code, detail }];
    return new Problem('invalid-parameter', 'The query breaks the rules named in errors.', {
      errors,
    });
  }
  const refusal = refusalOf(error, body);
  if (refusal !== null) return refusal;
  const { code = '', statusCode } = error as Partial<FastifyError>;
  const slug = FRAMEWORK[code] ?? (statusCode === 400 ? 'malformed-request' : 'internal');
  const headers = slug === 'unsupported-media-type' ? { 'accept-post': 'application/json' } : {};
  const detail = DETAILS[slug] ?? 'The request could not be answered; nothing was changed.';
  return new Problem(slug, detail, { headers });
}

/** Sends an error as a problem document and logs those that are ours. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error, request.body);
  if (problem.slug === 'internal') request.log.error({ err: error }, 'unexpected error');
  const document = problem.document(request.id);
  reply
    .code(document.status)
    .headers({ 'cache-control': 'no-store', ...problem.headers })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(document));
}

/** Makes every error of the instance a problem document: its own, the framework's, and unknown addresses. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const problem = new Problem(
      'not-found',
      `There is no resource at ${path}; / lists what there is.`,
    );
    sendProblem(problem, request, reply);
  });
}
