import { z } from 'zod';
import { barrageIdSchema } from '../../domain/barrage.js';
import { claimIdSchema, claimInputSchema } from '../../domain/claim.js';
import { versionFor } from '../as-of.js';
import { echoOf, filterOf, resolveAsked } from '../asked.js';
import { causeOf, requireKey } from '../auth.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { endWalk, startWalk, walkVersion } from '../listing.js';
import { metaOf } from '../meta.js';
import { Problem } from '../problem.js';
import {
  asOfParameter,
  basisParameter,
  claimParameters,
  ORDERED_WINDOW,
  orderedWindow,
  pageParameters,
  pairParameters,
  scopeParameter,
  windowParameters,
} from '../query-schemas.js';
import {
  ITEM_PROBLEMS,
  itemOf,
  pageOf,
  problemResponses,
  WRITE_PROBLEMS,
} from '../schemas/envelope.js';
import { claimSchema } from '../schemas/records.js';
import { revisionTag, servedClaim } from '../served.js';

const listQuery = z
  .strictObject({
    ...windowParameters,
    ...pairParameters,
    ...claimParameters,
    scope: scopeParameter.optional().describe('All scopes by default.'),
    basis: basisParameter.optional().describe('All bases by default.'),
    ...pageParameters,
    as_of: asOfParameter,
  })
  .refine(orderedWindow, ORDERED_WINDOW);
const tags = ['claims'];
const claimResponse = itemOf(claimSchema);

async function find(deps: Dependencies, id: string, asOf: string) {
  const { db, stores } = deps;
  const version = await versionFor(deps, asOf);
  const claim = await stores.claims.findClaim(db, version.version, id);
  if (claim === null) throw new Problem('not-found', `There is no claim "${id}".`);
  const sources = await stores.codeLists.listSources(db, version.version);
  return { version, claim, served: servedClaim(claim, sources, true) };
}

function listRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores } = deps;
  app.route({
    method: 'GET',
    url: '/claims',
    schema: {
      operationId: 'listClaims',
      summary: 'Claims, newest night first',
      tags,
      security: [],
      querystring: listQuery,
      response: { 200: pageOf(claimSchema), ...problemResponses('invalid-parameter') },
    },
    handler: async ({ query }) => {
      const at = await walkVersion(deps, query);
      const asked = await resolveAsked(deps, query, at.version);
      const { scope, basis } = query;
      const walk = startWalk(at, query, { ...echoOf(asked), scope, basis });
      const { version } = walk.version;
      const filter = { ...filterOf(asked), scopes: scope, bases: basis };
      const rows = await stores.claims.listClaims(db, version, filter, walk.page);
      const sources = await stores.codeLists.listSources(db, version);
      const served = rows.map((claim) => servedClaim(claim, sources, false));
      const { rows: data, page } = endWalk(walk, served, (claim) => claim);
      return { data, page, meta: metaOf(walk.version, walk.echo) };
    },
  });
}

function itemRoute(app: ZodApp, deps: Dependencies): void {
  app.route({
    method: 'GET',
    url: '/claims/:id',
    schema: {
      operationId: 'getClaim',
      summary: 'One claim, with the row it was made from',
      tags,
      security: [],
      params: z.strictObject({ id: claimIdSchema }),
      querystring: z.strictObject({ as_of: asOfParameter }),
      response: { 200: claimResponse, ...problemResponses(...ITEM_PROBLEMS) },
    },
    handler: async ({ params, query }, reply) => {
      const { version, claim, served } = await find(deps, params.id, query.as_of);
      reply.header('etag', revisionTag(claim.id, claim.revision));
      return { data: served, meta: metaOf(version, query) };
    },
  });
}

function recordRoute(app: ZodApp, deps: Dependencies): void {
  const { db, record } = deps;
  app.route({
    method: 'POST',
    url: '/barrages/:id/claims',
    onRequest: requireKey(deps, 'write'),
    schema: {
      operationId: 'recordClaim',
      summary: 'Record a claim in a barrage',
      tags,
      security: [{ key: [] }],
      params: z.strictObject({ id: barrageIdSchema }),
      body: claimInputSchema,
      response: {
        200: claimResponse,
        201: claimResponse,
        ...problemResponses(...WRITE_PROBLEMS, ...ITEM_PROBLEMS),
      },
    },
    handler: async (request, reply) => {
      const recorded = await record.claim(db, causeOf(request), request.params.id, request.body);
      const { version, claim, served } = await find(deps, recorded.id, 'latest');
      reply
        .code(recorded.outcome === 'created' ? 201 : 200)
        .header('location', `/claims/${claim.id}`)
        .header('etag', revisionTag(claim.id, claim.revision));
      return { data: served, meta: metaOf(version, {}) };
    },
  });
}

/** `/claims`: single claims. */
export async function claimRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  listRoute(app, deps);
  itemRoute(app, deps);
  recordRoute(app, deps);
}
