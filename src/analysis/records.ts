import { barrageId } from '../domain/barrage.js';
import { addDays, daysBetween } from '../domain/calendar.js';
import type { Measure } from '../domain/measure.js';
import { largestClaims } from '../storage/claim-store.js';
import { listSources } from '../storage/code-list-store.js';
import type { Database } from '../storage/database.js';
import { accountOf, comparabilityOf } from './account.js';
import type { Cell } from './cells.js';
import { loadCells } from './load-cells.js';
import { cellsBy, isReport, tallied } from './nights.js';
import { countedFilter } from './query-filter.js';
import { rateOf } from './rate.js';
import type { StatsQuery } from './stats-query.js';
import { tallyOf } from './tallies.js';

/** A run of nights, both ends inclusive. */
interface Run {
  nights: number;
  from: string;
  to: string;
}

function nightRecord(night: string, cells: readonly Cell[], query: StatsQuery, measure: Measure) {
  const tally = tallied(cells);
  return {
    night,
    barrage: `/barrages/${barrageId({ ...query, night })}`,
    claims: cells
      .filter(({ excluded }) => excluded !== 'launched_unknown')
      .reduce((sum, cell) => sum + cell.claims, 0),
    launched: tally.launched_all,
    intercepted: tally.intercepted,
    suppressed: tally.suppressed,
    era: tally.era,
    rate: rateOf(measure, tally, []),
  };
}
type NightRecord = ReturnType<typeof nightRecord>;

// Equal nights stand in order of their date, so that a record has one answer.
function ranked(nights: readonly { night: NightRecord; score: number }[], limit: number) {
  return nights
    .toSorted((a, b) => b.score - a.score || (a.night.night < b.night.night ? -1 : 1))
    .slice(0, limit)
    .map(({ night }) => night);
}

/** Runs of consecutive nights with a report, and the silences between them. */
function runsOf(nights: readonly string[]): { streaks: Run[]; silences: Run[] } {
  const streaks: Run[] = [];
  const silences: Run[] = [];
  for (const night of nights) {
    const last = streaks.at(-1);
    if (last !== undefined && addDays(last.to, 1) === night) {
      last.to = night;
      last.nights += 1;
      continue;
    }
    if (last !== undefined) {
      const [from, to] = [addDays(last.to, 1), addDays(night, -1)];
      silences.push({ nights: daysBetween(from, to) + 1, from, to });
    }
    streaks.push({ nights: 1, from: night, to: night });
  }
  return { streaks, silences };
}

const longestFirst = (runs: readonly Run[]): Run[] =>
  runs.toSorted((a, b) => b.nights - a.nights || (a.from < b.from ? -1 : 1));

async function claimRecords(db: Database, version: number, query: StatsQuery, limit: number) {
  const sources = await listSources(db, version);
  const claims = await largestClaims(db, version, countedFilter(query, sources), limit);
  return claims.map(({ id, barrage_id, content }) => ({
    claim: `/claims/${id}`,
    barrage: `/barrages/${barrage_id}`,
    night: barrage_id.slice(8),
    munition: content.munition,
    source: content.source,
    launched: content.launched,
    intercepted: content.intercepted,
  }));
}

function silencesOf(nights: readonly string[], limit: number) {
  const { streaks, silences } = runsOf(nights);
  const silent = silences.reduce((sum, { nights: length }) => sum + length, 0);
  return {
    calendar_nights: nights.length + silent,
    nights_with_reports: nights.length,
    silent_nights: silent,
    silences: silences.length,
    longest_silences: longestFirst(silences).slice(0, limit),
    longest_streak: longestFirst(streaks)[0] ?? null,
    last_streak: streaks.at(-1) ?? null,
  };
}

/**
 * The extremes of a filter: largest nights and claims, highest and lowest nightly rates, longest streak of nights with
 * reports and longest silence. A silence is a run of nights without a report, not of quiet ones.
 *
 * @param options `min_launched`: nights with fewer launches have no place among the rates
 */
export async function recordsOf(
  db: Database,
  version: number,
  query: StatsQuery,
  { measure, min_launched, limit }: { measure: Measure; min_launched: number; limit: number },
) {
  const cells = await loadCells(db, version, query);
  const tally = tallyOf(cells);
  const byNight = cellsBy(cells.sums.filter(isReport), ({ night }) => night);
  const nights = [...byNight].map(([night, own]) => nightRecord(night, own, query, measure));
  const rated = nights.flatMap((night) => {
    const { value, denominator } = night.rate;
    const large = denominator !== null && denominator >= min_launched;
    return value !== null && large ? [{ night, score: value }] : [];
  });
  const sized = nights.flatMap((night) =>
    night.launched === null ? [] : [{ night, score: night.launched }],
  );
  return {
    measure,
    min_launched,
    ...accountOf(tally),
    ...comparabilityOf(tally, measure),
    largest_nights: ranked(sized, limit),
    largest_claims: await claimRecords(db, version, query, limit),
    highest_rates: ranked(rated, limit),
    lowest_rates: ranked(
      rated.map(({ night, score }) => ({ night, score: -score })),
      limit,
    ),
    reports: silencesOf([...byNight.keys()].toSorted(), limit),
  };
}
