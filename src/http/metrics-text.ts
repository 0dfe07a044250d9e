import { AggregatorRegistry, collectDefaultMetrics, Registry } from 'prom-client';

/** Something that was counted, as prom-client takes and gives it. */
export interface Figure {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  values: { metricName?: string; labels: Record<string, string | number>; value: number }[];
}

// Of the process there is one, however many applications run in it; what watches it never stops.
const ofProcess = new Registry();
collectDefaultMetrics({ register: ofProcess });

/** What an application counted and what Node.js tells of the process, as Prometheus reads it. */
export async function metricsText(
  figures: readonly Figure[],
): Promise<{ contentType: string; text: string }> {
  const own = AggregatorRegistry.aggregate([
    figures.map((figure) => ({ ...figure, aggregator: 'first' })),
  ]);
  const texts = [await own.metrics(), await ofProcess.metrics()];
  return { contentType: own.contentType, text: texts.join('') };
}
