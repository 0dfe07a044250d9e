import { z } from 'zod';
import { compare } from '../../analysis/compare.js';
import { versionFor } from '../as-of.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { QUESTION } from '../public-answers.js';
import {
  asOfParameter,
  basisParameter,
  claimParameters,
  measureParameter,
  ORDERED_WINDOW,
  orderedWindow,
  pairParameters,
  scopeParameter,
  sideParameter,
  windowParameters,
} from '../query-schemas.js';
import { problemResponses, statsOf } from '../schemas/envelope.js';
import { compareSchema } from '../schemas/nights.js';
import { statisticBody } from '../send-statistic.js';
import { resolveStatsQuery, statsParameters } from '../stats-parameters.js';

const COMPARED = {
  ...windowParameters,
  ...claimParameters,
  side: sideParameter.optional(),
  scope: scopeParameter.optional(),
  basis: basisParameter.optional(),
};
type Compared = z.output<z.ZodObject<typeof COMPARED>>;

/** The compared parameters once more for one half, under `a_` or `b_`: they win over the common ones. */
function halfParameters(prefix: 'a' | 'b') {
  const entries = Object.entries(COMPARED).map(([name, schema]) => [
    `${prefix}_${name}`,
    schema.describe(`\`${name}\` of ${prefix} alone.`),
  ]);
  return Object.fromEntries(entries) as Record<string, z.ZodType>;
}

const querystring = z
  .strictObject({
    ...pairParameters,
    ...COMPARED,
    ...halfParameters('a'),
    ...halfParameters('b'),
    measure: measureParameter,
    as_of: asOfParameter,
  })
  .refine((query) => orderedWindow(halfOf(query, 'a')), {
    ...ORDERED_WINDOW,
    path: ['a_to'],
  })
  .refine((query) => orderedWindow(halfOf(query, 'b')), {
    ...ORDERED_WINDOW,
    path: ['b_to'],
  });

/** What one half is asked over: the common parameters, overruled by its own. */
function halfOf(parsed: Record<string, unknown>, prefix: 'a' | 'b') {
  const names = Object.keys(COMPARED) as (keyof Compared)[];
  const chosen = names.map((name) => [name, parsed[`${prefix}_${name}`] ?? parsed[name]]);
  const given = Object.fromEntries(chosen.filter(([, value]) => value !== undefined)) as Compared;
  const { side, scope, basis } = statsParameters;
  return {
    ...given,
    attacker: parsed['attacker'] as string | undefined,
    defender: parsed['defender'] as string | undefined,
    as_of: parsed['as_of'] as string,
    side: given.side ?? side.parse(undefined),
    scope: given.scope ?? scope.parse(undefined),
    basis: given.basis ?? basis.parse(undefined),
  };
}

const prefixed = (prefix: 'a' | 'b', echo: Record<string, unknown>) =>
  Object.fromEntries(
    Object.keys(COMPARED).map((name) => [`${prefix}_${name}`, echo[name]] as const),
  );

/** `/stats/compare`: two windows, or two filters of anything, side by side. */
export async function compareRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  app.route({
    method: 'GET',
    url: '/stats/compare',
    config: { answer: QUESTION },
    schema: {
      operationId: 'compareRates',
      summary: 'Two rates side by side, with the difference, b minus a',
      description:
        'Parameters without a prefix hold for both halves; `a_…` and `b_…` for one. Sides are compared, never added.',
      tags: ['statistics'],
      security: [],
      querystring,
      response: { 200: statsOf(compareSchema), ...problemResponses('invalid-parameter') },
    },
    handler: async (request, reply) => {
      const parsed = request.query as Record<string, unknown> & z.output<typeof querystring>;
      const version = await versionFor(deps, parsed.as_of);
      const [a, b] = await Promise.all([
        resolveStatsQuery(deps, halfOf(parsed, 'a'), version.version),
        resolveStatsQuery(deps, halfOf(parsed, 'b'), version.version),
      ]);
      const { measure, as_of } = parsed;
      const data = await compare(deps.db, version.version, { a: a.query, b: b.query }, measure);
      const { attacker, defender } = a.query;
      const halves = { ...prefixed('a', a.echo), ...prefixed('b', b.echo) };
      const echo = { attacker, defender, ...halves, measure, as_of };
      return statisticBody(reply, deps, {
        url: '/stats/compare',
        version,
        asked: echo,
        figures: data,
      });
    },
  });
}
