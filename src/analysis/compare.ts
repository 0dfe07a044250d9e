import type { Break } from '../domain/era.js';
import type { Measure } from '../domain/measure.js';
import { sameValue } from '../domain/same-value.js';
import { clusteredDifference } from '../statistics/clustered-difference.js';
import { newcombeDifference } from '../statistics/newcombe-difference.js';
import { oddsRatio } from '../statistics/odds-ratio.js';
import { pearsonDispersionWithin } from '../statistics/pearson-dispersion.js';
import { relativeRisk } from '../statistics/relative-risk.js';
import { twoProportionZ } from '../statistics/two-proportion-z.js';
import type { Database } from '../storage/database.js';
import { type Account, accountOf } from './account.js';
import type { Cell } from './cells.js';
import { loadCells } from './load-cells.js';
import { isUsed, nightPoints } from './nights.js';
import { CONFIDENCE_LEVEL, type Rate, rateOf } from './rate.js';
import type { StatsQuery } from './stats-query.js';
import { tallyOf } from './tallies.js';
import { Tally } from './tally.js';
import { monthGroups } from './trend-of.js';

/** Why two rates may not be compared. */
export const INCOMPARABLE = ['break_of_definition', 'different_sides', 'no_rate'] as const;

interface Half {
  cells: Cell[];
  tally: Tally;
  rate: Rate;
  account: Account;
}

async function halfOf(
  db: Database,
  version: number,
  query: StatsQuery,
  measure: Measure,
): Promise<Half> {
  const loaded = await loadCells(db, version, query);
  const tally = tallyOf(loaded);
  return {
    cells: loaded.sums.filter(isUsed),
    tally,
    rate: rateOf(measure, tally, tally.breaks()),
    account: accountOf(tally),
  };
}

const countsOf = ({ rate }: Half) => ({ k: rate.numerator ?? 0, n: rate.denominator ?? 0 });

/** Binomial tests of two rates: as they are, and with chance as large as the nights show it to be. */
function testsOf(a: Half, b: Half, measure: Measure, phiWithinMonths: number | null) {
  const [first, second] = [countsOf(a), countsOf(b)];
  const nights = [a, b].map(({ cells }) => nightPoints(cells, measure).points);
  const phi = pearsonDispersionWithin(nights)?.phi ?? null;
  const adjusted = (by: number | null) => (by === null ? null : twoProportionZ(first, second, by));
  const clusters = ({ tally }: Half) => tally.clusters(measure);
  return {
    newcombe: newcombeDifference(first, second, CONFIDENCE_LEVEL),
    night_clustered: clusteredDifference(clusters(a), clusters(b), CONFIDENCE_LEVEL),
    relative_risk: relativeRisk(first, second),
    odds_ratio: oddsRatio(first, second),
    z_test: twoProportionZ(first, second),
    dispersion_two_windows: phi,
    z_test_adjusted: adjusted(phi),
    dispersion_within_months: phiWithinMonths,
    z_test_adjusted_within_months: adjusted(phiWithinMonths),
  };
}

function incomparable(
  a: StatsQuery,
  b: StatsQuery,
  measure: Measure,
  breaks: readonly Break[],
): (typeof INCOMPARABLE)[number] | null {
  if (a.side !== b.side) return 'different_sides';
  return breaks.some(({ affects }) => affects.includes(measure)) ? 'break_of_definition' : null;
}

/** Dispersion within the calendar months of everything that either filter lets through, whatever its window. */
async function dispersionWithinMonths(
  db: Database,
  version: number,
  queries: { a: StatsQuery; b: StatsQuery },
  measure: Measure,
): Promise<number | null> {
  const whole = (query: StatsQuery): StatsQuery => ({ ...query, from: undefined, to: undefined });
  const [a, b] = [whole(queries.a), whole(queries.b)];
  // Two windows of one filter are one population; two filters are two, each about its own months.
  const filters = sameValue(a, b) ? [a] : [a, b];
  const loaded = await Promise.all(filters.map((query) => loadCells(db, version, query)));
  const months = loaded.flatMap(({ sums }) => monthGroups(sums, measure));
  return pearsonDispersionWithin(months)?.phi ?? null;
}

/**
 * Two rates side by side, b minus a: two windows, two munitions, two sources, two sides. The difference is given even
 * where it means nothing, with `comparable: false` and the reason; the sides are never added together.
 */
export async function compare(
  db: Database,
  version: number,
  queries: { a: StatsQuery; b: StatsQuery },
  measure: Measure,
) {
  const [a, b] = await Promise.all([
    halfOf(db, version, queries.a, measure),
    halfOf(db, version, queries.b, measure),
  ]);
  // The windows may overlap: of the sum of both only the spans of the claimants are used.
  const breaks = Tally.of([a.tally, b.tally]).breaks();
  const given = a.rate.value !== null && b.rate.value !== null;
  const reason = given ? incomparable(queries.a, queries.b, measure, breaks) : 'no_rate';
  const phi = given ? await dispersionWithinMonths(db, version, queries, measure) : null;
  return {
    measure,
    a: { ...a.rate, ...a.account },
    b: { ...b.rate, ...b.account },
    difference: given ? (b.rate.value ?? 0) - (a.rate.value ?? 0) : null,
    tests: given ? testsOf(a, b, measure, phi) : null,
    comparable: reason === null,
    incomparable_because: reason,
    breaks,
  };
}
