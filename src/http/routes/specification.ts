import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { DOCUMENT, type PublicAnswer } from '../public-answers.js';

const YAML: PublicAnswer = { validator: 'document', formats: ['yaml'] };

/** The specification in both spellings, and a page to read it, served from here: no CDN. */
export async function specificationRoutes(app: FastifyInstance): Promise<void> {
  const hidden = { schema: { hide: true }, config: { answer: DOCUMENT } };
  const yaml = { ...hidden, config: { answer: YAML } };
  app.get('/openapi.json', hidden, async (_request, reply) => reply.send(app.swagger()));
  app.get('/openapi.yaml', yaml, async (_request, reply) =>
    reply.type('application/yaml').send(app.swagger({ yaml: true })),
  );
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // Behind plain HTTP on another machine the page would look for its own scripts by https.
    transformStaticCSP: (header) => header.replace(/\s*upgrade-insecure-requests;?/, ''),
    uiConfig: { deepLinking: true, url: '/openapi.json' },
  });
}
