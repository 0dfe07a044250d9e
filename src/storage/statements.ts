import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { COMMIT_INSTANT } from './commit-instant.js';

/** One SQL statement with its bound values, the instant of its commit ({@link COMMIT_INSTANT}) among them. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
}

interface Insertion {
  sql: string;
  bind(row: Readonly<Record<string, unknown>>): unknown[];
}

// drizzle compiles an insert in 30 to 200 µs; a file of thousands of rows needs the text only once per table.
const insertions = new WeakMap<SQLiteTable, Insertion>();

function insertionInto(table: SQLiteTable): Insertion {
  const known = insertions.get(table);
  if (known !== undefined) return known;
  const columns = Object.entries(getTableColumns(table)).filter(
    ([, column]) => column.generated === undefined,
  );
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ');
  const marks = columns.map(() => '?').join(', ');
  const insertion: Insertion = {
    sql: `insert into "${getTableName(table)}" (${names}) values (${marks})`,
    bind: (row) =>
      columns.map(([key, column]) => {
        const value = row[key] ?? column.default ?? null;
        return value === null ? null : column.mapToDriverValue(value);
      }),
  };
  insertions.set(table, insertion);
  return insertion;
}

/** An insert of one row, in the table's own types. */
export function insertInto<T extends SQLiteTable>(table: T, row: T['$inferInsert']): Statement {
  const { sql, bind } = insertionInto(table);
  return { sql, params: bind(row) };
}

/** An insert of one row, one column of which says when it was committed. */
export function insertDated<T extends SQLiteTable, K extends keyof T['$inferInsert'] & string>(
  table: T,
  row: Omit<T['$inferInsert'], K>,
  column: K,
): Statement {
  const { sql, bind } = insertionInto(table);
  return { sql, params: bind({ ...row, [column]: COMMIT_INSTANT }) };
}
