import type { StatsQuery } from '../analysis/stats-query.js';
import type { Basis, Scope } from '../domain/claim.js';
import type { Side } from '../domain/source.js';
import { echoOf, resolveAsked } from './asked.js';
import type { Dependencies } from './dependencies.js';
import {
  asOfParameter,
  basisParameter,
  claimParameters,
  pairParameters,
  scopeParameter,
  sideParameter,
  windowParameters,
} from './query-schemas.js';

/** What every statistic can be asked over. */
export const statsParameters = {
  ...windowParameters,
  ...pairParameters,
  ...claimParameters,
  side: sideParameter.default('defender').describe('Whose claims; sides are never added together.'),
  scope: scopeParameter.default(['national']).describe('Coverage of the claims; a comma means or.'),
  basis: basisParameter
    .default(['barrage'])
    .describe('`tally` adds reports of kills only; they have no rate of their own.'),
  as_of: asOfParameter,
};

type StatsParameters = Parameters<typeof resolveAsked>[1] & {
  side: Side;
  scope: Scope[];
  basis: Basis[];
};

/** The query of a statistic with the configured pair filled in and every code resolved, and how it is echoed. */
export async function resolveStatsQuery(
  deps: Dependencies,
  parameters: StatsParameters,
): Promise<{ query: StatsQuery; echo: Record<string, unknown> }> {
  const asked = await resolveAsked(deps, parameters);
  const { side, scope, basis, as_of } = parameters;
  const { attacker, defender, from, to, source, region, launch_place } = asked;
  const { munition_slugs: munition } = asked;
  const chosen = { side, scope, basis };
  return {
    query: { attacker, defender, from, to, munition, source, region, launch_place, ...chosen },
    echo: { ...echoOf(asked), ...chosen, as_of },
  };
}
