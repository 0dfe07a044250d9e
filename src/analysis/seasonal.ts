import type { Measure } from '../domain/measure.js';
import type { Cell } from './cells.js';
import { isUsed, tallied } from './nights.js';
import { type Rate, rateOf } from './rate.js';

/** One month of the year, all years together. */
export interface SeasonalMonth {
  month_of_year: string;
  nights: number;
  launched: number | null;
  launched_per_night: number | null;
  rate: Rate;
}

/** The twelve months of the year with their pooled rates; a month without a report is absent. */
export function seasonalTable(cells: readonly Cell[], measure: Measure): SeasonalMonth[] {
  const months = [...new Set(cells.filter(isUsed).map(({ night }) => night.slice(5, 7)))];
  return months.toSorted().map((month_of_year) => {
    const tally = tallied(cells.filter(({ night }) => night.slice(5, 7) === month_of_year));
    const nights = tally.night_count;
    const { launched } = tally;
    return {
      month_of_year,
      nights,
      launched,
      launched_per_night: launched === null ? null : launched / nights,
      rate: rateOf(measure, tally, tally.breaks()),
    };
  });
}
