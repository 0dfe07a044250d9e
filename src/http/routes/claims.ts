import { z } from 'zod';
import { claimIdSchema, claimInputSchema } from '../../domain/claim.js';
import type { DatasetVersion } from '../../storage/versions.js';
import { versionFor } from '../as-of.js';
import { claimFilterOf, echoOf, resolvedBy } from '../asked.js';
import { addCorrectionRoutes } from '../correction-routes.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { addList } from '../list-route.js';
import { missing } from '../missing.js';
import { RECORD } from '../public-answers.js';
import {
  asOfParameter,
  basisParameter,
  claimParameters,
  launchedParameters,
  scopeParameter,
  sideParameter,
} from '../query-schemas.js';
import { addRecordRoute, type Found } from '../record-route.js';
import { ITEM_PROBLEMS, problemResponses, recordOf } from '../schemas/envelope.js';
import { claimSchema, listedClaimSchema } from '../schemas/records.js';
import { revisionTag } from '../served.js';

const tags = ['claims'];
const claimResponse = recordOf(claimSchema);

const releaseSchema = z
  .array(z.string())
  .max(100)
  .optional()
  .describe(
    'Fields to take off `set_by_hand`, so that the next import rules them again; each must be on it.',
  )
  .meta({ examples: [['launched']] });

async function find(
  deps: Dependencies,
  id: string,
  { version }: DatasetVersion,
  asOf = String(version),
): Promise<Found> {
  const found = await deps.stores.claimJson.claimAsJson(deps.db, version, id);
  if (found === null) throw await missing(deps, 'claim', id, asOf);
  return { json: found.json, tag: revisionTag(id, found.revision) };
}

function listRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores } = deps;
  addList(app, deps, {
    url: '/claims',
    operationId: 'listClaims',
    summary: 'Claims, newest night first',
    description: 'Single claims of every side, scope and basis, unless some are asked for.',
    tag: 'claims',
    item: listedClaimSchema,
    takesLong: true,
    parameters: {
      ...claimParameters,
      ...launchedParameters,
      side: sideParameter.optional().describe('Whose claims; all sides by default.'),
      scope: scopeParameter.optional().describe('All scopes by default.'),
      basis: basisParameter.optional().describe('All bases by default.'),
    },
    open: async (query, version) => {
      const lists = await stores.codeLists.codeListsAt(db, version);
      const asked = resolvedBy(deps, query, lists);
      const claims = claimFilterOf(asked, query, lists.sources);
      return {
        echo: Object.assign(echoOf(asked), claims.echo),
        rows: (page, fields) =>
          stores.claimJson.claimsAsJson(db, version, claims.filter, page, fields),
        page: (page) => stores.claimPages.claimPage(db, version, claims.filter, page),
        table: (page, shape, begun) => {
          const asked = { version, filter: claims.filter, page, ...shape };
          return deps.aside[begun ? 'proceed' : 'ask']('claims', asked);
        },
        count: () => stores.claims.countClaims(db, version, claims.filter),
      };
    },
  });
}

function itemRoute(app: ZodApp, deps: Dependencies): void {
  app.route({
    method: 'GET',
    url: '/claims/:id',
    config: { answer: RECORD },
    schema: {
      operationId: 'getClaim',
      summary: 'One claim, with the row it was made from',
      description: 'With its revision, flags and the fields that were corrected by hand.',
      tags,
      security: [],
      params: z.strictObject({ id: claimIdSchema }),
      querystring: z.strictObject({ as_of: asOfParameter }),
      response: { 200: claimResponse, ...problemResponses(...ITEM_PROBLEMS, 'gone') },
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
    url: '/barrages/:id/claims',
    operationId: 'recordClaim',
    summary: 'Record a claim in a barrage',
    description:
      'One source about one munition in one window. A claim that competes with another of its side names it in `alternative_to`.',
    tag: 'claims',
    scope: 'write',
    body: claimInputSchema,
    item: claimSchema,
    record: (cause, body, barrageId) => deps.record.claim(deps.db, cause, barrageId, body),
    find: (id, version) => find(deps, id, version),
    location: (id) => `/claims/${id}`,
  });
}

function correctionRoutes(app: ZodApp, deps: Dependencies): void {
  const { db, correct, retract } = deps;
  addCorrectionRoutes(app, deps, {
    url: '/claims/:id',
    name: 'Claim',
    tag: 'claims',
    id: claimIdSchema,
    item: claimSchema,
    patch: "a claim's content",
    beside: { release: releaseSchema },
    correct: (cause, expected, patch) => correct.claim(db, cause, expected, patch),
    retract: (cause, expected) => retract.claim(db, cause, expected),
    find: (id, version) => find(deps, id, version),
  });
}

/** `/claims`: single claims. */
export async function claimRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  listRoute(app, deps);
  itemRoute(app, deps);
  recordRoute(app, deps);
  correctionRoutes(app, deps);
}
