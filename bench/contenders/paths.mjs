// The addresses of the service that are asked. A number makes the question another one, so that nothing is kept for it.
import { barrageOf, dayAfter, FIRST_NIGHT, NIGHTS } from '../data/cells.mjs';

const LONG_AGO = '1950-01-01';
const DAYS_SINCE = 26_000;
const FAR_AHEAD = '2030-01-01';
const DAYS_TO_COME = 4_000;
const HALF = NIGHTS / 2;

/** A window inside the nights of the data, another one for every number up to a quarter of a million. */
export const windowOf = (n) => ({
  from: dayAfter(FIRST_NIGHT, n % HALF),
  to: dayAfter(FIRST_NIGHT, HALF + (Math.floor(n / HALF) % HALF)),
});
const filter = (n) => new URLSearchParams({ ...windowOf(n), munition: 'synthetic-uav' });

/** A window that holds every night, another one for each of a hundred million numbers. */
const wholeWindow = (n) =>
  new URLSearchParams({
    from: dayAfter(LONG_AGO, n % DAYS_SINCE),
    to: dayAfter(FAR_AHEAD, Math.floor(n / DAYS_SINCE) % DAYS_TO_COME),
  });

export const PATHS = {
  stats: () => '/stats',
  // About 50 KB.
  series: () => '/stats/series?bucket=week&to=2025-06-30',
  stats_filtered: (n) => `/stats?${filter(n)}`,
  stats_monthly: () => '/stats/series?bucket=month&group_by=munition',
  page: (n) => `/claims?limit=50&${wholeWindow(n)}`,
  // Counted from the last night.
  page_until: (n) => `/claims?limit=50&to=${dayAfter(FIRST_NIGHT, NIGHTS - 1 - (n % NIGHTS))}`,
  claim: (n) => `/barrages/${barrageOf(dayAfter(FIRST_NIGHT, n % NIGHTS))}/claims`,
  batch: () => '/barrages/batch',
};
