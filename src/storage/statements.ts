import { type Column, getTableColumns, getTableName } from 'drizzle-orm';
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
  bind(row: Row, beside: Row): unknown[];
}

// drizzle compiles an insert in 30 to 200 µs; a file of thousands of rows needs the text only once per table.
const insertions = new WeakMap<SQLiteTable, Insertion>();

function bound(column: Column, given: unknown): unknown {
  const value = given ?? column.default ?? null;
  return value === null || value === COMMIT_INSTANT ? value : column.mapToDriverValue(value);
}

function insertionInto(table: SQLiteTable): Insertion {
  const known = insertions.get(table);
  if (known !== undefined) return known;
  const columns = Object.entries(getTableColumns(table)).filter(
    ([, column]) => column.generated === undefined,
  );
  const places = new Map(columns.map(([key, column], index) => [key, [index, column] as const]));
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ');
  const marks = columns.map(() => '?').join(', ');
  const insertion: Insertion = {
    sql: `insert into "${getTableName(table)}" (${names}) values (${marks})`,
    // Two rows are not made one: copying 40 fields takes longer than binding them.
    bind: (row, beside) => {
      const values = columns.map(([key, column]) => bound(column, row[key]));
      for (const key in beside) {
        const [at, column] = places.get(key) ?? [];
        if (at !== undefined && column) values[at] = bound(column, beside[key]);
      }
      return values;
    },
  };
  insertions.set(table, insertion);
  return insertion;
}

const NOTHING: Row = {};

/** An insert of one row, in the table's own types. */
export function insertInto<T extends SQLiteTable>(table: T, row: T['$inferInsert']): Statement {
  const { sql, bind } = insertionInto(table);
  return { sql, params: bind(row, NOTHING) };
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
  return { sql, params: bind(row, { ...beside, [column]: COMMIT_INSTANT }) };
}
