import { z } from 'zod';
import { headlineChanges } from '../../analysis/headline.js';
import { requireReached, versionFor } from '../as-of.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { metaOf } from '../meta.js';
import { QUESTION } from '../public-answers.js';
import { asOfParameter, feedLimit, wholeNumber } from '../query-schemas.js';
import { problemResponses } from '../schemas/envelope.js';
import { versionsSchema } from '../schemas/history.js';
import { resolveStatsQuery } from '../stats-parameters.js';

const versionNumber = wholeNumber(0, 999_999_999)
  .default(0)
  .describe('A dataset version; later ones are given.');

/** `/dataset/versions`: every state of the dataset, and what it did to the headline. */
export async function datasetVersionRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  const { db, stores } = deps;
  app.route({
    method: 'GET',
    url: '/dataset/versions',
    config: { answer: QUESTION },
    schema: {
      operationId: 'listDatasetVersions',
      summary:
        'Dataset versions: when, by whom or from which file, how much changed, and what the headline was before and after',
      description: 'Oldest first, after the version named by `after`; one version per write.',
      tags: ['history'],
      security: [],
      querystring: z.strictObject({
        after: versionNumber,
        limit: feedLimit,
        as_of: asOfParameter,
      }),
      response: { 200: versionsSchema, ...problemResponses('invalid-parameter') },
    },
    handler: async ({ query }) => {
      const { after, limit, as_of } = query;
      const current = await versionFor(deps, as_of);
      requireReached(after, current, 'after');
      const rows = await stores.changes.listVersions(db, after, limit + 1, current.version);
      const listed = rows.slice(0, limit);
      const last = listed.at(-1)?.version ?? after;
      const info = { limit, has_more: rows.length > limit };
      // The pair, side, scope and basis of /stats when it is asked for nothing.
      const asked = await resolveStatsQuery(deps, { as_of }, current.version);
      const numbers = listed.map(({ version }) => version);
      const headlines = await headlineChanges(db, after, numbers, asked.query);
      const data = listed.map((version, index) => ({ ...version, headline: headlines[index] }));
      const { attacker, defender, side, scope, basis } = asked.query;
      const echo = { ...query, attacker, defender, side, scope, basis };
      const answer = { data, page: { ...info, next_after: String(last) } };
      return { ...answer, meta: metaOf(current, echo) } as never;
    },
  });
}
