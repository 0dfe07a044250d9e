import type { FastifyInstance, HTTPMethods } from 'fastify';
import { sendProblem } from './error-handler.js';
import { Problem } from './problem.js';
import { preflightHeaders } from './standing-headers.js';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'];

/** Remembers which methods every address supports, from the routes as they are added. */
export function collectMethods(app: FastifyInstance): ReadonlyMap<string, Set<string>> {
  const supported = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = supported.get(url) ?? new Set();
    for (const name of [method].flat()) methods.add(name);
    supported.set(url, methods);
  });
  return supported;
}

/** Answers OPTIONS, and 405 with Allow for every method that an address does not support. */
export function answerOtherMethods(
  app: FastifyInstance,
  collected: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  const supported = [...collected].map(([url, methods]) => [url, [...methods]] as const);
  for (const [url, methods] of supported) {
    // The pages of the documentation plugin are its own affair.
    if (url === '*' || url.startsWith('/docs')) continue;
    const allow = [...methods, 'OPTIONS'].join(', ');
    if (!methods.includes('OPTIONS')) {
      app.route({
        method: 'OPTIONS',
        url,
        schema: { hide: true },
        handler: (request, reply) =>
          reply
            .code(204)
            .headers({ allow, ...preflightHeaders(request, methods) })
            .send(),
      });
    }
    app.route({
      method: METHODS.filter((method) => !methods.includes(method)),
      url,
      schema: { hide: true },
      handler: async (request, reply) => {
        const detail = `${request.method} is not supported here; ${allow} are.`;
        sendProblem(
          new Problem('method-not-allowed', detail, { headers: { allow } }),
          request,
          reply,
        );
        return reply;
      },
    });
  }
}
