import { decoysOf } from '../../analysis/decoys.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { decoysSchema } from '../schemas/nights.js';
import { addStatistic } from '../statistic-route.js';

/** `/stats/decoys`: bounds on the rate over true strike UAVs. */
export async function decoysRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  addStatistic(app, deps, {
    url: '/stats/decoys',
    operationId: 'getDecoys',
    summary: 'Bounds on the interception of true strike UAVs among decoys',
    description:
      'From claims that say how many of the launched were strike UAVs. Bounds, not a rate and not an interval.',
    parameters: {},
    data: decoysSchema,
    compute: ({ version }, query) => decoysOf(deps.db, version, query),
  });
}
