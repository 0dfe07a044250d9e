import { z } from 'zod';
import { debrisSiteIdSchema, debrisSiteInputSchema } from '../../domain/debris-site.js';
import type { DatasetVersion } from '../../storage/versions.js';
import { versionFor } from '../as-of.js';
import { echoOf, filterOf, resolveAsked } from '../asked.js';
import { addCorrectionRoutes } from '../correction-routes.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { geoJsonOf } from '../geo-json.js';
import { addList } from '../list-route.js';
import { missing } from '../missing.js';
import { RECORD } from '../public-answers.js';
import { asOfParameter, claimParameters } from '../query-schemas.js';
import { addRecordRoute, type Found } from '../record-route.js';
import { ITEM_PROBLEMS, problemResponses, recordOf } from '../schemas/envelope.js';
import { debrisGeoJsonSchema, debrisSiteSchema } from '../schemas/records.js';
import { revisionTag } from '../served.js';

const tags = ['debris sites'];
const siteResponse = recordOf(debrisSiteSchema);

async function find(
  deps: Dependencies,
  id: string,
  { version }: DatasetVersion,
  asOf = String(version),
): Promise<Found> {
  const json = await deps.stores.debrisSites.siteAsJson(deps.db, version, id);
  if (json === null) throw await missing(deps, 'debris_site', id, asOf);
  const { revision } = JSON.parse(json) as z.output<typeof debrisSiteSchema>;
  return { json, tag: revisionTag(id, revision) };
}

function listRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores } = deps;
  addList(app, deps, {
    url: '/debris-sites',
    operationId: 'listDebrisSites',
    summary: 'Debris sites, newest night first',
    description: 'As JSON, CSV, NDJSON or GeoJSON. A site without coordinates has no geometry.',
    tag: 'debris sites',
    item: debrisSiteSchema,
    takesLong: true,
    parameters: { source: claimParameters.source, region: claimParameters.region },
    special: { format: 'geojson', schema: debrisGeoJsonSchema, write: geoJsonOf },
    open: async (query, version) => {
      const asked = await resolveAsked(deps, query, version);
      const { updated_after } = query;
      const filter = { ...filterOf(asked), updated_after };
      return {
        echo: { ...echoOf(asked), updated_after },
        rows: (page, fields) => stores.debrisSites.sitesAsJson(db, version, filter, page, fields),
        table: (page, shape, begun) => {
          const asked = { version, filter, page, ...shape };
          return deps.aside[begun ? 'proceed' : 'ask']('sites', asked);
        },
        count: () => stores.debrisSites.countDebrisSites(db, version, filter),
      };
    },
  });
}

function itemRoute(app: ZodApp, deps: Dependencies): void {
  app.route({
    method: 'GET',
    url: '/debris-sites/:id',
    config: { answer: RECORD },
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
      const version = await versionFor(deps, query.as_of);
      const { json, tag } = await find(deps, params.id, version, query.as_of);
      reply.header('etag', tag);
      return { data: JSON.parse(json), meta: { query } };
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
    find: (id, version) => find(deps, id, version),
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
    find: (id, version) => find(deps, id, version),
  });
}

/** `/debris-sites`: sited observations of debris. */
export async function debrisSiteRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  listRoute(app, deps);
  itemRoute(app, deps);
  recordRoute(app, deps);
  correctionRoutes(app, deps);
}
