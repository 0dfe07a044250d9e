import { remembered } from '../domain/remembered.js';
import type { Cell, Cells } from './import-types.js';
import { readLiteral } from './literal.js';
import { BORDER_COLUMNS, COUNT_COLUMNS, LITERAL_COLUMNS } from './piterfm-header.js';

const NUMBER = /^[+-]?\d+(\.\d+)?$/;
const ONE_DIGIT_HOUR = /^(\d{4}-\d{2}-\d{2}) (\d:\d{2})$/;

const countIn = (text: string): Cell => (NUMBER.test(text) ? Number(text) : text);
const momentIn = remembered((text): Cell => text.replace(ONE_DIGIT_HOUR, '$1 0$2'));
const literalIn = remembered((text): Cell => {
  const literal = readLiteral(text);
  if (!literal.ok) return text;
  // An empty dict says "none reported", like an empty cell.
  return isEmptyDict(literal.value) ? null : literal.value;
});

// The rules of columns whose cells are more than text.
const RULES: ReadonlyMap<string, (text: string) => Cell> = new Map([
  ...[...COUNT_COLUMNS].map((column) => [column, countIn] as const),
  ...[...LITERAL_COLUMNS].map((column) => [column, literalIn] as const),
  ['time_start', momentIn],
  ['time_end', momentIn],
]);

/** One cell, normalised by the rule of its column. */
export function normaliseCell(column: string, text: string): Cell {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const rule = RULES.get(column);
  return rule === undefined ? trimmed : rule(trimmed);
}

const isEmptyDict = (value: Cell): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length === 0;

/**
 * A row as two snapshots compare it, by the `normalisation` of the matcher's definition (oracle, revisions.json).
 *
 * Cells are trimmed, an empty cell is null, `3:30` is `03:30`, `93.0` is 93, literals are parsed (an unparsable one
 * stays text), and the two border columns of 2024-25 become `border_crossing`. A column that is not given is absent,
 * which callers read as null.
 *
 * @param raw column to text, as published
 * @example normaliseRow({ launched: '93.0 ', back_russia: '2' }) // => {"launched":93,"border_crossing":{"russia":2}}
 */
export function normaliseRow(raw: Readonly<Record<string, string>>): Cells {
  const cells: Record<string, Cell> = {};
  const border: Record<string, Cell> = {};
  for (const [column, text] of Object.entries(raw)) {
    const value = normaliseCell(column, text);
    const country = BORDER_COLUMNS.get(column);
    if (country === undefined) cells[column] = value;
    else if (value !== null) border[country] = value;
  }
  if (Object.keys(border).length > 0) cells.border_crossing = border;
  return cells;
}

/** The report that a row cites, by which rows are told apart and found again: its cell `source`, trimmed. */
export const reportOf = (raw: Readonly<Record<string, string>>): string =>
  (raw.source ?? '').trim();
