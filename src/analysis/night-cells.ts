import { LRUCache } from 'lru-cache';
import type { CodeListsAt } from '../storage/code-list-store.js';
import type { KeptNight, KeptSum } from '../storage/kept-sums.js';
import type { Contest, SumKey } from '../storage/sum-store.js';
import {
  type Cell,
  type Cells,
  type ContestCell,
  type Dimensions,
  dimensionsFor,
  type FlagCell,
} from './cells.js';
import type { StatsQuery } from './stats-query.js';

/** What a night adds to a query's cells. */
interface NightCells {
  sums: readonly Cell[];
  flags: readonly FlagCell[];
  contests: readonly ContestCell[];
}

type Describe = ReturnType<typeof dimensionsFor>;
type Described = WeakMap<KeptNight, NightCells>;

// As many combinations of pair, side, scope and basis as are asked for in turn.
const VIEWS_MAX = 16;
// What is said of a night depends on the code lists; new lists leave the old descriptions to the collector.
const described = new WeakMap<CodeListsAt, LRUCache<string, Described>>();

function describedFor(query: StatsQuery, lists: CodeListsAt): Described {
  const views = described.get(lists) ?? new LRUCache<string, Described>({ max: VIEWS_MAX });
  described.set(lists, views);
  const { attacker, defender, side, scope, basis } = query;
  const name = JSON.stringify([attacker, defender, side, scope, basis]);
  const view = views.get(name) ?? new WeakMap();
  views.set(name, view);
  return view;
}

// Field by field: V8 gives each object that is spread from one of so many fields a hidden class of its own, and adding up
// thousands of them takes ten times as long.
const cellOf = (sum: KeptSum, dimensions: Dimensions): Cell => ({
  night: sum.night,
  source: sum.source,
  munition: sum.munition,
  scope: sum.scope,
  basis: sum.basis,
  alternative: sum.alternative,
  repetition: sum.repetition,
  assertion: sum.assertion,
  launched_known: sum.launched_known,
  intercepted_known: sum.intercepted_known,
  launch_places: sum.launch_places,
  claims: sum.claims,
  independent_claims: sum.independent_claims,
  launched: sum.launched,
  intercepted: sum.intercepted,
  suppressed: sum.suppressed,
  left_airspace: sum.left_airspace,
  still_airborne: sum.still_airborne,
  hit_locations: sum.hit_locations,
  debris_locations: sum.debris_locations,
  given: sum.given,
  category: dimensions.category,
  side: dimensions.side,
  era: dimensions.era,
  reporting_era: dimensions.reporting_era,
  eras: dimensions.eras,
  excluded: dimensions.excluded,
});

const contestOf = (contest: Contest, dimensions: Dimensions): ContestCell => ({
  night: contest.night,
  source: contest.source,
  munition: contest.munition,
  scope: contest.scope,
  basis: contest.basis,
  alternative: contest.alternative,
  repetition: contest.repetition,
  assertion: contest.assertion,
  launched_known: contest.launched_known,
  intercepted_known: contest.intercepted_known,
  launch_places: contest.launch_places,
  id: contest.id,
  headline: contest.headline,
  alternative_outcome: contest.alternative_outcome,
  category: dimensions.category,
  side: dimensions.side,
  era: dimensions.era,
  reporting_era: dimensions.reporting_era,
  eras: dimensions.eras,
  excluded: dimensions.excluded,
});

function nightCells({ sums, contests }: KeptNight, describe: Describe): NightCells {
  const described = sums.map((sum) => ({ sum, dimensions: describe(sum) }));
  return {
    sums: described.map(({ sum, dimensions }) => cellOf(sum, dimensions)),
    flags: described.flatMap(({ sum, dimensions }) =>
      sum.flags.map((flag) => ({ ...sum, ...dimensions, flag })),
    ),
    contests: contests.map((contest) => contestOf(contest, describe(contest))),
  };
}

/** The place of the first night that is not before a date. */
function placeOf(date: string, nights: readonly KeptNight[]): number {
  let [low, high] = [0, nights.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nights[middle]?.night ?? '') < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a cell is asked for by munition and source. */
function selector({ munition, source }: StatsQuery): ((key: SumKey) => boolean) | null {
  if (munition === undefined && source === undefined) return null;
  const munitions = munition && new Set(munition);
  const sources = source && new Set(source);
  return (key) => (munitions?.has(key.munition) ?? true) && (sources?.has(key.source) ?? true);
}

/**
 * The cells of a query from the sums of its pair's nights. Each night is described once for all queries that differ in
 * no more than window, munitions and sources, so after a write only the nights that it changed are described anew.
 *
 * @param nights of the query's pair, in order
 */
export function cellsOfNights(
  nights: readonly KeptNight[],
  query: StatsQuery,
  lists: CodeListsAt,
): Cells {
  const view = describedFor(query, lists);
  const describe = dimensionsFor(query, lists);
  const asked = selector(query);
  const cells: Cells = { sums: [], flags: [], contests: [] };
  const first = query.from === undefined ? 0 : placeOf(query.from, nights);
  for (let place = first; place < nights.length; place += 1) {
    const night = nights[place] as KeptNight;
    if (query.to !== undefined && night.night > query.to) break;
    let own = view.get(night);
    if (own === undefined) {
      own = nightCells(night, describe);
      view.set(night, own);
    }
    for (const cell of own.sums) if (asked?.(cell) ?? true) cells.sums.push(cell);
    for (const cell of own.flags) if (asked?.(cell) ?? true) cells.flags.push(cell);
    for (const cell of own.contests) if (asked?.(cell) ?? true) cells.contests.push(cell);
  }
  return cells;
}
