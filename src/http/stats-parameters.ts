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

// A headline figure: what the attacked party says of the whole country about whole barrages.
const DEFAULTS = { side: 'defender', scope: ['national'], basis: ['barrage'] } as const;

/** What every statistic can be asked over. */
export const statsParameters = {
  ...windowParameters,
  ...pairParameters,
  ...claimParameters,
  side: sideParameter
    .default(DEFAULTS.side)
    .describe('Whose claims; sides are never added together.'),
  scope: scopeParameter
    .default([...DEFAULTS.scope])
    .describe('Coverage of the claims; a comma means or.'),
  basis: basisParameter
    .default([...DEFAULTS.basis])
    .describe('`tally` adds reports of kills only; they have no rate of their own.'),
  as_of: asOfParameter,
};

type StatsParameters = Parameters<typeof resolveAsked>[1] & {
  as_of: string;
  side?: Side | undefined;
  scope?: Scope[] | undefined;
  basis?: Basis[] | undefined;
};

/** The query of a statistic with the configured pair filled in and every code resolved, and how it is echoed. */
export async function resolveStatsQuery(
  deps: Dependencies,
  parameters: StatsParameters,
  version: number,
): Promise<{ query: StatsQuery; echo: Record<string, unknown> }> {
  const asked = await resolveAsked(deps, parameters, version);
  const { side, scope, basis, as_of } = parameters;
  const { attacker, defender, from, to, source, region, launch_place } = asked;
  const { munition_slugs: munition } = asked;
  const filter = { attacker, defender, from, to, munition, source, region, launch_place };
  return {
    query: {
      ...filter,
      side: side ?? DEFAULTS.side,
      scope: scope ?? DEFAULTS.scope,
      basis: basis ?? DEFAULTS.basis,
    },
    echo: Object.assign(echoOf(asked), { side, scope, basis, as_of }),
  };
}
