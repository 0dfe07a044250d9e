import { z } from 'zod';
import { debrisSiteIdSchema, debrisSiteInputSchema } from '../../domain/debris-site.js';
import { versionFor } from '../as-of.js';
import { filterOf, resolveAsked } from '../asked.js';
import { addCorrectionRoutes } from '../correction-routes.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { geoJsonOf, wantsGeoJson } from '../geo-json.js';
import { endWalk, startWalk, walkVersion } from '../listing.js';
import { metaOf } from '../meta.js';
import { missing } from '../missing.js';
import {
  asOfParameter,
  claimParameters,
  listParameters,
  ORDERED_WINDOW,
  orderedWindow,
} from '../query-schemas.js';
import { addRecordRoute } from '../record-route.js';
import { ITEM_PROBLEMS, itemOf, pageOf, problemResponses } from '../schemas/envelope.js';
import { debrisGeoJsonSchema, debrisSiteSchema } from '../schemas/records.js';
import { revisionTag, servedDebrisSite } from '../served.js';

const listQuery = z
  .strictObject({
    ...listParameters,
    source: claimParameters.source,
    region: claimParameters.region,
    format: z.enum(['json', 'geojson']).optional().describe('Wins over Accept.'),
  })
  .refine(orderedWindow, ORDERED_WINDOW);
const tags = ['debris sites'];
const siteResponse = itemOf(debrisSiteSchema);

async function find(deps: Dependencies, id: string, asOf: string) {
  const { db, stores } = deps;
  const version = await versionFor(deps, asOf);
  const site = await stores.debrisSites.findDebrisSite(db, version.version, id);
  if (site === null) throw await missing(deps, 'debris_site', id, asOf);
  const tag = revisionTag(site.id, site.revision);
  return { version, served: servedDebrisSite(site), tag };
}

function listRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores } = deps;
  app.route({
    method: 'GET',
    url: '/debris-sites',
    schema: {
      operationId: 'listDebrisSites',
      summary: 'Debris sites, as JSON or GeoJSON',
      description:
        "A site without coordinates has a null geometry; coordinates are never guessed from a place's name.",
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
      description: 'Where debris was seen to fall, what it did, and who says so.',
      tags,
      security: [],
      params: z.strictObject({ id: debrisSiteIdSchema }),
      querystring: z.strictObject({ as_of: asOfParameter }),
      response: { 200: siteResponse, ...problemResponses(...ITEM_PROBLEMS, 'gone') },
    },
    handler: async ({ params, query }, reply) => {
      const { version, served, tag } = await find(deps, params.id, query.as_of);
      reply.header('etag', tag);
      return { data: served, meta: metaOf(version, query) };
    },
  });
}

function recordRoute(app: ZodApp, deps: Dependencies): void {
  addRecordRoute(app, deps, {
    url: '/barrages/:id/debris-sites',
    operationId: 'recordDebrisSite',
    summary: 'Record a debris site in a barrage',
    description: 'One place, with its own source, which need not be that of a claim.',
    tag: 'debris sites',
    scope: 'write',
    body: debrisSiteInputSchema,
    item: debrisSiteSchema,
    record: (cause, body, barrageId) => deps.record.debrisSite(deps.db, cause, barrageId, body),
    find: (id, version) => find(deps, id, String(version)),
    location: (id) => `/debris-sites/${id}`,
  });
}

function correctionRoutes(app: ZodApp, deps: Dependencies): void {
  const { db, correct, retract } = deps;
  addCorrectionRoutes(app, deps, {
    url: '/debris-sites/:id',
    name: 'DebrisSite',
    tag: 'debris sites',
    id: debrisSiteIdSchema,
    item: debrisSiteSchema,
    patch: "a debris site's content",
    correct: (cause, expected, patch) => correct.debrisSite(db, cause, expected, patch),
    retract: (cause, expected) => retract.debrisSite(db, cause, expected),
    find: (id, version) => find(deps, id, String(version)),
  });
}

/** `/debris-sites`: sited observations of debris. */
export async function debrisSiteRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  listRoute(app, deps);
  itemRoute(app, deps);
  recordRoute(app, deps);
  correctionRoutes(app, deps);
}
