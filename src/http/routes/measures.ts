import { z } from 'zod';
import { MEASURE_DEFINITIONS, MEASURES } from '../../domain/measure.js';
import { versionFor } from '../as-of.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { metaOf } from '../meta.js';
import { QUESTION } from '../public-answers.js';
import { asOfParameter } from '../query-schemas.js';
import { listOf, problemResponses } from '../schemas/envelope.js';
import { measureSchema } from '../schemas/statistics.js';

/** `/stats/measures`: the definitions as data. */
export async function measuresRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  const { db, stores } = deps;
  app.route({
    method: 'GET',
    url: '/stats/measures',
    config: { answer: QUESTION },
    schema: {
      operationId: 'listMeasures',
      summary: 'What each measure means, and where it cannot be compared',
      description:
        'Numerator and denominator in words and fields, and the eras that break the measure.',
      tags: ['statistics'],
      security: [],
      querystring: z.strictObject({ as_of: asOfParameter }),
      response: { 200: listOf(measureSchema), ...problemResponses('invalid-parameter') },
    },
    handler: async ({ query }) => {
      const version = await versionFor(deps, query.as_of);
      const eras = await stores.codeLists.listReportingEras(db, version.version);
      const data = MEASURES.map((measure) => ({
        ...MEASURE_DEFINITIONS[measure],
        broken_by: eras.filter(({ breaks }) => breaks.includes(measure)).map(({ id }) => id),
      }));
      return { data, meta: metaOf(version, query) } as never;
    },
  });
}
