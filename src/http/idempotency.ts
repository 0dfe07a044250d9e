import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Written } from '../domain/record-error.js';
import type { Cause } from '../storage/draft.js';
import { causeOf } from './auth.js';
import { Problem } from './problem.js';

/** Headers that every write understands. */
export const WRITE_HEADERS = {
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, '1 to 255 visible ASCII characters')
    .optional()
    .describe(
      'Chosen by the client. The same request with the same key is given the first answer for 24 hours, and is written once.',
    )
    .meta({ examples: ['4bd1a1c2-0a6c-4f6e-8f54-2f4f6c6a7c1e'] }),
};

function canonical(body: unknown): string {
  try {
    return canonicalize(body) ?? '';
  } catch {
    // Lone surrogates and bottomless nesting: no two programs would agree on what the same body is.
    const detail = 'With an Idempotency-Key the body must have a canonical form (RFC 8785).';
    throw new Problem('malformed-request', detail);
  }
}

/** Who writes and why, with the idempotency key of the request if it has one. @param body as parsed */
export function writeCauseOf(
  request: FastifyRequest,
  reason: string | null,
  body: unknown = request.body ?? null,
): Cause {
  const cause = { ...causeOf(request), reason };
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string') return cause;
  const { method, url } = request;
  const said = [method, url, request.headers['if-match'] ?? '', canonical(body)];
  const fingerprint = createHash('sha256').update(JSON.stringify(said)).digest('hex');
  return { ...cause, idempotency: { key, fingerprint } };
}

/** Marks an answer that was given before. */
export function markReplay(reply: FastifyReply, written: Written): void {
  if (written.replayed) reply.header('idempotent-replayed', 'true');
}
