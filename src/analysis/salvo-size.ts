import type { Measure } from '../domain/measure.js';
import { mean } from '../statistics/mean.js';
import { median } from '../statistics/median.js';
import { nightClusteredInterval } from '../statistics/night-clustered-interval.js';
import { sampleStandardDeviation } from '../statistics/sample-standard-deviation.js';
import { spearman } from '../statistics/spearman.js';
import { wilsonInterval } from '../statistics/wilson-interval.js';
import type { Database } from '../storage/database.js';
import { accountOf, comparabilityOf } from './account.js';
import type { Cell } from './cells.js';
import { loadCells } from './load-cells.js';
import { isUsed, type LabelledPoint, nightPoints } from './nights.js';
import { CONFIDENCE_LEVEL } from './rate.js';
import type { StatsQuery } from './stats-query.js';
import { tallyOf } from './tallies.js';

/** Upper ends of the default bins; the last bin has none. */
export const DEFAULT_BINS = [10, 25, 50, 100, 200, 400] as const;

export const NOTE =
  'A description of the nights as reported: larger nights differ in much besides their size (what was sent, where to, how it was counted), so no size is a threshold and no bin a forecast.';

interface Bin {
  from: number;
  to: number | null;
}

function binsOf(upperEnds: readonly number[]): Bin[] {
  const ends = [...upperEnds, null];
  return ends.map((to, index) => ({ from: (upperEnds[index - 1] ?? 0) + 1, to }));
}

const rateOfNight = ({ k, n }: LabelledPoint): number => k / n;

function binOf({ from, to }: Bin, nights: readonly LabelledPoint[]) {
  const inside = nights.filter(({ n }) => n >= from && (to === null || n <= to));
  const [k, n] = inside.reduce(([sumK, sumN], night) => [sumK + night.k, sumN + night.n], [0, 0]);
  const clustered = nightClusteredInterval(inside, CONFIDENCE_LEVEL);
  return {
    label: to === null ? `${from}+` : `${from}-${to}`,
    from,
    to,
    nights: inside.length,
    launched: n,
    numerator: k,
    value: n === 0 ? null : k / n,
    wilson: wilsonInterval(k, n, CONFIDENCE_LEVEL),
    night_clustered: clustered === null ? null : [...clustered.interval],
    mean_of_nightly: mean(inside.map(rateOfNight)),
  };
}

function described(cells: readonly Cell[], measure: Measure, bins: readonly Bin[]) {
  const { points, dropped } = nightPoints(cells, measure);
  const rates = points.map(rateOfNight);
  return {
    nights: points.length,
    nights_dropped: dropped,
    bins: bins.map((bin) => binOf(bin, points)),
    spearman: spearman(points.map((point) => ({ x: point.n, y: rateOfNight(point) }))),
    nightly: {
      mean: mean(rates),
      median: median(rates),
      standard_deviation: sampleStandardDeviation(rates),
      nights_at_1: rates.filter((rate) => rate === 1).length,
    },
  };
}

/**
 * The rate by how much was launched in the night: pooled per bin, over all and per era, and the rank correlation of
 * size and rate. A description, never called a threshold.
 *
 * @param upperEnds upper ends of the bins, rising, both ends of a bin inclusive
 */
export async function salvoSize(
  db: Database,
  version: number,
  query: StatsQuery,
  measure: Measure,
  upperEnds: readonly number[],
) {
  const cells = await loadCells(db, version, query);
  const tally = tallyOf(cells);
  const used = cells.sums.filter(isUsed);
  const bins = binsOf(upperEnds);
  const eras = [...new Set(used.flatMap(({ era }) => era ?? []))].toSorted();
  return {
    measure,
    note: NOTE,
    ...accountOf(tally),
    ...comparabilityOf(tally, measure),
    overall: described(used, measure, bins),
    per_era: eras.map((era) => ({
      era,
      ...described(
        used.filter((cell) => cell.era === era),
        measure,
        bins,
      ),
    })),
  };
}
