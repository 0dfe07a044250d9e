import { z } from 'zod';
import { reportingEraInputSchema, reportingEraSchema } from '../../domain/era.js';
import { munitionSchema } from '../../domain/munition.js';
import { regionSchema } from '../../domain/region.js';
import { sourceSchema } from '../../domain/source.js';
import { versionFor } from '../as-of.js';
import { causeOf, requireKey } from '../auth.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { metaOf } from '../meta.js';
import { asOfParameter } from '../query-schemas.js';
import { itemOf, listOf, problemResponses, WRITE_PROBLEMS } from '../schemas/envelope.js';
import { revisionTag } from '../served.js';

const querystring = z.strictObject({ as_of: asOfParameter });
const tags = ['code lists'];
const sourceResponse = itemOf(sourceSchema);
const eraResponse = itemOf(reportingEraSchema);

interface CodeList<T extends z.ZodType> {
  url: string;
  operationId: string;
  summary: string;
  item: T;
  load: (version: number) => Promise<z.output<T>[]>;
}

function listRoute<T extends z.ZodType>(
  app: ZodApp,
  deps: Dependencies,
  { url, operationId, summary, item, load }: CodeList<T>,
): void {
  app.route({
    method: 'GET',
    url,
    schema: {
      operationId,
      summary,
      tags,
      security: [],
      querystring,
      response: { 200: listOf(item), ...problemResponses('invalid-parameter') },
    },
    handler: async ({ query }, reply) => {
      const version = await versionFor(deps, query.as_of);
      const data = await load(version.version);
      return reply.send({ data, meta: metaOf(version, query) } as never);
    },
  });
}

function listRoutes(app: ZodApp, deps: Dependencies): void {
  const { db, stores } = deps;
  const { codeLists } = stores;
  listRoute(app, deps, {
    url: '/sources',
    operationId: 'listSources',
    summary: 'Who publishes, and for which party',
    item: sourceSchema,
    load: (version) => codeLists.listSources(db, version),
  });
  listRoute(app, deps, {
    url: '/munitions',
    operationId: 'listMunitions',
    summary: 'Munitions and bundles with their aliases',
    item: munitionSchema,
    load: (version) => codeLists.listMunitions(db, version),
  });
  listRoute(app, deps, {
    url: '/regions',
    operationId: 'listRegions',
    summary: 'First-level regions by ISO 3166-2',
    item: regionSchema,
    load: () => codeLists.listRegions(db),
  });
  listRoute(app, deps, {
    url: '/reporting-eras',
    operationId: 'listReportingEras',
    summary: 'Spans of nights in which words kept their meaning',
    item: reportingEraSchema,
    load: (version) => codeLists.listReportingEras(db, version),
  });
}

function recordSourceRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores, record } = deps;
  app.route({
    method: 'POST',
    url: '/sources',
    onRequest: requireKey(deps, 'write'),
    schema: {
      operationId: 'recordSource',
      summary: 'Record a source',
      tags,
      security: [{ key: [] }],
      body: sourceSchema,
      response: {
        200: sourceResponse,
        201: sourceResponse,
        ...problemResponses(...WRITE_PROBLEMS),
      },
    },
    handler: async (request, reply) => {
      const recorded = await record.source(db, causeOf(request), request.body);
      const version = await versionFor(deps, 'latest');
      const found = await stores.codeLists.findSource(db, recorded.id, version.version);
      reply
        .code(recorded.outcome === 'created' ? 201 : 200)
        .header('location', '/sources')
        .header('etag', revisionTag(recorded.id, found?.revision ?? 1));
      return { data: found?.source ?? request.body, meta: metaOf(version, {}) };
    },
  });
}

function recordReportingEraRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores, record } = deps;
  app.route({
    method: 'POST',
    url: '/reporting-eras',
    onRequest: requireKey(deps, 'admin'),
    schema: {
      operationId: 'recordReportingEra',
      summary: 'Record a reporting era; the running one of the same claimant ends the night before',
      tags,
      security: [{ key: [] }],
      body: reportingEraInputSchema,
      response: { 200: eraResponse, 201: eraResponse, ...problemResponses(...WRITE_PROBLEMS) },
    },
    handler: async (request, reply) => {
      const recorded = await record.reportingEra(db, causeOf(request), request.body);
      const version = await versionFor(deps, 'latest');
      const eras = await stores.codeLists.listReportingEras(db, version.version);
      const revisions = await stores.codeLists.eraRevisions(db, version.version);
      const era = eras.find(({ id }) => id === recorded.id) ?? { id: recorded.id, ...request.body };
      reply
        .code(recorded.outcome === 'created' ? 201 : 200)
        .header('location', '/reporting-eras')
        .header('etag', revisionTag(recorded.id, revisions.get(recorded.id) ?? 1));
      return { data: era, meta: metaOf(version, {}) };
    },
  });
}

/** The code lists: whole, as they were at a dataset version. */
export async function codeListRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  listRoutes(app, deps);
  recordSourceRoute(app, deps);
  recordReportingEraRoute(app, deps);
}
