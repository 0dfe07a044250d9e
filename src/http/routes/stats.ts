import { z } from 'zod';
import { GROUP_KEYS } from '../../analysis/group-key.js';
import { type Stats, statsOf } from '../../analysis/stats.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { explainParameters, explanationOf, settleExplanation } from '../explanation.js';
import { commaList } from '../query-schemas.js';
import { summarySchema } from '../schemas/statistics.js';
import { addStatistic } from '../statistic-route.js';
import { columnsOf } from '../tabular.js';

const groupBy = commaList(z.enum(GROUP_KEYS), 2)
  .refine((keys) => new Set(keys).size === keys.length, 'two different keys')
  .optional()
  .describe('One or two keys; every group is summarised like the whole, and they add up to it.')
  .meta({ examples: ['munition'] });

const COLUMNS = columnsOf(summarySchema.omit({ groups: true, explained: true }));

/** `/stats`: one summary of everything that the filter lets through, and of its groups. */
export async function statsRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  addStatistic(app, deps, {
    url: '/stats',
    operationId: 'getStats',
    summary: 'Interception statistics of the claims that a filter lets through',
    description:
      'Defaults: national headline claims of the defender on the basis of whole barrages. What is left out is counted in `excluded`; explain=true names every claim with the reason.',
    parameters: { group_by: groupBy, ...explainParameters },
    data: summarySchema,
    table: (stats: Stats, { group_by = [] }) => ({
      columns: [...group_by.map((key) => `key.${key}`), ...COLUMNS],
      rows: stats.groups ?? [stats],
    }),
    settle: (own, asOf) => settleExplanation(deps, own, asOf),
    compute: async (version, query, { group_by, explain }, asked) => {
      const summary = await statsOf(deps.db, version.version, query, group_by ?? []);
      if (explain !== true) return summary;
      const explained = await explanationOf(deps, version, query, summary, asked);
      return { ...summary, explained };
    },
  });
}
