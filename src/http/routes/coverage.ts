import { coverageOf } from '../../analysis/coverage.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { coverageSchema } from '../schemas/nights.js';
import { addStatistic } from '../statistic-route.js';

/** `/stats/coverage`: who reported when, and what they left out. */
export async function coverageRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  addStatistic(app, deps, {
    url: '/stats/coverage',
    operationId: 'getCoverage',
    summary: 'Nights with reports, silent nights, and how often each count is given',
    description: 'Per source and month of the calendar that the dataset covers.',
    parameters: {},
    data: coverageSchema,
    compute: ({ version }, query) => coverageOf(deps.db, version, query),
  });
}
