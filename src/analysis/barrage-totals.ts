import type { Measure } from '../domain/measure.js';
import type { Category } from '../domain/munition.js';
import type { Side } from '../domain/source.js';
import type { Database } from '../storage/database.js';
import { type Group, statsOf } from './stats.js';
import type { StatsQuery } from './stats-query.js';

/** What is known of one munition in one barrage, without intervals: `/stats` has them. */
export interface BarrageTotal {
  munition: string;
  category: Category;
  claims: number;
  launched: number | null;
  intercepted: number | null;
  suppressed: number | null;
  left_airspace: number | null;
  still_airborne: number | null;
  unaccounted: number | null;
  launched_all: number | null;
  intercepted_all: number | null;
  rates: Record<Measure, number | null>;
}

function totalOf({ key, rates, ...group }: Group): BarrageTotal {
  const { claims, launched, intercepted, suppressed } = group;
  const { left_airspace, still_airborne, unaccounted, launched_all, intercepted_all } = group;
  return {
    munition: key['munition'] ?? '',
    category: (key['category'] ?? 'uncategorised') as Category,
    claims,
    launched,
    intercepted,
    suppressed,
    left_airspace,
    still_airborne,
    unaccounted,
    launched_all,
    intercepted_all,
    rates: {
      interception: rates.interception.value,
      neutralisation: rates.neutralisation.value,
      non_penetration: rates.non_penetration.value,
    },
  };
}

/**
 * Totals per munition of the barrages of one pair of parties, by night: national headline claims of one side on the
 * basis of whole barrages; the defender's are those of every statistic by default.
 *
 * @param nights the nights of the barrages, in any order
 */
export async function barrageTotals(
  db: Database,
  version: number,
  pair: { attacker: string; defender: string },
  nights: readonly string[],
  side: Side = 'defender',
): Promise<ReadonlyMap<string, BarrageTotal[]>> {
  const sorted = nights.toSorted();
  const query: StatsQuery = {
    ...pair,
    side,
    scope: ['national'],
    basis: ['barrage'],
    from: sorted[0],
    to: sorted.at(-1),
  };
  const totals = new Map<string, BarrageTotal[]>(nights.map((night) => [night, []]));
  if (nights.length === 0) return totals;
  const { groups = [] } = await statsOf(db, version, query, ['night', 'munition', 'category']);
  for (const group of groups) {
    const { claims, excluded } = group;
    const selected = claims + excluded.launched_unknown + excluded.outcome_unknown;
    if (selected > 0) totals.get(group.key['night'] ?? '')?.push(totalOf(group));
  }
  return totals;
}
