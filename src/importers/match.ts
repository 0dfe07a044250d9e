import { sameValue } from '../domain/same-value.js';
import { gather } from './gather.js';
import type { Cell, Cells } from './import-types.js';

/** Anything that carries a normalised row. */
export interface Rowed {
  readonly cells: Cells;
}

export interface Matching<Older extends Rowed, Newer extends Rowed> {
  /** Two rows that are the same report, and the pass that found it. */
  pairs: { older: Older; newer: Newer; pass: string }[];
  /** Older rows without a partner. */
  removed: Older[];
  /** Newer rows without a partner. */
  added: Newer[];
}

/** The passes, in order, with the columns that make up their key. */
export const PASSES: readonly { pass: string; columns: readonly string[] }[] = [
  {
    pass: 'natural_key',
    columns: ['time_start', 'time_end', 'model', 'target', 'source', 'launch_place'],
  },
  { pass: 'source_model_target', columns: ['source', 'model', 'target'] },
  { pass: 'source_model', columns: ['source', 'model'] },
  { pass: 'time_model_target', columns: ['time_start', 'time_end', 'model', 'target'] },
];

const ORDER = ['time_start', 'time_end', 'launch_place', 'launched', 'destroyed'];

const KINDS = ['number', 'string', 'object'];
const rankOf = (cell: Cell): number => (cell === null ? -1 : KINDS.indexOf(typeof cell));
const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : JSON.stringify(cell));
const sign = (one: string, other: string): number => Number(one > other) - Number(one < other);

/** Null first, then numbers, then text (by code units), then lists and dicts: an order for any two cells. */
function compareCells(one: Cell, other: Cell): number {
  if (rankOf(one) !== rankOf(other)) return rankOf(one) - rankOf(other);
  return typeof one === 'number' ? one - Number(other) : sign(textOf(one), textOf(other));
}

function compareRows(one: Cells, other: Cells): number {
  for (const column of ORDER) {
    const order = compareCells(one[column] ?? null, other[column] ?? null);
    if (order !== 0) return order;
  }
  // The definition ends here. What is left are rows that differ in no ordering column, which any other cell may
  // settle, so that the order of the file never does.
  for (const column of Object.keys({ ...one, ...other }).toSorted()) {
    const order = compareCells(one[column] ?? null, other[column] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

const byColumns = <T extends Rowed>(
  rows: Iterable<T>,
  columns: readonly string[],
): Map<string, T[]> =>
  gather(rows, ({ cells }) => JSON.stringify(columns.map((column) => cells[column] ?? null)));

const ordered = <T extends Rowed>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => compareRows(a.cells, b.cells));

/**
 * Pairs the rows of two snapshots that are the same report: the matcher of the oracle (revisions.json).
 *
 * Four passes, each over the rows still unmatched; a key that equally many rows carry on both sides pairs them one to
 * one in the order of time, launch place and counts, any other key pairs nothing. The order of the file is never
 * used, because upstream turns it round. Linear in the number of rows but for the sorting inside a key.
 *
 * @example matchRows([{ cells: { source: 's', model: 'm' } }], [{ cells: { source: 's', model: 'm', target: 't' } }]).pairs.length // => 1
 */
export function matchRows<Older extends Rowed, Newer extends Rowed>(
  older: Iterable<Older>,
  newer: Iterable<Newer>,
): Matching<Older, Newer> {
  return matchBy(PASSES, older, newer);
}

/** What the first pass leaves over: it never pairs rows of different windows, the later ones may. */
export function leftAfterFirstPass<Older extends Rowed, Newer extends Rowed>(
  older: Iterable<Older>,
  newer: Iterable<Newer>,
): Omit<Matching<Older, Newer>, 'pairs'> {
  return matchBy(PASSES.slice(0, 1), older, newer);
}

function matchBy<Older extends Rowed, Newer extends Rowed>(
  passes: typeof PASSES,
  older: Iterable<Older>,
  newer: Iterable<Newer>,
): Matching<Older, Newer> {
  const removed = new Set(older);
  const added = new Set(newer);
  const pairs: Matching<Older, Newer>['pairs'] = [];
  for (const { pass, columns } of passes) {
    const candidates = byColumns(added, columns);
    for (const [key, mine] of byColumns(removed, columns)) {
      const theirs = candidates.get(key);
      if (theirs?.length !== mine.length) continue;
      const partners = ordered(theirs);
      for (const [index, row] of ordered(mine).entries()) {
        for (const partner of partners.slice(index, index + 1)) {
          pairs.push({ older: row, newer: partner, pass });
          removed.delete(row);
          added.delete(partner);
        }
      }
    }
  }
  return { pairs, removed: [...removed], added: [...added] };
}

/** The columns, of those given, in which two rows differ; a column that is absent is null. */
export function differingColumns(one: Cells, other: Cells, columns: Iterable<string>): string[] {
  return [...columns].filter((column) => !sameValue(one[column] ?? null, other[column] ?? null));
}
