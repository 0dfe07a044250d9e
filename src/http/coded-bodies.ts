import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

/** Refuses bodies in a content coding: a few bytes of gzip could become more than any limit allows. */
export function refuseCodedBodies(app: FastifyInstance): void {
  app.addHook('preParsing', ({ headers }, _reply, _payload, done) => {
    const coding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
    const hasBody =
      headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (coding === 'identity' || coding === '' || !hasBody) return done();
    const detail = 'Send the body as it is: bodies with a Content-Encoding are not taken.';
    // RFC 9110, 15.5.16: what would have been taken.
    done(
      new Problem('unsupported-media-type', detail, { headers: { 'accept-encoding': 'identity' } }),
    );
  });
}
