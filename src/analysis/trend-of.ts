import { daysBetween } from '../domain/calendar.js';
import type { Measure } from '../domain/measure.js';
import { betaBinomialFit } from '../statistics/beta-binomial-fit.js';
import { hamedRao } from '../statistics/hamed-rao.js';
import { mannKendall } from '../statistics/mann-kendall.js';
import { pearsonDispersion } from '../statistics/pearson-dispersion.js';
import { quasiBinomialLogistic } from '../statistics/quasi-binomial-logistic.js';
import { theilSen } from '../statistics/theil-sen.js';
import { wilsonEffective } from '../statistics/wilson-effective.js';
import type { Cell } from './cells.js';
import {
  type Bounds,
  byMonth,
  cellsBy,
  isUsed,
  isWholeMonth,
  nightPoints,
  tallied,
} from './nights.js';
import { CONFIDENCE_LEVEL, rateOf } from './rate.js';

/** Where time starts in the logistic regression: x = days since this date / 30. The slope does not depend on it. */
export const LOGISTIC_ORIGIN = '2022-10-01';
const DAYS_PER_UNIT = 30;
// Fewer months make every ranking possible by chance.
const MIN_MONTHS = 4;

export interface MonthValue {
  month: string;
  launched: number;
  numerator: number;
  value: number;
}

const monthIndex = (month: string): number =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));

/** Complete months with launches inside bounds, with the pooled rate of the measure in each. */
export function monthValues(
  cells: readonly Cell[],
  measure: Measure,
  bounds: readonly Bounds[],
): MonthValue[] {
  const grouped = cellsBy(cells.filter(isUsed), ({ night }) => night.slice(0, 7));
  return [...grouped]
    .filter(([month]) => bounds.every((bound) => isWholeMonth(month, bound)))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([month, own]) => {
      const { value, numerator, denominator } = rateOf(measure, tallied(own), []);
      if (value === null || numerator === null || denominator === null) return [];
      return [{ month, launched: denominator, numerator, value }];
    });
}

/** Monotonic trend of a monthly series: rank tests and the median slope per month. */
export function monthlyTrend(series: readonly { month: string; value: number }[]) {
  const [first] = series;
  const last = series.at(-1);
  if (first === undefined || last === undefined || series.length < MIN_MONTHS) return null;
  const values = series.map(({ value }) => value);
  const timed = series.map(({ month, value }) => ({
    t: monthIndex(month) - monthIndex(first.month),
    y: value,
  }));
  return {
    first_month: first.month,
    last_month: last.month,
    months: series.length,
    mann_kendall: mannKendall(values),
    hamed_rao: hamedRao(values),
    theil_sen: theilSen(timed, CONFIDENCE_LEVEL),
  };
}
export type MonthlyTrend = NonNullable<ReturnType<typeof monthlyTrend>>;

/** Logistic regression of the nightly rate on time, its error scaled by the dispersion. */
export function logisticTrend(cells: readonly Cell[], measure: Measure) {
  const { points, dropped } = nightPoints(cells, measure);
  const timed = points.map(({ label, k, n }) => ({
    x: daysBetween(LOGISTIC_ORIGIN, label) / DAYS_PER_UNIT,
    k,
    n,
  }));
  const fit = quasiBinomialLogistic(timed, CONFIDENCE_LEVEL);
  return { origin: LOGISTIC_ORIGIN, nights_dropped: dropped, fit };
}

/** How much more the nights vary than chance would make them, and what that does to the interval. */
export function dispersionOf(cells: readonly Cell[], measure: Measure) {
  const { points } = nightPoints(cells, measure);
  const pearson = pearsonDispersion(points);
  const [k, n] = points.reduce(([sumK, sumN], night) => [sumK + night.k, sumN + night.n], [0, 0]);
  return {
    nights: points.length,
    pearson,
    beta_binomial: betaBinomialFit(points),
    wilson_effective:
      pearson === null ? null : wilsonEffective(k, n, pearson.phi, CONFIDENCE_LEVEL),
  };
}

/** Nights by calendar month, for the dispersion within months. */
export const monthGroups = (cells: readonly Cell[], measure: Measure) => [
  ...byMonth(nightPoints(cells, measure).points).values(),
];
