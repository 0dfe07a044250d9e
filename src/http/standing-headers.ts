import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

type Headers = Readonly<Record<string, string>>;

const YEAR_S = 31_536_000;

// Documents of an API load nothing and belong in no frame; pages that do (/docs) bring a policy of their own.
const SECURITY: Headers = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'cross-origin',
};
const EXPOSED = [
  'Allow',
  'Content-Disposition',
  'Deprecation',
  'ETag',
  'Link',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Repr-Digest',
  'Retry-After',
  'Sunset',
  'WWW-Authenticate',
];
const OPEN: Headers = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED.join(', '),
};

// No Authorization: a key in a page is in everybody's hands, and whoever may only read needs none.
const PREFLIGHT: Headers = {
  ...OPEN,
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': 'Accept, Cache-Control, If-None-Match, Last-Event-ID',
  'access-control-max-age': '86400',
};

/** Headers that every answer has, made once: those of a read also open it to the pages of other origins. */
export interface StandingHeaders {
  read: Headers;
  other: Headers;
}

/** @param publicUrl where the service is reached; under https browsers are told to stay there */
export function standingHeaders(publicUrl: string): StandingHeaders {
  const strict = { 'strict-transport-security': `max-age=${YEAR_S}` };
  const other = { ...SECURITY, ...(publicUrl.startsWith('https:') && strict) };
  return { read: { ...other, ...OPEN }, other };
}

export function addStandingHeaders(
  { read, other }: StandingHeaders,
  { method }: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.headers(method === 'GET' || method === 'HEAD' ? read : other);
}

/** Puts the standing headers on every answer that passes through the hooks. To be called first of all. */
export function keepStandingHeaders(app: FastifyInstance, headers: StandingHeaders): void {
  app.addHook('onRequest', (request, reply, done) => {
    addStandingHeaders(headers, request, reply);
    done();
  });
}

/**
 * What a browser is told that asks whether a page of another origin may send a request: a read may, a write may not.
 * POST needs no listing to be allowed, so the answer to a preflight for it must be silent altogether.
 */
export function preflightHeaders(request: FastifyRequest, methods: readonly string[]): Headers {
  const asked = request.headers['access-control-request-method'];
  const isRead = asked === 'GET' || asked === 'HEAD';
  return isRead && methods.includes(asked) ? PREFLIGHT : {};
}
