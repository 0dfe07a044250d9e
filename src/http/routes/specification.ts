import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { PublicAnswer } from '../asked-question.js';
import { DOCUMENT } from '../public-answers.js';

const YAML: PublicAnswer = { validator: 'document', formats: ['yaml'] };

// The one inline style that Swagger UI brings with it, for its own fields; any other is refused. Of the policy that
// the plugin would send, https: is left out, and so is the upgrade to https, which fails behind plain HTTP.
const INLINE_STYLE = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";
const CSP = [
  "default-src 'self'",
  "img-src 'self' data:",
  `style-src 'self' ${INLINE_STYLE}`,
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** The specification in both spellings, and a page to read it, served from here: no CDN. */
export async function specificationRoutes(app: FastifyInstance): Promise<void> {
  const hidden = {
    schema: { hide: true, querystring: z.strictObject({}) },
    config: { answer: DOCUMENT },
  };
  const yaml = { ...hidden, config: { answer: YAML } };
  app.get('/openapi.json', hidden, async (_request, reply) => reply.send(app.swagger()));
  app.get('/openapi.yaml', yaml, async (_request, reply) =>
    reply.type('application/yaml').send(app.swagger({ yaml: true })),
  );
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    transformStaticCSP: () => CSP,
    uiConfig: { deepLinking: true, url: '/openapi.json' },
  });
}
