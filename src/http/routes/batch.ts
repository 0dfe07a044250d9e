import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { batchEffect } from '../../analysis/batch-effect.js';
import type { BatchOptions, BatchOutcome } from '../../storage/record-batch.js';
import { versionFor } from '../as-of.js';
import { causeOf, requireKey } from '../auth.js';
import {
  BATCH_MAX_BYTES,
  BATCH_TYPES,
  batchValidatorCompiler,
  checkItems,
  ITEM_MAX_ERRORS,
  NDJSON,
  type PostedItem,
  readNdjson,
} from '../batch-body.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { fieldErrors } from '../error-handler.js';
import { markReplay, WRITE_HEADERS, writeCauseOf } from '../idempotency.js';
import { writeMetaOf } from '../meta.js';
import { Problem } from '../problem.js';
import { flagParameter } from '../query-schemas.js';
import { batchBodySchema, batchModeSchema, batchSchema, itemStatus } from '../schemas/batch.js';
import { itemOf, problemResponses, WRITE_PROBLEMS } from '../schemas/envelope.js';

const querystring = z.strictObject({
  mode: batchModeSchema
    .default('atomic')
    .describe('`atomic`: all or nothing. `partial`: every item that can be written.'),
  dry_run: flagParameter
    .default(false)
    .describe('Check everything, write nothing, and tell the effect on the statistics.'),
});
type BatchQuery = z.output<typeof querystring>;

const DESCRIPTION =
  'Up to 1,000 barrages or 5 MiB, written as one dataset version. Items are compared with those before them as if these had been recorded.';

const requireBatchType = async (request: FastifyRequest): Promise<void> => {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== undefined && BATCH_TYPES.includes(type)) return;
  const headers = { 'accept-post': BATCH_TYPES.join(', ') };
  const detail = `Send the batch as ${BATCH_TYPES.join(' or ')}.`;
  throw new Problem('unsupported-media-type', detail, { headers });
};

const wording: BatchOptions['wording'] = (errors, input) =>
  fieldErrors(errors.slice(0, ITEM_MAX_ERRORS), input);

function served({ mode, dry_run }: BatchQuery, outcome: BatchOutcome) {
  const results = outcome.results.map(({ outcome: became, id, errors }, index) => {
    const location = became === 'created' || became === 'existing' ? `/barrages/${id}` : null;
    // What is undefined is left out of the answer.
    return { index, status: itemStatus(became), outcome: became, id, location, errors };
  });
  const { created, existing, failed } = outcome;
  return { mode, dry_run, results, created, existing, failed };
}

async function rehearse(deps: Dependencies, request: FastifyRequest, reply: FastifyReply) {
  const query = request.query as BatchQuery;
  const options = { mode: query.mode, wording };
  const items = request.body as PostedItem[];
  const rehearsal = await deps.rehearse.batch(deps.db, causeOf(request), items, options);
  const ids = rehearsal.results.flatMap(({ outcome, id }) =>
    id !== null && (outcome === 'created' || outcome === 'existing') ? [id] : [],
  );
  const effect = await batchEffect(deps.db, rehearsal.version, ids, rehearsal.claims);
  const version = await versionFor(deps, String(rehearsal.version));
  reply.code(query.mode === 'partial' ? 207 : 200);
  return { data: { ...served(query, rehearsal), effect }, meta: writeMetaOf(version, query) };
}

async function record(deps: Dependencies, request: FastifyRequest, reply: FastifyReply) {
  const query = request.query as BatchQuery;
  const items = request.body as PostedItem[];
  const sent = items.map((item) => item.sent);
  const cause = writeCauseOf(request, null, sent);
  const options = { mode: query.mode, wording };
  const written = await deps.record.batch(deps.db, cause, items, options);
  markReplay(reply, written);
  const status = written.created > 0 ? 201 : 200;
  reply.code(query.mode === 'partial' ? 207 : status);
  return { data: served(query, written), meta: writeMetaOf(written, query) };
}

/** `/barrages/batch`: many barrages at once. */
export async function batchRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  // Parsers belong to this plugin alone: elsewhere newline-delimited JSON stays unsupported.
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser(NDJSON, async (request: FastifyRequest, payload: IncomingMessage) =>
    readNdjson(payload, (line, done) => void parseJson(request, line, done)),
  );
  app.setValidatorCompiler(batchValidatorCompiler);
  const answer = itemOf(batchSchema);
  app.route({
    method: 'POST',
    url: '/barrages/batch',
    bodyLimit: BATCH_MAX_BYTES,
    onRequest: [requireKey(deps, 'write'), requireBatchType],
    preValidation: checkItems,
    schema: {
      operationId: 'recordBarrages',
      summary: 'Record many barrages, all or nothing or each by itself',
      description: DESCRIPTION,
      tags: ['barrages'],
      consumes: BATCH_TYPES,
      security: [{ key: [] }],
      querystring,
      headers: z.looseObject(WRITE_HEADERS),
      body: batchBodySchema,
      response: { 200: answer, 201: answer, 207: answer, ...problemResponses(...WRITE_PROBLEMS) },
    },
    handler: async (request, reply) => {
      const answered = request.query.dry_run ? rehearse : record;
      return (await answered(deps, request, reply)) as never;
    },
  });
}
