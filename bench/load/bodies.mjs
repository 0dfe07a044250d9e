// What is written: a claim with a number of its own, so that none repeats another.
import { dayAfter, FIRST_NIGHT, NIGHTS } from '../data/cells.mjs';

const FIRST_DAY = '1950-01-01';
const DAYS = 25_000;
const PARTIES = ['XXC', 'XXD', 'XXE', 'XXF', 'XXG', 'XXH', 'XXJ', 'XXK', 'XXM', 'XXN'];
const MOST = 1_000_000;
const BATCH = 1_000;

const two = (number) => String(number).padStart(2, '0');
/** Claims with the same counts are other statements by the minute at which their window ends. */
const endOf = (night, minute) => `${night}T${two(5 + Math.floor(minute / 60))}:${two(minute % 60)}`;

const said = (night, n) => ({
  source: 'xxb-air-defence',
  munition: 'synthetic-uav',
  window_start: `${dayAfter(night, -1)}T20:00`,
  window_end: endOf(night, Math.floor(n / MOST)),
  launched: n % MOST,
  intercepted: Math.floor((n % MOST) / 2),
  url: `https://reports.example/written/${n}`,
});

/** A claim for the service, in the barrage that PATHS.claim names for the same number. */
export const claimBody = (n) => ({
  ...said(dayAfter(FIRST_NIGHT, n % NIGHTS), n),
  timezone: 'Etc/UTC',
});

/** The same as a row of the peers' table. */
export function plainClaim(n) {
  const night = dayAfter(FIRST_NIGHT, n % NIGHTS);
  const derived = {
    night,
    side: 'defender',
    scope: 'national',
    basis: 'barrage',
    suppressed: null,
  };
  return { ...said(night, n), ...derived };
}

/** A batch of 1,000 new barrages of one claim each, by invented parties and of nights of their own. */
export function batchOf(number) {
  return Array.from({ length: BATCH }, (_, index) => {
    const n = number * BATCH + index;
    const pair = Math.floor(n / DAYS) % (PARTIES.length * (PARTIES.length - 1));
    const attacker = PARTIES[Math.floor(pair / (PARTIES.length - 1))];
    const defender = PARTIES.filter((party) => party !== attacker)[pair % (PARTIES.length - 1)];
    const night = dayAfter(FIRST_DAY, n % DAYS);
    return { attacker, defender, claims: [{ ...said(night, n), timezone: 'Etc/UTC' }] };
  });
}
