import { z } from 'zod';
import { GROUP_KEYS } from '../../analysis/group-key.js';
import { statsOf as computeStats } from '../../analysis/stats.js';
import { versionFor } from '../as-of.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { statsMetaOf } from '../meta.js';
import { commaList, ORDERED_WINDOW, orderedWindow } from '../query-schemas.js';
import { problemResponses, statsOf } from '../schemas/envelope.js';
import { summarySchema } from '../schemas/statistics.js';
import { resolveStatsQuery, statsParameters } from '../stats-parameters.js';

const querystring = z
  .strictObject({
    ...statsParameters,
    group_by: commaList(z.enum(GROUP_KEYS))
      .refine((keys) => keys.length <= 2, 'at most two keys')
      .refine((keys) => new Set(keys).size === keys.length, 'two different keys')
      .optional()
      .describe('One or two keys; every group is summarised like the whole, and they add up to it.')
      .meta({ examples: ['month'] }),
  })
  .refine(orderedWindow, ORDERED_WINDOW);

/** `/stats`: one summary of everything that the filter lets through, and of its groups. */
export async function statsRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  app.route({
    method: 'GET',
    url: '/stats',
    schema: {
      operationId: 'getStats',
      summary: 'Interception statistics of the claims that a filter lets through',
      description:
        'Defaults: national headline claims of the defender on the basis of whole barrages. What is left out is counted in `excluded`.',
      tags: ['statistics'],
      security: [],
      querystring,
      response: { 200: statsOf(summarySchema), ...problemResponses('invalid-parameter') },
    },
    handler: async ({ query }) => {
      const { group_by, ...parameters } = query;
      const version = await versionFor(deps, query.as_of);
      const asked = await resolveStatsQuery(deps, parameters);
      const data = await computeStats(deps.db, version.version, asked.query, group_by ?? []);
      const echo = { ...asked.echo, group_by };
      return { data, meta: statsMetaOf(version, echo, data, '/stats', deps.settings.public_url) };
    },
  });
}
