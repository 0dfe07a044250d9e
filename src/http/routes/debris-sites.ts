import { z } from 'zod';
import { barrageIdSchema } from '../../domain/barrage.js';
import { debrisSiteIdSchema, debrisSiteInputSchema } from '../../domain/debris-site.js';
import { versionFor } from '../as-of.js';
import { filterOf, resolveAsked } from '../asked.js';
import { causeOf, requireKey } from '../auth.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { geoJsonOf, wantsGeoJson } from '../geo-json.js';
import { endWalk, startWalk, walkVersion } from '../listing.js';
import { metaOf } from '../meta.js';
import { Problem } from '../problem.js';
import {
  asOfParameter,
  claimParameters,
  ORDERED_WINDOW,
  orderedWindow,
  pageParameters,
  pairParameters,
  windowParameters,
} from '../query-schemas.js';
import {
  ITEM_PROBLEMS,
  itemOf,
  pageOf,
  problemResponses,
  WRITE_PROBLEMS,
} from '../schemas/envelope.js';
import { debrisGeoJsonSchema, debrisSiteSchema } from '../schemas/records.js';
import { revisionTag, servedDebrisSite } from '../served.js';

const listQuery = z
  .strictObject({
    ...windowParameters,
    ...pairParameters,
    source: claimParameters.source,
    region: claimParameters.region,
    ...pageParameters,
    as_of: asOfParameter,
    format: z.enum(['json', 'geojson']).optional().describe('Wins over Accept.'),
  })
  .refine(orderedWindow, ORDERED_WINDOW);
const tags = ['debris sites'];
const siteResponse = itemOf(debrisSiteSchema);

async function find(deps: Dependencies, id: string, asOf: string) {
  const { db, stores } = deps;
  const version = await versionFor(deps, asOf);
  const site = await stores.debrisSites.findDebrisSite(db, version.version, id);
  if (site === null) throw new Problem('not-found', `There is no debris site "${id}".`);
  return { version, site };
}

function listRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores } = deps;
  app.route({
    method: 'GET',
    url: '/debris-sites',
    schema: {
      operationId: 'listDebrisSites',
      summary: 'Debris sites, as JSON or GeoJSON',
      tags,
      security: [],
      querystring: listQuery,
      response: {
        200: {
          description: 'A page of debris sites.',
          content: {
            'application/json': { schema: pageOf(debrisSiteSchema) },
            'application/geo+json': { schema: debrisGeoJsonSchema },
          },
        },
        ...problemResponses('invalid-parameter'),
      },
    },
    handler: async (request, reply) => {
      const { query } = request;
      const at = await walkVersion(deps, query);
      const asked = await resolveAsked(deps, query, at.version);
      const walk = startWalk(at, query, asked);
      const { version } = walk.version;
      const rows = await stores.debrisSites.listDebrisSites(
        db,
        version,
        filterOf(asked),
        walk.page,
      );
      const served = endWalk(walk, rows.map(servedDebrisSite), (site) => site);
      const answer = {
        data: served.rows,
        page: served.page,
        meta: metaOf(walk.version, walk.echo),
      };
      if (!wantsGeoJson(request, query.format)) return answer;
      return reply.type('application/geo+json').send(JSON.stringify(geoJsonOf(answer)) as never);
    },
  });
}

function itemRoute(app: ZodApp, deps: Dependencies): void {
  app.route({
    method: 'GET',
    url: '/debris-sites/:id',
    schema: {
      operationId: 'getDebrisSite',
      summary: 'One debris site',
      tags,
      security: [],
      params: z.strictObject({ id: debrisSiteIdSchema }),
      querystring: z.strictObject({ as_of: asOfParameter }),
      response: { 200: siteResponse, ...problemResponses(...ITEM_PROBLEMS) },
    },
    handler: async ({ params, query }, reply) => {
      const { version, site } = await find(deps, params.id, query.as_of);
      reply.header('etag', revisionTag(site.id, site.revision));
      return { data: servedDebrisSite(site), meta: metaOf(version, query) };
    },
  });
}

function recordRoute(app: ZodApp, deps: Dependencies): void {
  const { db, record } = deps;
  app.route({
    method: 'POST',
    url: '/barrages/:id/debris-sites',
    onRequest: requireKey(deps, 'write'),
    schema: {
      operationId: 'recordDebrisSite',
      summary: 'Record a debris site in a barrage',
      tags,
      security: [{ key: [] }],
      params: z.strictObject({ id: barrageIdSchema }),
      body: debrisSiteInputSchema,
      response: {
        200: siteResponse,
        201: siteResponse,
        ...problemResponses(...WRITE_PROBLEMS, ...ITEM_PROBLEMS),
      },
    },
    handler: async (request, reply) => {
      const recorded = await record.debrisSite(
        db,
        causeOf(request),
        request.params.id,
        request.body,
      );
      const { version, site } = await find(deps, recorded.id, 'latest');
      reply
        .code(recorded.outcome === 'created' ? 201 : 200)
        .header('location', `/debris-sites/${site.id}`)
        .header('etag', revisionTag(site.id, site.revision));
      return { data: servedDebrisSite(site), meta: metaOf(version, {}) };
    },
  });
}

/** `/debris-sites`: sited observations of debris. */
export async function debrisSiteRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  listRoute(app, deps);
  itemRoute(app, deps);
  recordRoute(app, deps);
}
