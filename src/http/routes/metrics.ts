import { z } from 'zod';
import type { ZodApp } from '../dependencies.js';
import type { Metrics } from '../metrics.js';
import { Problem } from '../problem.js';
import { noParameters } from '../query-schemas.js';
import { callerProblems } from '../schemas/envelope.js';

const TEXT = 'text/plain';

/** `/metrics`: what the service counts about itself, where the operator wants it told. */
export async function metricsRoutes(
  app: ZodApp,
  { metrics }: { metrics: Metrics | null },
): Promise<void> {
  app.route({
    method: 'GET',
    url: '/metrics',
    schema: {
      operationId: 'getMetrics',
      summary: 'Counters and gauges for Prometheus',
      description:
        'Requests by route and status, the cache, the dataset version, memory, event loop delay. 404 unless the service was started with METRICS=on.',
      tags: ['service'],
      security: [],
      querystring: noParameters,
      response: {
        200: {
          description: 'The text format of Prometheus, version 0.0.4.',
          content: { [TEXT]: { schema: z.string() } },
        },
        ...callerProblems('invalid-parameter', 'not-found', 'too-many-requests'),
      },
    },
    handler: async (_request, reply) => {
      if (metrics === null) {
        throw new Problem('not-found', 'Metrics are off; METRICS=on turns them on.');
      }
      const { contentType, text } = await metrics.text();
      return reply.type(contentType).send(text as never);
    },
  });
}
