import { Readable } from 'node:stream';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  preHandlerHookHandler,
  RouteOptions,
} from 'fastify';
import { PROBLEM_TYPE } from './problem.js';
import type { RequestLimits } from './request-limits.js';

function refuseBeforeWork(app: FastifyInstance, limits: RequestLimits): void {
  const gate: preHandlerHookHandler = (request, _reply, done) =>
    done(limits.refusal(request) ?? undefined);
  // The last thing before the handler, behind whatever hooks a route brings to answer 304.
  app.addHook('onRoute', (route: RouteOptions) => {
    route.preHandler = [...[route.preHandler ?? []].flat(), gate];
  });
}

// What describes an answer that is not given after all.
const OF_ANSWER = [
  'accept-ranges',
  'allow',
  'content-disposition',
  'content-encoding',
  'content-length',
  'etag',
  'last-modified',
  'link',
  'location',
  'repr-digest',
  'vary',
];

/** The answer of a request that was over the limit, unless it is the 304 for which it was let through. */
function refusedInstead(
  limits: RequestLimits,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): string | null {
  if (reply.statusCode === 304 || reply.statusCode === 429) return null;
  const refusal = limits.refusal(request);
  if (refusal === null) return null;
  if (payload instanceof Readable) payload.destroy();
  const document = refusal.document(request.id);
  for (const name of OF_ANSWER) reply.removeHeader(name);
  reply.code(document.status).type(`${PROBLEM_TYPE}; charset=utf-8`);
  reply.headers({ 'cache-control': 'no-store', ...refusal.headers });
  return JSON.stringify(document);
}

/**
 * Holds every request to the limits, unknown addresses and wrong methods included: 429 before anything is read or
 * looked up. A request with If-None-Match passes, so that an unchanged answer (304) costs nothing even at the limit,
 * and is refused later if the answer is another one. To be called before routes and before hooks that give answers;
 * {@link accountForAnswers} comes after these.
 */
export function limitRequests(app: FastifyInstance, limits: RequestLimits): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const verdict = limits.admit(request);
    if (!(verdict instanceof Promise)) return done(verdict ?? undefined);
    verdict.then((problem) => done(problem ?? undefined), done);
  });
  refuseBeforeWork(app, limits);
}

/**
 * Gives back what a 304 took, and says on every answer what is left. To be called before routes, and after whatever
 * else may turn an answer into a 304 as it is sent.
 */
export function accountForAnswers(app: FastifyInstance, limits: RequestLimits): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    // Given before the second gate: a finished answer, or what was wrong before the handler's turn.
    const instead = refusedInstead(limits, request, reply, payload);
    if (reply.statusCode === 304) limits.refund(request);
    limits.describe(request, reply);
    done(null, instead ?? payload);
  });
}
