import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { KeyScope } from '../domain/api-key.js';
import { barrageIdSchema } from '../domain/barrage.js';
import type { Recorded, Written } from '../domain/record-error.js';
import type { Cause } from '../storage/draft.js';
import type { DatasetVersion } from '../storage/versions.js';
import { requireKey } from './auth.js';
import type { Dependencies, ZodApp } from './dependencies.js';
import { markReplay, WRITE_HEADERS, writeCauseOf } from './idempotency.js';
import { writeMetaOf } from './meta.js';
import { noParameters } from './query-schemas.js';
import { ITEM_PROBLEMS, itemOf, problemResponses, WRITE_PROBLEMS } from './schemas/envelope.js';

/** A record as it stands after a write: the text that is served, and its validator. */
export interface Found {
  json: string;
  tag: string;
}

/** A kind of record that can be posted. */
export interface RecordRoute<B extends z.ZodType> {
  /** With `:id`, the barrage that the record belongs to. */
  url: string;
  operationId: string;
  summary: string;
  description: string;
  tag: string;
  scope: KeyScope;
  body: B;
  item: z.ZodType;
  record: (cause: Cause, body: z.output<B>, barrageId: string) => Promise<Recorded>;
  /** The record at a dataset version. */
  find: (id: string, version: DatasetVersion) => Promise<Found>;
  /** Where the record can be read. */
  location: (id: string) => string;
}

/** The answer to a write: the record as it made it, at its own version, whatever was written since. */
export function answerRecord(reply: FastifyReply, { json, tag }: Found, written: Written): string {
  markReplay(reply, written);
  reply.header('etag', tag).type('application/json; charset=utf-8');
  const meta = JSON.stringify(writeMetaOf(written, {}));
  return `{"data":${json},"meta":${meta}}`;
}

/** Adds a POST: a key, a checked body, 201 for something new, 200 for what was there already, with Location and ETag. */
export function addRecordRoute<B extends z.ZodType>(
  app: ZodApp,
  deps: Dependencies,
  route: RecordRoute<B>,
): void {
  const { url, operationId, summary, description, body, item } = route;
  const nested = url.includes(':id');
  const problems = [
    ...WRITE_PROBLEMS,
    ...(nested ? ITEM_PROBLEMS : []),
    // Every key may write.
    ...(route.scope === 'admin' ? (['forbidden'] as const) : []),
  ];
  const recorded = itemOf(item);
  app.route({
    method: 'POST',
    url,
    onRequest: requireKey(deps, route.scope),
    schema: {
      operationId,
      summary,
      description,
      tags: [route.tag],
      security: [{ key: [] }],
      ...(nested && { params: z.strictObject({ id: barrageIdSchema }) }),
      querystring: noParameters,
      headers: z.looseObject(WRITE_HEADERS),
      body,
      response: { 200: recorded, 201: recorded, ...problemResponses(...problems) },
    },
    handler: async (request, reply) => {
      const { id: barrageId = '' } = (request.params ?? {}) as { id?: string };
      const posted = request.body as z.output<B>;
      const written = await route.record(writeCauseOf(request, null), posted, barrageId);
      const { outcome, id } = written;
      const found = await route.find(id, written);
      reply.code(outcome === 'created' ? 201 : 200).header('location', route.location(id));
      return answerRecord(reply as FastifyReply, found, written) as never;
    },
  });
}
