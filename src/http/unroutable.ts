import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './error-handler.js';
import type { RequestLimits } from './request-limits.js';
import { logAnswer } from './request-log.js';
import { addStandingHeaders, type StandingHeaders } from './standing-headers.js';

/**
 * Answers a request whose address cannot be read or matched. Fastify runs no hooks for it, so what the hooks do is done
 * here: it counts, it has the headers that every answer has, and it is logged.
 */
export async function answerUnroutable(
  limits: RequestLimits,
  standing: StandingHeaders,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  addStandingHeaders(standing, request, reply);
  // A key that cannot be looked up changes nothing about the address.
  const refusal = await Promise.resolve(limits.admit(request)).catch(() => null);
  limits.describe(request, reply);
  sendProblem(refusal ?? limits.refusal(request) ?? error, request, reply);
  logAnswer(request, reply);
}
