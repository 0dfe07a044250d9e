import { z } from 'zod';
import { FILLS, seriesOf } from '../../analysis/series.js';
import { BUCKETS } from '../../domain/calendar.js';
import { MEASURES } from '../../domain/measure.js';
import { versionFor } from '../as-of.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { statsMetaOf } from '../meta.js';
import { ORDERED_WINDOW, orderedWindow, wholeNumber } from '../query-schemas.js';
import { problemResponses, statsOf } from '../schemas/envelope.js';
import { seriesSchema } from '../schemas/statistics.js';
import { resolveStatsQuery, statsParameters } from '../stats-parameters.js';

const ROLLING_MAX = 365;

const querystring = z
  .strictObject({
    ...statsParameters,
    bucket: z.enum(BUCKETS).default('night').describe('Calendar unit of a point.'),
    measure: z.enum(MEASURES).default('interception').describe('What the points measure.'),
    rolling: wholeNumber(1, ROLLING_MAX)
      .optional()
      .describe('Also the pooled rate of this many nights up to each point.'),
    fill: z
      .enum(FILLS)
      .default('none')
      .describe('`empty` gives units without a report too, with status silent; never a zero.'),
  })
  .refine(orderedWindow, ORDERED_WINDOW);

/** `/stats/series`: one measure over calendar units. */
export async function seriesRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  app.route({
    method: 'GET',
    url: '/stats/series',
    schema: {
      operationId: 'getSeries',
      summary: 'One measure over nights, weeks, months, quarters or years',
      tags: ['statistics'],
      security: [],
      querystring,
      response: { 200: statsOf(seriesSchema), ...problemResponses('invalid-parameter') },
    },
    handler: async ({ query }) => {
      const { bucket, measure, rolling, fill, ...parameters } = query;
      const options = { bucket, measure, rolling, fill };
      const version = await versionFor(deps, query.as_of);
      const asked = await resolveStatsQuery(deps, parameters);
      const data = await seriesOf(deps.db, version, asked.query, options);
      const echo = { ...asked.echo, ...options };
      const { public_url } = deps.settings;
      return { data, meta: statsMetaOf(version, echo, data, '/stats/series', public_url) };
    },
  });
}
