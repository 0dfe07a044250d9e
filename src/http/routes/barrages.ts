import { z } from 'zod';
import { barrageIdSchema } from '../../domain/barrage.js';
import { barrageInputSchema } from '../../domain/barrage-input.js';
import type { DatasetVersion } from '../../storage/versions.js';
import { versionFor } from '../as-of.js';
import { INCLUDES, type Include, servedBarrages } from '../barrage-pages.js';
import { addCorrectionRoutes } from '../correction-routes.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { metaOf } from '../meta.js';
import { missing } from '../missing.js';
import { RECORD } from '../public-answers.js';
import { asOfParameter, commaList } from '../query-schemas.js';
import { addRecordRoute } from '../record-route.js';
import { composedOf, ITEM_PROBLEMS, problemResponses } from '../schemas/envelope.js';
import { barrageSchema } from '../schemas/records.js';

const includeParameter = commaList(z.enum(INCLUDES)).describe('Parts to give inside a barrage.');
const DEFAULT_INCLUDE: Include[] = [...INCLUDES];
const tags = ['barrages'];
const barrageResponse = composedOf(barrageSchema);

async function find(
  deps: Dependencies,
  id: string,
  { version }: DatasetVersion,
  include: readonly Include[],
  asOf = String(version),
) {
  const barrage = await deps.stores.barrages.findBarrage(deps.db, version, id);
  const [served] = await servedBarrages(deps, version, barrage ? [barrage] : [], include);
  if (served === undefined) throw await missing(deps, 'barrage', id, asOf);
  // Claims and sites have revisions of their own, so the barrage's revision alone would not tell that they moved.
  return { served, tag: `"${id}.${served.revision}.v${version}"` };
}

/** The whole of a barrage that was written. */
async function findWritten(deps: Dependencies, id: string, version: DatasetVersion) {
  const { served, tag } = await find(deps, id, version, DEFAULT_INCLUDE);
  return { json: JSON.stringify(served), tag };
}

function itemRoute(app: ZodApp, deps: Dependencies): void {
  app.route({
    method: 'GET',
    url: '/barrages/:id',
    config: { answer: RECORD },
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
      const version = await versionFor(deps, query.as_of);
      const { served, tag } = await find(deps, params.id, version, query.include, query.as_of);
      reply.header('etag', tag);
      const { generated_at: _, ...meta } = metaOf(version, query);
      return { data: served, meta };
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
    find: (id, version) => findWritten(deps, id, version),
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
    find: (id, version) => findWritten(deps, id, version),
  });
}

/** `/barrages`: what one attacker sent at one defender in one night. */
export async function barrageRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  itemRoute(app, deps);
  recordRoute(app, deps);
  correctionRoutes(app, deps);
}
