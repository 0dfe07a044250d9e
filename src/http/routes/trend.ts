import type { Dependencies, ZodApp } from '../dependencies.js';
import { measureParameter } from '../query-schemas.js';
import { trendSchema } from '../schemas/trend.js';
import { addStatistic } from '../statistic-route.js';

/** `/stats/trend`: the course of a measure, whole and per era, with what may be read from it. */
export async function trendRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  addStatistic(app, deps, {
    url: '/stats/trend',
    operationId: 'getTrend',
    summary: 'Trend tests, regression, change points and season of a measure',
    description:
      'Whole window, per era and per comparable stretch of eras; `reading` says in a sentence what the numbers support.',
    parameters: { measure: measureParameter },
    data: trendSchema,
    takesLong: true,
    compute: ({ version }, query, { measure }) => deps.aside.ask('trend', version, query, measure),
  });
}
