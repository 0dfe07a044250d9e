import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './error-handler.js';
import type { Metrics } from './metrics.js';
import type { RequestLimits } from './request-limits.js';
import { type AnswerLog, logAnswer } from './request-log.js';
import { addStandingHeaders, type StandingHeaders } from './standing-headers.js';

/** What every answer has, whether it passes through the hooks or not. */
export interface Frame {
  limits: RequestLimits;
  standing: StandingHeaders;
  log: AnswerLog;
  metrics: Metrics | null;
}

/**
 * Answers a request whose address cannot be read or matched. Fastify runs no hooks for it, so what the hooks do is done
 * here: it counts, it has the headers that every answer has, and it is logged.
 */
export async function answerUnroutable(
  { limits, standing, log, metrics }: Frame,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  addStandingHeaders(standing, request, reply);
  // A key that cannot be looked up changes nothing about the address.
  const refusal = await Promise.resolve(limits.admit(request)).catch(() => null);
  limits.describe(request, reply);
  sendProblem(refusal ?? limits.refusal(request) ?? error, request, reply);
  logAnswer(log, request, reply);
  metrics?.answered(undefined, request.method, reply.statusCode, reply.elapsedTime);
}
