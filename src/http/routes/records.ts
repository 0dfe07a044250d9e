import { recordsOf } from '../../analysis/records.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { measureParameter, wholeNumber } from '../query-schemas.js';
import { recordsSchema } from '../schemas/nights.js';
import { addStatistic } from '../statistic-route.js';

const MIN_LAUNCHED = 10;
const LIMIT = 10;
const LIMIT_MAX = 100;

/** `/stats/records`: the extremes, each with its link. */
export async function recordsRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  addStatistic(app, deps, {
    url: '/stats/records',
    operationId: 'getRecords',
    summary: 'Largest nights and claims, highest and lowest rates, longest streak and silence',
    description: 'A silence is a run of nights without a report, not of quiet nights.',
    parameters: {
      measure: measureParameter,
      min_launched: wholeNumber(1, 1_000_000)
        .default(MIN_LAUNCHED)
        .describe('Nights with fewer launches have no place among the rates.'),
      limit: wholeNumber(1, LIMIT_MAX).default(LIMIT).describe('Length of each list.'),
    },
    data: recordsSchema,
    compute: ({ version }, query, options) => recordsOf(deps.db, version, query, options),
  });
}
