import type { CodeListsAt } from '../storage/code-list-store.js';
import type { KeptMonth } from '../storage/kept-sums.js';
import type { KeptNight } from '../storage/night-sums.js';
import type { Cells } from './cells.js';
import { type Grouped, type GroupKey, Groups } from './group-key.js';
import { askedOf, cellsFor, isWithin, monthsIn, nightsIn, viewOf } from './month-cells.js';
import { tallied } from './nights.js';
import { OfParts } from './of-parts.js';
import type { StatsQuery } from './stats-query.js';
import { Tally } from './tally.js';

/** The claims of a query added up, in whole and by whatever key. */
export interface Tallies {
  whole(): Tally;
  by(keys: readonly GroupKey[]): Grouped<Tally>[];
}

/** The account of some cells, with what is flagged and what competes. */
export function tallyOf({ sums, flags, contests }: Cells): Tally {
  const tally = tallied(sums);
  for (const cell of flags) tally.addFlag(cell);
  for (const cell of contests) tally.addContest(cell);
  return tally;
}

/** The account of each group of cells. @param parts in the order of their nights */
function talliesBy(parts: readonly Cells[], keys: readonly GroupKey[]): Grouped<Tally>[] {
  const groups = new Groups(keys, () => new Tally());
  for (const { sums, flags, contests } of parts) {
    for (const cell of sums) groups.of(cell).add(cell);
    for (const cell of flags) groups.of(cell).addFlag(cell);
    for (const cell of contests) groups.of(cell).addContest(cell);
  }
  return groups.all;
}

/** Tallies straight from cells. */
export const talliesOfCells = (cells: Cells): Tallies => ({
  whole: () => tallyOf(cells),
  by: (keys) => talliesBy([cells], keys),
});

// As many questions that differ in more than their window as are asked in turn: a kilobyte or two a tally, and two more
// where it is a point of a series.
const QUESTIONS = { names: 32, size: 10_000 };
const known = new OfParts<KeptMonth, Grouped<Tally>[]>(QUESTIONS, (groups) => groups.length);

/** Puts together what the months hold of the same group. */
function together(months: readonly Grouped<Tally>[][]): Grouped<Tally>[] {
  const groups = new Map<string, Grouped<Tally[]>>();
  for (const { name, key, group } of months.flat()) {
    const own = groups.get(name);
    if (own === undefined) groups.set(name, { name, key, group: [group] });
    else own.group.push(group);
  }
  return Array.from(groups.values(), ({ name, key, group }) => ({
    name,
    key,
    group: Tally.of(group),
  }));
}

/**
 * Tallies from the kept sums of a query's pair. Each month is added up once for all questions that differ in no more
 * than their window; one that reaches into a month adds up that part of it.
 *
 * @param months of the query's pair, in order
 */
export function talliesOfMonths(
  months: readonly KeptMonth[],
  query: StatsQuery,
  lists: CodeListsAt,
): Tallies {
  const { munition, source } = query;
  const cellsOf = cellsFor(query, lists);
  const asked = askedOf(query);
  const by = (keys: readonly GroupKey[]): Grouped<Tally>[] => {
    const name = JSON.stringify([viewOf(query), munition, source, keys]);
    const ofNights = (nights: readonly KeptNight[]) =>
      talliesBy(
        nights.map((night) => asked(cellsOf(night))),
        keys,
      );
    const ofMonth = known.of(lists, name, ({ nights }) => ofNights(nights));
    return together(
      monthsIn(months, query).map((month) =>
        isWithin(month, query) ? ofMonth(month) : ofNights(nightsIn(month, query)),
      ),
    );
  };
  return { whole: () => by([])[0]?.group ?? new Tally(), by };
}
