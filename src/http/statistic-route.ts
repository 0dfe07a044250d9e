import { z } from 'zod';
import type { StatsQuery } from '../analysis/stats-query.js';
import type { DatasetVersion } from '../storage/versions.js';
import { versionFor } from './as-of.js';
import type { Dependencies, ZodApp } from './dependencies.js';
import type { Format } from './negotiation.js';
import { ORDERED_WINDOW, orderedWindow } from './query-schemas.js';
import { problemResponses, statsOf } from './schemas/envelope.js';
import { statisticBody, type Table } from './send-statistic.js';
import { resolveStatsQuery, statsParameters } from './stats-parameters.js';

/** A statistic over the common filter: its address, its own parameters, and how it is computed. */
export interface Statistic<P extends z.ZodRawShape> {
  url: string;
  operationId: string;
  summary: string;
  description: string;
  parameters: P;
  data: z.ZodType;
  /** Whether it is computed aside, where too much may be waiting. */
  takesLong?: true;
  /** Its rows, if it is a table: it is then given as CSV and NDJSON too. */
  table?: (figures: never, own: Own<P>) => Table;
  /** For parameters that depend on each other: fills in what follows, and says from which version a walk goes on. */
  settle?: (own: Own<P>, asOf: string) => Promise<{ own: Own<P>; version: DatasetVersion }>;
  /** @param asked everything that shaped the answer, as it is echoed */
  compute: (
    version: DatasetVersion,
    query: StatsQuery,
    own: Own<P>,
    asked: Readonly<Record<string, unknown>>,
  ) => Promise<object>;
}

type Own<P extends z.ZodRawShape> = z.output<z.ZodObject<P>>;

/** The documented body, in each of its formats. */
function contentOf(json: z.ZodType, formats: readonly Format[]) {
  if (formats.length === 1) return json;
  return {
    description: 'The statistic; as CSV and NDJSON its rows alone, to be cited by Link.',
    content: {
      'application/json': { schema: json },
      'text/csv': { schema: z.string().describe('RFC 4180, with a header.') },
      'application/x-ndjson': { schema: z.string().describe('One row per line.') },
    },
  };
}

/** Adds the route of a statistic: strict query, dataset version, figures, citation. */
export function addStatistic<P extends z.ZodRawShape>(
  app: ZodApp,
  deps: Dependencies,
  {
    url,
    operationId,
    summary,
    description,
    parameters,
    data,
    table,
    compute,
    ...more
  }: Statistic<P>,
): void {
  const settle =
    more.settle ??
    (async (own: Own<P>, asOf: string) => ({ own, version: await versionFor(deps, asOf) }));
  const formats: Format[] = table === undefined ? ['json'] : ['json', 'csv', 'ndjson'];
  const querystring = z.strictObject({
    ...statsParameters,
    ...parameters,
    ...(table && { format: z.enum(formats).optional().describe('Wins over Accept.') }),
  });
  const ownNames = Object.keys(parameters);
  app.route({
    method: 'GET',
    url,
    config: { answer: { validator: 'question', formats } },
    schema: {
      operationId,
      summary,
      description,
      tags: ['statistics'],
      security: [],
      querystring: querystring.refine((query: object) => orderedWindow(query), ORDERED_WINDOW),
      response: {
        200: contentOf(statsOf(data), formats),
        ...problemResponses(
          'invalid-parameter',
          ...(more.takesLong ? (['unavailable'] as const) : []),
        ),
      },
    },
    handler: async (request, reply) => {
      const parsed = request.query as z.output<z.ZodObject<typeof statsParameters>>;
      const entries = Object.entries(parsed);
      const given = Object.fromEntries(entries.filter(([name]) => ownNames.includes(name)));
      const { own, version } = await settle(given as Own<P>, parsed.as_of);
      const { query, echo } = await resolveStatsQuery(deps, parsed, version.version);
      const asked = Object.assign(echo, own);
      const figures = await compute(version, query, own, asked);
      const rows = table && (() => table(figures as never, own));
      return statisticBody(reply, deps, { url, version, asked, figures, table: rows });
    },
  });
}
