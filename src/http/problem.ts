import type { FieldError } from '../domain/record-error.js';

export const PROBLEM_TYPE = 'application/problem+json';

/**
 * Every type of problem the service answers with. A slug is a promise: it is the `type` that clients
 * test for. The descriptions say what it means and what to do; they are served at /problems/{slug} and make docs/errors.md.
 */
export const PROBLEMS = {
  'malformed-request': {
    status: 400,
    title: 'The request is malformed',
    description:
      'The address, the headers or the JSON of the body could not be read. Mend the request; sending it again as it is will fail again.',
  },
  'invalid-parameter': {
    status: 400,
    title: 'A parameter is unknown or malformed',
    description:
      'A parameter of the query, the path or a header is unknown, repeated, empty, malformed or out of range, or names a code or a version that there is none of. Parameters are never ignored and never clamped. `errors` names each one, with the nearest known name where there is one.',
  },
  'invalid-cursor': {
    status: 400,
    title: 'The cursor does not belong to this request',
    description:
      'A cursor is good for the question it was given for, and for no other. Start the walk again without `cursor`, or repeat the other parameters exactly.',
  },
  unauthorized: {
    status: 401,
    title: 'A key is needed',
    description:
      'Writing needs a key, sent as `Authorization: Bearer <key>`. There was none, or it is unknown, revoked or expired; `WWW-Authenticate` says which. Ask the operator for a key.',
  },
  forbidden: {
    status: 403,
    title: 'The key does not allow this',
    description:
      'The key is good, but its scope does not cover this operation. Use a key with the scope that `detail` names.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    description:
      'There is no resource at this address, or no record with this id at the dataset version that was asked. `/` lists what there is.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This method is not supported here',
    description:
      'The address exists, but not with this method. `Allow` lists the methods that it has.',
  },
  'not-acceptable': {
    status: 406,
    title: 'None of the accepted media types can be given',
    description:
      'The address can be given in several media types, and `Accept` takes none of them. `detail` lists them.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    description:
      'The headers or the body did not arrive in time, and the connection was closed. Send the request again; nothing was written.',
  },
  conflict: {
    status: 409,
    title: 'A record with this key exists with other content',
    description:
      'A record with the same identity exists and says something else; nothing was changed. `Link` names it and `errors` the differences. Correct the record with PATCH, or record the other account as a claim of its own.',
  },
  'idempotency-key-in-use': {
    status: 409,
    title: 'A request with this idempotency key is still running',
    description:
      'The first request with this `Idempotency-Key` has not been answered yet. Send the same request again after `Retry-After` seconds: it is given the answer of the first.',
  },
  gone: {
    status: 410,
    title: 'The record was retracted',
    description:
      'The record was retracted. Older dataset versions still have it: ask with an older `as_of`, or read its revisions for the reason.',
  },
  'precondition-failed': {
    status: 412,
    title: 'The record has moved on',
    description:
      '`If-Match` names another revision than the current one: somebody else corrected the record first. Read it again, and decide anew.',
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    description:
      'The body is larger than this address takes, or holds more items. Send less at a time.',
  },
  'uri-too-long': {
    status: 414,
    title: 'The address is too long',
    description:
      'A part of the address is longer than any id. Look at how the address was put together.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body has an unsupported media type',
    description:
      'The body has a type, or a coding, that is not taken here. `Accept-Post` or `Accept-Patch` lists the types that are.',
  },
  validation: {
    status: 422,
    title: 'The body is well formed but wrong',
    description:
      'The body could be read, and breaks rules. `errors` names all of them at once, each with a JSON Pointer into the body; nothing was written.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The idempotency key belongs to another request',
    description:
      'This `Idempotency-Key` belongs to a request with another method, address or body; nothing was changed. Draw a new key for a new request.',
  },
  'precondition-required': {
    status: 428,
    title: 'A precondition is needed',
    description:
      'A correction or retraction must say which revision it is about, so that no other correction is lost. Read the record, and send its `ETag` as `If-Match`.',
  },
  'too-many-requests': {
    status: 429,
    title: 'The requests of this minute are used up',
    description:
      'This address, or this key, has asked as often as it may within a minute. Ask again after `Retry-After` seconds; `RateLimit` on every answer says how many requests are left. A 304 costs nothing, so send `If-None-Match`.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    description:
      'All headers together are larger than 16 KiB. Look for a cookie or a proxy that adds to them.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong on our side',
    description:
      "Our fault, not yours. `instance` is the request's id in our log; the answer tells nothing of the inside. A write that was answered so may be sent again with the same `Idempotency-Key`.",
  },
  unavailable: {
    status: 503,
    title: 'The service is not ready',
    description:
      'The service cannot answer now: the database does not, too many are listening already, or too many long questions are waiting. Ask again after `Retry-After` seconds.',
  },
} as const;
export type ProblemSlug = keyof typeof PROBLEMS;
export const isProblem = (slug: string): slug is ProblemSlug => Object.hasOwn(PROBLEMS, slug);

/** One thing that is wrong: in the body (`pointer`) or in the query (`parameter`). */
export type ProblemDetail =
  | Omit<FieldError, 'allowed'>
  | { parameter: string; code: string; detail: string };

/** An RFC 9457 problem document. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  errors?: readonly ProblemDetail[];
}

interface ProblemOptions {
  errors?: readonly ProblemDetail[];
  headers?: Readonly<Record<string, string>>;
}

/** Thrown anywhere under a route: becomes a problem document. */
export class Problem extends Error {
  readonly errors: readonly ProblemDetail[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly slug: ProblemSlug,
    detail: string,
    { errors = [], headers = {} }: ProblemOptions = {},
  ) {
    super(detail);
    this.errors = errors;
    this.headers = headers;
  }

  /** The document for one request. @param requestId names the request in the logs */
  document(requestId: string): ProblemDocument {
    const { status, title } = PROBLEMS[this.slug];
    const document = {
      type: `/problems/${this.slug}`,
      title,
      status,
      detail: this.message,
      instance: `urn:request:${requestId}`,
    };
    return this.errors.length === 0 ? document : { ...document, errors: this.errors };
  }
}
