import type { FastifyInstance } from 'fastify';

/** One line per answered request: no headers and no body, so that nothing secret can get into it. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info({ method, url, status: reply.statusCode, ms }, 'answered');
  });
}
