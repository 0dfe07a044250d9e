import type { CodeListsAt } from '../storage/code-list-store.js';
import type { Contests } from '../storage/contest-store.js';
import type { KeptMonth } from '../storage/kept-sums.js';
import type { KeptNight, KeptSum } from '../storage/night-sums.js';
import type { SumKey } from '../storage/sum-store.js';
import { type Cell, type Cells, type Dimensions, dimensionsFor, type FlagCell } from './cells.js';
import { Competition } from './competition.js';
import { joined } from './joined.js';
import { OfParts } from './of-parts.js';
import type { StatsQuery } from './stats-query.js';

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

const flagsOf = (sum: KeptSum, dimensions: Dimensions): FlagCell[] =>
  sum.flags.map((flag) => ({ ...sum, ...dimensions, flag }));

const competitions = new WeakMap<Contests, Competition>();

/** The same for all who see the month, and for the month after a write to another of its nights. */
function competitionOf(contests: Contests): Competition {
  const known = competitions.get(contests) ?? new Competition(contests.contested);
  competitions.set(contests, known);
  return known;
}

type Describe = ReturnType<typeof dimensionsFor>;

function describedCells({ sums, contests }: KeptNight, describe: Describe): Cells {
  const described = sums.map((sum) => ({ sum, dimensions: describe(sum) }));
  return {
    sums: described.map(({ sum, dimensions }) => cellOf(sum, dimensions)),
    flags: described.flatMap(({ sum, dimensions }) => flagsOf(sum, dimensions)),
    contests: contests.map((one) => ({
      ...one,
      ...describe(one),
      competition: competitionOf(one),
    })),
  };
}

// As many combinations of pair, side, scope and basis as are asked for in turn: a few hundred bytes a cell.
const VIEWS = { names: 16, size: 100_000 };
const described = new OfParts<KeptNight, Cells>(
  VIEWS,
  ({ sums, flags }) => sums.length + flags.length,
);

/** The name of how a query sees its pair's claims: everything about it that decides what counts, and why not. */
export const viewOf = ({ attacker, defender, side, scope, basis }: StatsQuery): string =>
  JSON.stringify([attacker, defender, side, scope, basis]);

/** Tells the cells of a night as a query sees them: all, whatever it asks for by window, munition and source. */
export function cellsFor(query: StatsQuery, lists: CodeListsAt): (night: KeptNight) => Cells {
  const describe = dimensionsFor(query, lists);
  return described.of(lists, viewOf(query), (night) => describedCells(night, describe));
}

/** Whether a query asks for all nights of a month. */
export function isWithin({ nights }: KeptMonth, { from, to }: StatsQuery): boolean {
  const [first, last] = [nights[0], nights.at(-1)];
  return (
    (from === undefined || from <= (first?.night ?? from)) &&
    (to === undefined || to >= (last?.night ?? to))
  );
}

/** The nights of a month that a query asks for, in order. */
export const nightsIn = ({ nights }: KeptMonth, { from, to }: StatsQuery): KeptNight[] =>
  nights.filter(
    ({ night }) => (from === undefined || night >= from) && (to === undefined || night <= to),
  );

/** The months that a query asks for in whole or in part, in order. */
export const monthsIn = (months: readonly KeptMonth[], { from, to }: StatsQuery): KeptMonth[] =>
  months.filter(
    ({ month }) =>
      (from === undefined || month >= from.slice(0, 7)) &&
      (to === undefined || month <= to.slice(0, 7)),
  );

/** Tells those cells of a night that a query asks for. */
export function askedOf({ munition, source }: StatsQuery): (cells: Cells) => Cells {
  if (munition === undefined && source === undefined) return (cells) => cells;
  const munitions = munition && new Set(munition);
  const sources = source && new Set(source);
  const isAsked = (cell: SumKey): boolean =>
    (munitions?.has(cell.munition) ?? true) && (sources?.has(cell.source) ?? true);
  return ({ sums, flags, contests }) => ({
    sums: sums.filter(isAsked),
    flags: flags.filter(isAsked),
    contests: contests.filter(isAsked),
  });
}

/**
 * The cells of a query from the kept sums of its pair.
 *
 * @param months of the query's pair, in order
 */
export function cellsOfMonths(
  months: readonly KeptMonth[],
  query: StatsQuery,
  lists: CodeListsAt,
): Cells {
  const cellsOf = cellsFor(query, lists);
  const asked = askedOf(query);
  const nights = joined(monthsIn(months, query).map((month) => nightsIn(month, query)));
  const own = nights.map((night) => asked(cellsOf(night)));
  return {
    sums: joined(own.map(({ sums }) => sums)),
    flags: joined(own.map(({ flags }) => flags)),
    contests: joined(own.map(({ contests }) => contests)),
  };
}
