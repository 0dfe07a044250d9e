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

/** The answer of a request that was over the limit, unless it is the 304 for which it was let through. */
function refusedInstead(
  limits: RequestLimits,
  request: FastifyRequest,
  reply: FastifyReply,
): string | null {
  if (reply.statusCode === 304 || reply.statusCode === 429) return null;
  const refusal = limits.refusal(request);
  if (refusal === null) return null;
  const document = refusal.document(request.id);
  reply.code(document.status).removeHeader('content-length');
  reply
    .headers({ 'cache-control': 'no-store', ...refusal.headers })
    .type(`${PROBLEM_TYPE}; charset=utf-8`);
  return JSON.stringify(document);
}

/**
 * Holds every request to the limits, unknown addresses and wrong methods included: 429 before anything is read or
 * looked up. A request with If-None-Match passes, so that an unchanged answer (304) costs nothing even at the limit,
 * and is refused later if the answer is another one. To be called before routes and other hooks are added.
 */
export function limitRequests(app: FastifyInstance, limits: RequestLimits): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const verdict = limits.admit(request);
    if (!(verdict instanceof Promise)) return done(verdict ?? undefined);
    verdict.then((problem) => done(problem ?? undefined), done);
  });
  refuseBeforeWork(app, limits);
  app.addHook('onSend', (request, reply, payload, done) => {
    // What was wrong before the handler's turn, such as a parameter, is not told to somebody over the limit.
    const instead = refusedInstead(limits, request, reply);
    if (reply.statusCode === 304) limits.refund(request);
    limits.describe(request, reply);
    done(null, instead ?? payload);
  });
}
