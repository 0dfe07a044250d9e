import { Column, getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { COMMIT_INSTANT } from './commit-instant.js';

/** One SQL statement with its bound values, the instant of its commit ({@link COMMIT_INSTANT}) among them. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
  /** How long it will take, in ms, where that is known better than by counting statements. */
  readonly ms?: number;
}

type Row = Readonly<Record<string, unknown>>;

interface Insertion {
  sql: string;
  /** @param dated the column that says when the row was committed, if one does */
  bind(row: Row, beside: Row, dated: string | null): unknown[];
}

// drizzle compiles an insert in 30 to 200 µs; a file of thousands of rows needs the text only once per table.
const insertions = new WeakMap<SQLiteTable, Insertion>();

/** What a column's value is to the driver. */
function spelling(column: Column): (given: unknown) => unknown {
  const otherwise = column.default ?? null;
  const isPlain = column.mapToDriverValue === Column.prototype.mapToDriverValue;
  const spell = (value: unknown) => (isPlain ? value : column.mapToDriverValue(value));
  const unsaid = otherwise === null ? null : spell(otherwise);
  return (given) => (given === undefined || given === null ? unsaid : spell(given));
}

function insertionInto(table: SQLiteTable): Insertion {
  const known = insertions.get(table);
  if (known !== undefined) return known;
  const columns = Object.entries(getTableColumns(table))
    .filter(([, column]) => column.generated === undefined)
    .map(([key, column]) => ({ key, name: column.name, spell: spelling(column) }));
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const marks = columns.map(() => '?').join(', ');
  const insertion: Insertion = {
    sql: `insert into "${getTableName(table)}" (${names}) values (${marks})`,
    // Two rows are not made one: copying 40 fields takes longer than binding them.
    bind: (row, beside, dated) =>
      columns.map(({ key, spell }) =>
        key === dated ? COMMIT_INSTANT : spell(key in beside ? beside[key] : row[key]),
      ),
  };
  insertions.set(table, insertion);
  return insertion;
}

const NOTHING: Row = {};

/** An insert of one row, in the table's own types. */
export function insertInto<T extends SQLiteTable>(table: T, row: T['$inferInsert']): Statement {
  const { sql, bind } = insertionInto(table);
  return { sql, params: bind(row, NOTHING, null) };
}

/**
 * An insert of one row, one column of which says when it was committed.
 *
 * @param row of which another part is given in `beside`, for callers that have it in two
 */
export function insertDated<
  T extends SQLiteTable,
  K extends keyof T['$inferInsert'] & string,
  B extends keyof T['$inferInsert'] & string = never,
>(
  table: T,
  row: Omit<T['$inferInsert'], K | B>,
  column: K,
  beside?: Pick<T['$inferInsert'], B>,
): Statement {
  const { sql, bind } = insertionInto(table);
  return { sql, params: bind(row, beside ?? NOTHING, column) };
}
