import { z } from 'zod';
import type { KeyScope } from '../domain/api-key.js';
import { barrageIdSchema } from '../domain/barrage.js';
import type { Recorded } from '../domain/record-error.js';
import type { Cause } from '../storage/draft.js';
import type { DatasetVersion } from '../storage/versions.js';
import { causeOf, requireKey } from './auth.js';
import type { Dependencies, ZodApp } from './dependencies.js';
import { metaOf } from './meta.js';
import { ITEM_PROBLEMS, itemOf, problemResponses, WRITE_PROBLEMS } from './schemas/envelope.js';

/** A record as it stands after a write, with its validator. */
export interface Found {
  version: DatasetVersion;
  served: unknown;
  tag: string;
}

/** A kind of record that can be posted. */
export interface RecordRoute<B extends z.ZodType> {
  /** With `:id`, the barrage that the record belongs to. */
  url: string;
  operationId: string;
  summary: string;
  tag: string;
  scope: KeyScope;
  body: B;
  item: z.ZodType;
  record: (cause: Cause, body: z.output<B>, barrageId: string) => Promise<Recorded>;
  find: (id: string) => Promise<Found>;
  /** Where the record can be read. */
  location: (id: string) => string;
}

/** Adds a POST: a key, a checked body, 201 for something new, 200 for what was there already, with Location and ETag. */
export function addRecordRoute<B extends z.ZodType>(
  app: ZodApp,
  deps: Dependencies,
  route: RecordRoute<B>,
): void {
  const { url, operationId, summary, body, item } = route;
  const nested = url.includes(':id');
  const problems = nested ? [...WRITE_PROBLEMS, ...ITEM_PROBLEMS] : WRITE_PROBLEMS;
  app.route({
    method: 'POST',
    url,
    onRequest: requireKey(deps, route.scope),
    schema: {
      operationId,
      summary,
      tags: [route.tag],
      security: [{ key: [] }],
      ...(nested && { params: z.strictObject({ id: barrageIdSchema }) }),
      body,
      response: { 200: itemOf(item), 201: itemOf(item), ...problemResponses(...problems) },
    },
    handler: async (request, reply) => {
      const { id: barrageId = '' } = (request.params ?? {}) as { id?: string };
      const posted = request.body as z.output<B>;
      const { outcome, id } = await route.record(causeOf(request), posted, barrageId);
      const { version, served, tag } = await route.find(id);
      reply.code(outcome === 'created' ? 201 : 200);
      reply.headers({ location: route.location(id), etag: tag });
      return reply.send({ data: served, meta: metaOf(version, {}) } as never);
    },
  });
}
