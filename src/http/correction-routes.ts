import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Recorded } from '../domain/record-error.js';
import { textSchema } from '../domain/text.js';
import type { Expected } from '../storage/correction.js';
import type { Cause } from '../storage/draft.js';
import type { DatasetVersion } from '../storage/versions.js';
import { requireKey } from './auth.js';
import type { Dependencies, ZodApp } from './dependencies.js';
import { tagsIn, uncodedTag } from './entity-tag.js';
import { markReplay, WRITE_HEADERS, writeCauseOf } from './idempotency.js';
import { Problem } from './problem.js';
import { noParameters } from './query-schemas.js';
import { answerRecord, type Found } from './record-route.js';
import { ITEM_PROBLEMS, itemOf, problemResponses, WRITE_PROBLEMS } from './schemas/envelope.js';

export const MERGE_PATCH = 'application/merge-patch+json';

const reasonSchema = textSchema(1000).describe('Why: it is kept in the history.');
const CORRECTION_PROBLEMS = [
  ...WRITE_PROBLEMS,
  ...ITEM_PROBLEMS,
  'gone',
  'precondition-failed',
  'precondition-required',
] as const;

const correctionHeaders = z.looseObject({
  'if-match': z.string().optional().describe('The ETag that was read; `*` is whatever is current.'),
  ...WRITE_HEADERS,
});

/** A kind of record that can be corrected and retracted. */
export interface Correctable {
  /** With `:id`. */
  url: string;
  name: string;
  tag: string;
  id: z.ZodType<string>;
  item: z.ZodType;
  /** What a patch may hold, in words. */
  patch: string;
  /** What stands beside the patch, besides the reason. */
  beside?: z.ZodRawShape;
  correct: (cause: Cause, expected: Expected, patch: unknown) => Promise<Recorded>;
  retract: (cause: Cause, expected: Expected) => Promise<Recorded>;
  /** The record at a dataset version. */
  find: (id: string, version: DatasetVersion) => Promise<Found>;
}

const REVISION_TAG = /^"(.+?)\.(\d{1,9})(?:\.v(\d{1,9}))?"$/;

/** The revision that If-Match names: a tag of this record, strong, alone or in a list; `*` is whatever is current. */
function expectedOf(request: FastifyRequest, id: string): Expected {
  const header = request.headers['if-match'];
  if (header === undefined) {
    const detail =
      'Send If-Match with the ETag that you read, so that no other correction is lost.';
    throw new Problem('precondition-required', detail);
  }
  if (header.trim() === '*') return { id, revision: null };
  // A weak tag never matches here, and every coding of a revision is that revision.
  const tags = tagsIn(header).map((tag) => REVISION_TAG.exec(uncodedTag(tag)));
  const own = tags.filter((tag) => tag?.[1] === id);
  // More than one can only mean "any of these"; the newest is the one that can still be current.
  const newest = (part: 2 | 3): number =>
    Math.max(0, ...own.map((tag) => Number(tag?.[part] ?? 0)));
  return { id, revision: newest(2), version: newest(3) };
}

const requirePatchType = async (request: FastifyRequest): Promise<void> => {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === MERGE_PATCH) return;
  const headers = { 'accept-patch': MERGE_PATCH };
  throw new Problem('unsupported-media-type', `Send the patch as ${MERGE_PATCH}.`, { headers });
};

function patchRoute(app: ZodApp, deps: Dependencies, record: Correctable): void {
  const { url, name, tag, id, item } = record;
  app.route({
    method: 'PATCH',
    url,
    onRequest: [requireKey(deps, 'write'), requirePatchType],
    schema: {
      operationId: `correct${name}`,
      summary: 'Correct a record: a new revision, the old one stays in the history',
      description: `JSON merge patch (RFC 7396) of ${record.patch}, with a \`reason\`. A patch that changes nothing writes nothing.`,
      tags: [tag],
      consumes: [MERGE_PATCH],
      security: [{ key: [] }],
      params: z.strictObject({ id }),
      querystring: noParameters,
      headers: correctionHeaders,
      body: z.looseObject({ reason: reasonSchema, ...record.beside }),
      response: {
        200: itemOf(item),
        ...problemResponses(...CORRECTION_PROBLEMS),
      },
    },
    handler: async (request, reply) => {
      const { id: recordId } = request.params as { id: string };
      const { reason, ...patch } = request.body;
      const cause = writeCauseOf(request, reason);
      const written = await record.correct(cause, expectedOf(request, recordId), patch);
      const found = await record.find(recordId, written);
      return answerRecord(reply as FastifyReply, found, written) as never;
    },
  });
}

function deleteRoute(app: ZodApp, deps: Dependencies, record: Correctable): void {
  const { url, name, tag, id } = record;
  app.route({
    method: 'DELETE',
    url,
    onRequest: requireKey(deps, 'write'),
    schema: {
      operationId: `retract${name}`,
      summary: 'Retract a record: 410 afterwards, still there at an older as_of',
      description:
        'What is retracted stays in the history with the reason; nothing is ever deleted.',
      tags: [tag],
      security: [{ key: [] }],
      params: z.strictObject({ id }),
      querystring: z.strictObject({ reason: reasonSchema }),
      headers: correctionHeaders,
      response: {
        204: z.null().describe('Retracted.'),
        ...problemResponses(...CORRECTION_PROBLEMS, 'invalid-parameter'),
      },
    },
    handler: async (request, reply) => {
      const { id: recordId } = request.params as { id: string };
      const cause = writeCauseOf(request, request.query.reason);
      markReplay(reply, await record.retract(cause, expectedOf(request, recordId)));
      return reply.code(204).send(undefined as never);
    },
  });
}

/** Adds PATCH and DELETE of a record: a key, If-Match, a reason. */
export function addCorrectionRoutes(app: ZodApp, deps: Dependencies, record: Correctable): void {
  patchRoute(app, deps, record);
  deleteRoute(app, deps, record);
}
