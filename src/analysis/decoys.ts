import { frechetBounds } from '../statistics/frechet-bounds.js';
import { strikeClaims } from '../storage/claim-store.js';
import { listSources } from '../storage/code-list-store.js';
import type { Database } from '../storage/database.js';
import { accountOf, comparabilityOf } from './account.js';
import { loadCells } from './load-cells.js';
import { countedFilter } from './query-filter.js';
import type { StatsQuery } from './stats-query.js';
import { tallyOf } from './tallies.js';

export const FORMULA =
  'With S = strike_uav_min, L = launched, D = intercepted of each claim: lower = Σ max(0, D - (L - S)) / Σ S, upper = Σ min(D, S) / Σ S (Fréchet bounds).';

/**
 * Bounds on the interception rate of true strike UAVs, from claims that say how many of the launched were: the reports
 * do not say which of the intercepted were decoys, so there is no rate, only what it cannot be below or above.
 *
 * Claims in which S or D exceeds L bound nothing; they are counted, not used.
 */
export async function decoysOf(db: Database, version: number, query: StatsQuery) {
  const sources = await listSources(db, version);
  const claims = await strikeClaims(db, version, countedFilter(query, sources));
  const tally = tallyOf(await loadCells(db, version, query));
  const possible = claims.filter(
    ({ launched, intercepted, strike_uav_min }) =>
      strike_uav_min <= launched && intercepted <= launched,
  );
  const total = (key: keyof (typeof possible)[number]): number | null =>
    possible.length === 0 ? null : possible.reduce((sum, claim) => sum + claim[key], 0);
  const bounds = frechetBounds(possible);
  return {
    formula: FORMULA,
    ...accountOf(tally),
    ...comparabilityOf(tally, 'interception'),
    claims: possible.length,
    impossible_claims: claims.length - possible.length,
    launched: total('launched'),
    intercepted: total('intercepted'),
    strike_uav_min: total('strike_uav_min'),
    strike_share: bounds?.share ?? null,
    lower: bounds?.lower ?? null,
    upper: bounds?.upper ?? null,
  };
}
