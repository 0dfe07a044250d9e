import type { Dependencies, ZodApp } from '../dependencies.js';
import { basisParameter, scopeParameter, sideParameter } from '../query-schemas.js';
import { coverageSchema } from '../schemas/nights.js';
import { addStatistic } from '../statistic-route.js';

/** `/stats/coverage`: who reported when, and what they left out. */
export async function coverageRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  addStatistic(app, deps, {
    url: '/stats/coverage',
    operationId: 'getCoverage',
    summary: 'Nights with reports, silent nights, and how often each count is given',
    description:
      'Per source and month of the calendar that the dataset covers. `excluded` says what the other statistics would leave out.',
    parameters: {
      side: sideParameter
        .optional()
        .describe('Whose claims; all sides by default, each source by itself.'),
      scope: scopeParameter.optional().describe('Coverage of the claims; all by default.'),
      basis: basisParameter.optional().describe('Basis of the claims; all by default.'),
    },
    data: coverageSchema,
    takesLong: true,
    compute: ({ version }, query, options) => deps.aside.ask('coverage', version, query, options),
  });
}
