import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

/**
 * Takes two answers away from Node, which gives them without a body and without our headers: 400 for a request without
 * Host, and 417 for an expectation it does not know, which may as well be ignored (RFC 9110, 10.1.1).
 */
export function answerOddRequests(app: FastifyInstance): void {
  app.server.on('checkExpectation', (request, response) => {
    app.server.emit('request', request, response);
  });
  app.addHook('onRequest', (request, _reply, done) => {
    const needsHost = request.raw.httpVersion === '1.1' && request.headers.host === undefined;
    if (!needsHost) return done();
    done(new Problem('malformed-request', 'HTTP/1.1 needs a Host header.'));
  });
}
