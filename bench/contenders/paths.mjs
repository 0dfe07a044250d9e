// The addresses of the service that are asked. A number makes the question another one, so that nothing is kept for it.
import { barrageOf, dayAfter, FIRST_NIGHT, NIGHTS } from '../data/cells.mjs';

const LONG_AGO = '1950-01-01';
const DAYS_SINCE = 26_000;
const HALF = NIGHTS / 2;

/** A window inside the nights of the data, another one for every number up to a quarter of a million. */
export const windowOf = (n) => ({
  from: dayAfter(FIRST_NIGHT, n % HALF),
  to: dayAfter(FIRST_NIGHT, HALF + (Math.floor(n / HALF) % HALF)),
});
const filter = (n) => new URLSearchParams({ ...windowOf(n), munition: 'synthetic-uav' });

export const PATHS = {
  stats: () => '/stats',
  // About 50 KB.
  series: () => '/stats/series?bucket=week&to=2025-06-30',
  stats_filtered: (n) => `/stats?${filter(n)}`,
  stats_monthly: () => '/stats?group_by=month,munition',
  page: (n) => `/claims?limit=50&from=${dayAfter(LONG_AGO, n % DAYS_SINCE)}`,
  claim: (n) => `/barrages/${barrageOf(dayAfter(FIRST_NIGHT, n % NIGHTS))}/claims`,
  batch: () => '/barrages/batch',
};
