import type { FieldError } from '../domain/record-error.js';

export const PROBLEM_TYPE = 'application/problem+json';

/** Every type of problem the service answers with. A slug is a promise: it is the `type` that clients test for. */
export const PROBLEMS = {
  'malformed-request': { status: 400, title: 'The request is malformed' },
  'invalid-parameter': { status: 400, title: 'A parameter is unknown or malformed' },
  'invalid-cursor': { status: 400, title: 'The cursor does not belong to this request' },
  unauthorized: { status: 401, title: 'A key is needed' },
  forbidden: { status: 403, title: 'The key does not allow this' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This method is not supported here' },
  'not-acceptable': { status: 406, title: 'None of the accepted media types can be given' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  conflict: { status: 409, title: 'A record with this key exists with other content' },
  'idempotency-key-in-use': {
    status: 409,
    title: 'A request with this idempotency key is still running',
  },
  gone: { status: 410, title: 'The record was retracted' },
  'precondition-failed': { status: 412, title: 'The record has moved on' },
  'payload-too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'The address is too long' },
  'unsupported-media-type': { status: 415, title: 'The body has an unsupported media type' },
  validation: { status: 422, title: 'The body is well formed but wrong' },
  'idempotency-key-reused': {
    status: 422,
    title: 'The idempotency key belongs to another request',
  },
  'precondition-required': { status: 428, title: 'A precondition is needed' },
  'too-many-requests': { status: 429, title: 'The requests of this minute are used up' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The service is not ready' },
} as const;
export type ProblemSlug = keyof typeof PROBLEMS;

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
