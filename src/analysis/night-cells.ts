import { LRUCache } from 'lru-cache';
import type { CodeListsAt } from '../storage/code-list-store.js';
import type { KeptNight } from '../storage/kept-sums.js';
import type { SumKey } from '../storage/sum-store.js';
import { type Cell, type Cells, type ContestCell, describer, type FlagCell } from './cells.js';
import type { StatsQuery } from './stats-query.js';

/** What a night adds to a query's cells. */
interface NightCells {
  sums: readonly Cell[];
  flags: readonly FlagCell[];
  contests: readonly ContestCell[];
}

/** A night of which no filter took anything away. */
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

function nightCells(night: KeptNight, describe: ReturnType<typeof describer>): NightCells {
  const sums = night.sums.map(describe);
  return {
    sums,
    flags: sums.flatMap((cell) => cell.flags.map((flag) => ({ ...cell, flag }))),
    contests: night.contests.map(describe),
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
  const describe = describer(query, lists);
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
