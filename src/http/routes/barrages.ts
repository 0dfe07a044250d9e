import { z } from 'zod';
import { listByConflict } from '../../analysis/barrage-conflicts.js';
import { barrageIdSchema } from '../../domain/barrage.js';
import { barrageInputSchema } from '../../domain/barrage-input.js';
import { versionFor } from '../as-of.js';
import { echoOf, filterOf, resolveAsked } from '../asked.js';
import { INCLUDES, type Include, servedBarrages } from '../barrage-pages.js';
import { addCorrectionRoutes } from '../correction-routes.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { endWalk, startWalk, walkVersion } from '../listing.js';
import { metaOf } from '../meta.js';
import { missing } from '../missing.js';
import {
  asOfParameter,
  basisParameter,
  claimParameters,
  commaList,
  flagParameter,
  listParameters,
  ORDERED_WINDOW,
  orderedWindow,
  scopeParameter,
} from '../query-schemas.js';
import { addRecordRoute } from '../record-route.js';
import { ITEM_PROBLEMS, itemOf, pageOf, problemResponses } from '../schemas/envelope.js';
import { barrageSchema } from '../schemas/records.js';

const includeParameter = commaList(z.enum(INCLUDES)).describe('Parts to give inside a barrage.');
const listQuery = z
  .strictObject({
    ...listParameters,
    ...claimParameters,
    scope: scopeParameter.optional().describe('Barrages with a claim of such a scope.'),
    basis: basisParameter.optional().describe('Barrages with a claim of such a basis.'),
    has_debris: flagParameter.optional().describe('Barrages with, or without, a debris site.'),
    has_conflict: flagParameter
      .optional()
      .describe('Barrages whose claims contradict each other, or do not.'),
    include: includeParameter.optional(),
  })
  .refine(orderedWindow, ORDERED_WINDOW);
const DEFAULT_INCLUDE: Include[] = [...INCLUDES];
const tags = ['barrages'];
const barrageResponse = itemOf(barrageSchema);

async function find(deps: Dependencies, id: string, asOf: string, include: readonly Include[]) {
  const { db, stores } = deps;
  const version = await versionFor(deps, asOf);
  const barrage = await stores.barrages.findBarrage(db, version.version, id);
  const [served] = await servedBarrages(deps, version.version, barrage ? [barrage] : [], include);
  if (served === undefined) throw await missing(deps, 'barrage', id, asOf);
  // Claims and sites have revisions of their own, so the barrage's revision alone would not tell that they moved.
  return { version, served, tag: `"${id}.${served.revision}.v${version.version}"` };
}

function listRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores } = deps;
  app.route({
    method: 'GET',
    url: '/barrages',
    schema: {
      operationId: 'listBarrages',
      summary: 'Barrages with totals per munition, newest night first',
      description:
        "Totals are sums of the defender's national headline claims; `include` gives the claims, sites and sources themselves. A walk by cursor is one consistent cut, even while others write.",
      tags,
      security: [],
      querystring: listQuery,
      response: { 200: pageOf(barrageSchema), ...problemResponses('invalid-parameter') },
    },
    handler: async ({ query }) => {
      const at = await walkVersion(deps, query);
      const asked = await resolveAsked(deps, query, at.version);
      const { scope, basis, has_debris, has_conflict, include = [] } = query;
      const shape = { ...echoOf(asked), scope, basis, has_debris, has_conflict, include };
      const walk = startWalk(at, query, shape);
      const claims = { ...filterOf(asked), scopes: scope, bases: basis };
      const byClaim = [
        asked.munition_slugs,
        asked.source,
        asked.region,
        asked.launch_place,
        scope,
        basis,
      ];
      const with_claim = byClaim.some((part) => part !== undefined) ? claims : undefined;
      const { from, to, attackers, defenders } = claims;
      const filter = { from, to, attackers, defenders, has_debris, with_claim };
      const { version } = walk.version;
      const rows =
        has_conflict === undefined
          ? await stores.barrages.listBarrages(db, version, filter, walk.page)
          : await listByConflict(db, version, filter, walk.page, has_conflict);
      const cut = endWalk(walk, rows, (row) => row);
      const data = await servedBarrages(deps, version, cut.rows, include);
      return { data, page: cut.page, meta: metaOf(walk.version, walk.echo) };
    },
  });
}

function itemRoute(app: ZodApp, deps: Dependencies): void {
  app.route({
    method: 'GET',
    url: '/barrages/:id',
    schema: {
      operationId: 'getBarrage',
      summary: 'One barrage with its claims and debris sites',
      description:
        'What each side says, apart from each other, and where they contradict; nothing is averaged.',
      tags,
      security: [],
      params: z.strictObject({ id: barrageIdSchema }),
      querystring: z.strictObject({
        include: includeParameter.default(DEFAULT_INCLUDE),
        as_of: asOfParameter,
      }),
      response: { 200: barrageResponse, ...problemResponses(...ITEM_PROBLEMS, 'gone') },
    },
    handler: async ({ params, query }, reply) => {
      const { version, served, tag } = await find(deps, params.id, query.as_of, query.include);
      reply.header('etag', tag);
      return { data: served, meta: metaOf(version, query) };
    },
  });
}

function recordRoute(app: ZodApp, deps: Dependencies): void {
  addRecordRoute(app, deps, {
    url: '/barrages',
    operationId: 'recordBarrage',
    summary: 'Record a barrage with its claims and debris sites, all or nothing',
    description:
      'Attacker, defender and night are its identity. The same content again is 200 and writes nothing; other content is 409 with the differences.',
    tag: 'barrages',
    scope: 'write',
    body: barrageInputSchema,
    item: barrageSchema,
    record: (cause, body) => deps.record.barrage(deps.db, cause, body),
    find: (id, version) => find(deps, id, String(version), DEFAULT_INCLUDE),
    location: (id) => `/barrages/${id}`,
  });
}

function correctionRoutes(app: ZodApp, deps: Dependencies): void {
  const { db, correct, retract } = deps;
  addCorrectionRoutes(app, deps, {
    url: '/barrages/:id',
    name: 'Barrage',
    tag: 'barrages',
    id: barrageIdSchema,
    item: barrageSchema,
    patch: 'the note of a barrage',
    correct: (cause, expected, patch) => correct.barrage(db, cause, expected, patch),
    retract: (cause, expected) => retract.barrage(db, cause, expected),
    find: (id, version) => find(deps, id, String(version), DEFAULT_INCLUDE),
  });
}

/** `/barrages`: what one attacker sent at one defender in one night. */
export async function barrageRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  listRoute(app, deps);
  itemRoute(app, deps);
  recordRoute(app, deps);
  correctionRoutes(app, deps);
}
