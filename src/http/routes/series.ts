import { z } from 'zod';
import { FILLS, SERIES_GROUP_KEYS, type Series, seriesOf } from '../../analysis/series.js';
import { BUCKETS } from '../../domain/calendar.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { decimal, measureParameter, wholeNumber } from '../query-schemas.js';
import { pointSchema, seriesSchema } from '../schemas/statistics.js';
import { addStatistic } from '../statistic-route.js';
import { columnsOf } from '../tabular.js';

const ROLLING_MAX = 365;
const COLUMNS = columnsOf(pointSchema);

/** `/stats/series`: one measure over calendar units. */
export async function seriesRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  addStatistic(app, deps, {
    url: '/stats/series',
    operationId: 'getSeries',
    summary: 'One measure over nights, weeks, months, quarters or years',
    description:
      'A unit without a report is absent, or `silent` with fill=empty: never a zero. At most 4,000 points.',
    parameters: {
      bucket: z.enum(BUCKETS).default('night').describe('Calendar unit of a point.'),
      measure: measureParameter,
      rolling: wholeNumber(1, ROLLING_MAX)
        .optional()
        .describe('Also the pooled rate of this many nights up to each point.'),
      ewma: decimal(0, 1)
        .optional()
        .describe('Also exponentially weighted averages with this weight of the newest point.'),
      fill: z
        .enum(FILLS)
        .default('none')
        .describe('`empty` gives units without a report too, with status silent; never a zero.'),
      group_by: z
        .enum(SERIES_GROUP_KEYS)
        .optional()
        .describe('Also the course of each group, beside that of the whole.'),
    },
    data: seriesSchema,
    table: ({ points, groups }: Series, { group_by }) => ({
      columns: group_by === undefined ? COLUMNS : [`key.${group_by}`, ...COLUMNS],
      rows:
        groups?.flatMap((group) => group.points.map((point) => ({ key: group.key, ...point }))) ??
        points,
    }),
    compute: (version, query, options) => seriesOf(deps.db, version, query, options),
  });
}
