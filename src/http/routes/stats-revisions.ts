import type { Dependencies, ZodApp } from '../dependencies.js';
import { basisParameter, scopeParameter, sideParameter } from '../query-schemas.js';
import { statsRevisionsSchema } from '../schemas/stats-revisions.js';
import { addStatistic } from '../statistic-route.js';

/** `/stats/revisions`: how often and how far figures moved after they were first released. */
export async function statsRevisionsRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  addStatistic(app, deps, {
    url: '/stats/revisions',
    operationId: 'getStatsRevisions',
    summary: 'How far figures moved between first release and the asked version',
    description:
      'Per source and count: how many claims moved, how far, and at what age of the night; and the headline interception rate of the same claims at first release and now. `excluded` says what the other statistics would leave out.',
    parameters: {
      side: sideParameter
        .optional()
        .describe('Whose claims; all sides by default, each source by itself.'),
      scope: scopeParameter.optional().describe('Coverage of the claims; all by default.'),
      basis: basisParameter.optional().describe('Basis of the claims; all by default.'),
    },
    data: statsRevisionsSchema,
    takesLong: true,
    compute: ({ version }, query, options) => deps.aside.ask('revisions', version, query, options),
  });
}
