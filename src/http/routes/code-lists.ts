import { z } from 'zod';
import { reportingEraInputSchema, reportingEraSchema } from '../../domain/era.js';
import { munitionSchema } from '../../domain/munition.js';
import { regionSchema } from '../../domain/region.js';
import { sourceSchema } from '../../domain/source.js';
import { versionFor } from '../as-of.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { metaOf } from '../meta.js';
import { QUESTION } from '../public-answers.js';
import { asOfParameter } from '../query-schemas.js';
import { addRecordRoute } from '../record-route.js';
import { listOf, problemResponses } from '../schemas/envelope.js';
import { revisionTag } from '../served.js';

const querystring = z.strictObject({ as_of: asOfParameter });
const tags = ['code lists'];

interface CodeList<T extends z.ZodType> {
  url: string;
  operationId: string;
  summary: string;
  description: string;
  item: T;
  load: (version: number) => Promise<z.output<T>[]>;
}

function listRoute<T extends z.ZodType>(
  app: ZodApp,
  deps: Dependencies,
  { url, operationId, summary, description, item, load }: CodeList<T>,
): void {
  app.route({
    method: 'GET',
    url,
    config: { answer: QUESTION },
    schema: {
      operationId,
      summary,
      description,
      tags,
      security: [],
      querystring,
      response: { 200: listOf(item), ...problemResponses('invalid-parameter') },
    },
    handler: async ({ query }) => {
      const version = await versionFor(deps, query.as_of);
      const data = await load(version.version);
      return { data, meta: metaOf(version, query) } as never;
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
    description: 'Whole, as it was at `as_of`. The party decides which side a claim belongs to.',
    item: sourceSchema,
    load: (version) => codeLists.listSources(db, version),
  });
  listRoute(app, deps, {
    url: '/munitions',
    operationId: 'listMunitions',
    summary: 'Munitions and bundles with their aliases',
    description:
      'Whole, as it was at `as_of`. A bundle is a published figure for several munitions.',
    item: munitionSchema,
    load: (version) => codeLists.listMunitions(db, version),
  });
  listRoute(app, deps, {
    url: '/regions',
    operationId: 'listRegions',
    summary: 'First-level regions by ISO 3166-2',
    description: 'Whole, with the spellings that are recognised in reports.',
    item: regionSchema,
    load: () => codeLists.listRegions(db),
  });
  listRoute(app, deps, {
    url: '/reporting-eras',
    operationId: 'listReportingEras',
    summary: 'Spans of nights in which words kept their meaning',
    description: 'Whole, as it was at `as_of`. A measure is not compared across a break.',
    item: reportingEraSchema,
    load: (version) => codeLists.listReportingEras(db, version),
  });
}

function recordSourceRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores, record } = deps;
  addRecordRoute(app, deps, {
    url: '/sources',
    operationId: 'recordSource',
    summary: 'Record a source',
    description: 'Before its first claim. The same content again is 200, other content 409.',
    tag: 'code lists',
    scope: 'write',
    body: sourceSchema,
    item: sourceSchema,
    record: (cause, body) => record.source(db, cause, body),
    find: async (slug, { version }) => {
      const found = await stores.codeLists.findSource(db, slug, version);
      return { json: JSON.stringify(found?.source), tag: revisionTag(slug, found?.revision) };
    },
    location: () => '/sources',
  });
}

function recordReportingEraRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores, record } = deps;
  addRecordRoute(app, deps, {
    url: '/reporting-eras',
    operationId: 'recordReportingEra',
    summary: 'Record a reporting era; the running one of the same claimant ends the night before',
    description: 'Needs an admin key, because it changes how past figures may be compared.',
    tag: 'code lists',
    scope: 'admin',
    body: reportingEraInputSchema,
    item: reportingEraSchema,
    record: (cause, body) => record.reportingEra(db, cause, body),
    find: async (id, { version }) => {
      const eras = await stores.codeLists.listReportingEras(db, version);
      const revisions = await stores.codeLists.eraRevisions(db, version);
      const served = eras.find((era) => era.id === id);
      return { json: JSON.stringify(served), tag: revisionTag(id, revisions.get(id)) };
    },
    location: () => '/reporting-eras',
  });
}

/** The code lists: whole, as they were at a dataset version. */
export async function codeListRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  listRoutes(app, deps);
  recordSourceRoute(app, deps);
  recordReportingEraRoute(app, deps);
}
