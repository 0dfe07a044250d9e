import { z } from 'zod';
import { versionFor } from '../as-of.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { metaOf } from '../meta.js';
import { LIMIT_MAX, wholeNumber } from '../query-schemas.js';
import { problemResponses } from '../schemas/envelope.js';
import { changesSchema, versionsSchema } from '../schemas/history.js';

const FEED_LIMIT = 100;
const limit = wholeNumber(1, LIMIT_MAX).default(FEED_LIMIT).describe('Entries per page.');
const position = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,9})?$/, 'a dataset version, or next_after of the page before')
  .default('0')
  .describe('A dataset version, all of which is known, or `next_after` of the page before.');
const versionNumber = wholeNumber(0, 999_999_999)
  .default(0)
  .describe('A dataset version; later ones are given.');

// A version alone means all of it; the last change within a version is named by its place too.
const WHOLE_VERSION = Number.MAX_SAFE_INTEGER;

function changesRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores } = deps;
  app.route({
    method: 'GET',
    url: '/changes',
    schema: {
      operationId: 'listChanges',
      summary: 'Everything that was created, corrected or retracted, in order',
      tags: ['history'],
      security: [],
      querystring: z.strictObject({ after: position, limit }),
      response: { 200: changesSchema, ...problemResponses('invalid-parameter') },
    },
    handler: async ({ query }) => {
      const [version = 0, seq = WHOLE_VERSION] = query.after.split('.').map(Number);
      const rows = await stores.changes.listChanges(db, { version, seq }, query.limit + 1);
      const data = rows.slice(0, query.limit);
      const last = data.at(-1);
      // An empty page leaves the reader where it was.
      const next_after = last === undefined ? query.after : `${last.version}.${last.seq}`;
      const page = { limit: query.limit, has_more: rows.length > query.limit, next_after };
      return { data, page, meta: metaOf(await versionFor(deps, 'latest'), query) };
    },
  });
}

function versionsRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores } = deps;
  app.route({
    method: 'GET',
    url: '/dataset/versions',
    schema: {
      operationId: 'listDatasetVersions',
      summary: 'Dataset versions: when, by whom or from which file, and how much changed',
      tags: ['history'],
      security: [],
      querystring: z.strictObject({ after: versionNumber, limit }),
      response: { 200: versionsSchema, ...problemResponses('invalid-parameter') },
    },
    handler: async ({ query }) => {
      const rows = await stores.changes.listVersions(db, query.after, query.limit + 1);
      const data = rows.slice(0, query.limit);
      const next_after = String(data.at(-1)?.version ?? query.after);
      const page = { limit: query.limit, has_more: rows.length > query.limit, next_after };
      return { data, page, meta: metaOf(await versionFor(deps, 'latest'), query) };
    },
  });
}

/** `/changes` and `/dataset/versions`: what was written, in order. */
export async function changeRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  changesRoute(app, deps);
  versionsRoute(app, deps);
}
