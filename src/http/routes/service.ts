import { z } from 'zod';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { LICENCE, metaOf } from '../meta.js';
import { Problem } from '../problem.js';
import { QUESTION } from '../public-answers.js';
import { callerProblems, itemOf, problemResponses } from '../schemas/envelope.js';

const LINKS = {
  barrages: '/barrages',
  claims: '/claims',
  debris_sites: '/debris-sites',
  sources: '/sources',
  munitions: '/munitions',
  regions: '/regions',
  reporting_eras: '/reporting-eras',
  stats: '/stats',
  series: '/stats/series',
  trend: '/stats/trend',
  compare: '/stats/compare',
  salvo_size: '/stats/salvo-size',
  records: '/stats/records',
  coverage: '/stats/coverage',
  revisions: '/stats/revisions',
  decoys: '/stats/decoys',
  measures: '/stats/measures',
  changes: '/changes',
  dataset: '/dataset',
  dataset_versions: '/dataset/versions',
  dataset_file: '/dataset.sqlite',

  openapi: '/openapi.yaml',
  docs: '/docs',
};
const tags = ['service'];
const statusSchema = z.strictObject({ status: z.enum(['ok', 'ready']) });
const noQuery = z.strictObject({});

function landingRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores } = deps;
  app.route({
    method: 'GET',
    url: '/',
    config: { answer: QUESTION },
    schema: {
      operationId: 'getLanding',
      summary: 'What there is',
      description: 'Links to every resource, the licence and the dataset version.',
      tags,
      security: [],
      querystring: noQuery,
      response: {
        200: itemOf(
          z.strictObject({
            name: z.string(),
            licence: z.string(),
            links: z.record(z.string(), z.string()),
          }),
        ),
        ...problemResponses('invalid-parameter'),
      },
    },
    handler: async () => {
      const version = await stores.versions.currentVersion(db);
      const data = { name: 'barrage-stats', licence: LICENCE, links: LINKS };
      return { data, meta: metaOf(version, {}) };
    },
  });
}

function healthRoute(app: ZodApp): void {
  app.route({
    method: 'GET',
    url: '/healthz',
    schema: {
      operationId: 'getHealth',
      summary: 'Whether the process lives',
      description:
        'Does not look at the database: a process that answers this need not be restarted.',
      tags,
      security: [],
      querystring: noQuery,
      response: { 200: statusSchema, ...callerProblems('invalid-parameter') },
    },
    handler: async () => ({ status: 'ok' as const }),
  });
}

function readinessRoute(app: ZodApp, deps: Dependencies): void {
  const { db } = deps;
  app.route({
    method: 'GET',
    url: '/readyz',
    schema: {
      operationId: 'getReadiness',
      summary: 'Whether the database answers',
      description: '503 takes the process out of a load balancer until the database answers again.',
      tags,
      security: [],
      querystring: noQuery,
      response: { 200: statusSchema, ...callerProblems('invalid-parameter', 'unavailable') },
    },
    handler: async () => {
      const ready = await db.isReady();
      if (ready) return { status: 'ready' as const };
      const headers = { 'retry-after': '5' };
      throw new Problem('unavailable', 'The database does not answer.', { headers });
    },
  });
}

/** The service itself: where to start, whether it lives, what its problems mean. */
export async function serviceRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  landingRoute(app, deps);
  healthRoute(app);
  readinessRoute(app, deps);
}
