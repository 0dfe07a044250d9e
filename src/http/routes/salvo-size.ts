import { z } from 'zod';
import { DEFAULT_BINS, salvoSize } from '../../analysis/salvo-size.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { commaList, measureParameter } from '../query-schemas.js';
import { salvoSizeSchema } from '../schemas/nights.js';
import { addStatistic } from '../statistic-route.js';

const END = '[1-9]\\d{0,5}';
const BINS_MAX = 20;
const end = z
  .string()
  .regex(new RegExp(`^${END}$`), 'a whole number from 1')
  .transform(Number);
const bins = commaList(end, BINS_MAX, END)
  .refine((ends) => ends.every((value, index) => value > (ends[index - 1] ?? 0)), 'rising numbers')
  .default([...DEFAULT_BINS])
  .describe('Upper ends of the bins, rising; the last bin has none.')
  .meta({ examples: ['10,25,50,100,200,400'] });

/** `/stats/salvo-size`: the rate by how much was launched in the night. */
export async function salvoSizeRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  addStatistic(app, deps, {
    url: '/stats/salvo-size',
    operationId: 'getSalvoSize',
    summary: 'Rate by size of the night, described and never called a threshold',
    description: 'Pooled per bin with intervals, over all and per era, and the rank correlation.',
    parameters: { bins, measure: measureParameter },
    data: salvoSizeSchema,
    compute: ({ version }, query, own) => salvoSize(deps.db, version, query, own.measure, own.bins),
  });
}
