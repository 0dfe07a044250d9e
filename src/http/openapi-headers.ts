import type { OpenAPIV3_1 } from 'openapi-types';
import { operationsOf, responsesOf, type Specification } from './openapi-operations.js';

type Header = OpenAPIV3_1.HeaderObject;
const text = (description: string, example: string): Header => ({
  description,
  schema: { type: 'string' },
  example,
});

/** Every header that answers are documented with. */
const HEADERS = {
  Allow: text('The methods that are supported here.', 'GET, HEAD, OPTIONS'),
  'Accept-Patch': text('The type that a patch must have.', 'application/merge-patch+json'),
  'Accept-Post': text('The types that a body may have.', 'application/json'),
  'Cache-Control': text('How long the answer may be kept; errors never are.', 'public, max-age=60'),
  'Content-Disposition': text(
    'A name for the file.',
    'attachment; filename="barrage-stats-v2.sqlite"',
  ),
  'Content-Encoding': text('The coding of the body.', 'br'),
  ETag: text(
    'Validator of what was answered, for If-Match and If-None-Match.',
    '"rus-ukr-2024-09-07.1.v2"',
  ),
  'Idempotent-Replayed': {
    description: 'The request had been answered before; this is that answer.',
    schema: { type: 'string', enum: ['true'] },
    example: 'true',
  },
  Link: text(
    'The next page, the address to cite, or the record that stands in the way.',
    '</barrages/rus-ukr-2024-09-07>; rel="related"',
  ),
  'Last-Modified': text('When the dataset last changed.', 'Sat, 07 Sep 2024 09:00:00 GMT'),
  Location: text('Where the record can be read.', '/barrages/rus-ukr-2024-09-07'),
  RateLimit: text('What is left of the quota (RateLimit header fields).', '"anonymous";r=599;t=60'),
  'RateLimit-Policy': text('The quota (RateLimit header fields).', '"anonymous";q=600;w=60'),
  'Repr-Digest': text(
    'SHA-256 of the bytes of the answer (RFC 9530).',
    'sha-256=:V20NlVnYBCE86fVPIyYDVGqcYHJbnpI2hMzZVdgSvH4=:',
  ),
  'Retry-After': {
    description: 'Seconds after which to ask again.',
    schema: { type: 'integer', minimum: 0 },
    example: 5,
  },
  'Total-Count': {
    description: 'All rows, of a table with count=exact.',
    schema: { type: 'integer', minimum: 0 },
    example: 67,
  },
  Vary: text('The request headers that the answer depends on.', 'Accept, Accept-Encoding'),
  'WWW-Authenticate': text('How to send a key.', 'Bearer realm="barrage-stats"'),
} as const satisfies Record<string, Header>;
export type HeaderName = keyof typeof HEADERS;
/** The headers that an answer must not carry without saying so in the specification. */
export const HEADER_NAMES = Object.keys(HEADERS) as HeaderName[];

interface Rule {
  headers: readonly HeaderName[];
  statuses: RegExp;
  methods?: readonly string[];
  paths?: RegExp;
  /** Only some of these answers carry it. */
  sometimes?: true;
}

const WRITES = ['POST', 'PATCH', 'DELETE'] as const;
const LIMITED = /^(?!\/(healthz|readyz)$)/;
// Answers that are kept: everything but these.
const KEPT = /^(?!\/(healthz|readyz|metrics|cite|changes|dataset\.sqlite)$)/;
const LIST = /^\/(barrages|claims|debris-sites)$/;
const WHOLE =
  /^(?!\/(healthz|readyz|metrics|cite|changes|dataset\.sqlite|barrages|claims|debris-sites)$)/;
const CITABLE = /^\/stats(?!\/measures$)/;

/** Which answers carry which headers. A test holds every answer of every test to it, both ways. */
const RULES: readonly Rule[] = [
  { headers: ['Cache-Control'], statuses: /./ },
  { headers: ['RateLimit', 'RateLimit-Policy'], statuses: /./, paths: LIMITED, sometimes: true },
  { headers: ['WWW-Authenticate'], statuses: /^401$/ },
  { headers: ['Retry-After'], statuses: /^(429|503)$/ },
  { headers: ['Link', 'Retry-After'], statuses: /^409$/, sometimes: true },
  // A coded body is refused before its type is looked at.
  { headers: ['Accept-Post'], statuses: /^415$/, methods: ['POST', 'DELETE'], sometimes: true },
  { headers: ['Accept-Patch'], statuses: /^415$/, methods: ['PATCH'], sometimes: true },
  { headers: ['Idempotent-Replayed'], statuses: /^2/, methods: WRITES, sometimes: true },
  {
    headers: ['Location', 'ETag'],
    statuses: /^20[01]$/,
    methods: ['POST'],
    paths: /^(?!.*\/batch$)/,
  },
  { headers: ['ETag'], statuses: /^200$/, methods: ['PATCH'] },
  { headers: ['ETag', 'Vary'], statuses: /^(200|304)$/, methods: ['GET'], paths: KEPT },
  {
    headers: ['Last-Modified'],
    statuses: /^(200|304)$/,
    methods: ['GET'],
    paths: KEPT,
    sometimes: true,
  },
  { headers: ['Repr-Digest'], statuses: /^200$/, methods: ['GET'], paths: WHOLE },
  {
    headers: ['Content-Encoding'],
    statuses: /^200$/,
    methods: ['GET'],
    paths: KEPT,
    sometimes: true,
  },
  {
    headers: ['Repr-Digest', 'Link', 'Content-Disposition', 'Total-Count'],
    statuses: /^200$/,
    methods: ['GET'],
    paths: LIST,
    sometimes: true,
  },
  { headers: ['Link'], statuses: /^200$/, methods: ['GET'], paths: CITABLE },
  {
    headers: ['Content-Disposition'],
    statuses: /^200$/,
    methods: ['GET'],
    paths: /^\/stats(\/series)?$/,
    sometimes: true,
  },
  // A stream has none of them, a page has.
  {
    headers: ['ETag', 'Repr-Digest', 'Last-Modified', 'Content-Encoding'],
    statuses: /^(200|304)$/,
    paths: /^\/changes$/,
    sometimes: true,
  },
  { headers: ['Vary'], statuses: /^(200|304)$/, paths: /^\/changes$/ },
  { headers: ['ETag'], statuses: /^(200|304)$/, paths: /^\/dataset\.sqlite$/ },
  {
    headers: ['Content-Disposition', 'Repr-Digest'],
    statuses: /^200$/,
    paths: /^\/dataset\.sqlite$/,
  },
];

/** Headers of an answer: true where it always carries them. */
export function headersOf(
  method: string,
  path: string,
  status: string,
): ReadonlyMap<HeaderName, boolean> {
  const found = new Map<HeaderName, boolean>();
  for (const { headers, statuses, methods, paths, sometimes } of RULES) {
    const applies =
      statuses.test(status) && (methods?.includes(method) ?? true) && (paths?.test(path) ?? true);
    if (!applies) continue;
    for (const name of headers) found.set(name, found.get(name) === true || sometimes !== true);
  }
  return found;
}

/** Puts the headers of every answer into the specification. */
export function addHeaders(document: Specification): Specification {
  const used = new Set<HeaderName>();
  for (const { method, path, operation } of operationsOf(document)) {
    for (const [status, response] of responsesOf(operation)) {
      const names = [...headersOf(method, path, status).keys()].toSorted();
      if (names.length === 0) continue;
      for (const name of names) used.add(name);
      response.headers = Object.fromEntries(
        names.map((name) => [name, { $ref: `#/components/headers/${name}` }]),
      );
    }
  }
  const kept = HEADER_NAMES.filter((name) => used.has(name));
  const headers = Object.fromEntries(kept.map((name) => [name, HEADERS[name]]));
  return { ...document, components: { ...document.components, headers } };
}
