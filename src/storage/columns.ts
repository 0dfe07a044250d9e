import { type SQL, sql } from 'drizzle-orm';
import { check, integer, text } from 'drizzle-orm/sqlite-core';

/** Columns of every versioned table: `to_version` null is the current revision. */
export const versioned = {
  revision: integer().notNull(),
  from_version: integer().notNull(),
  to_version: integer(),
  recorded_at: text().notNull(),
};

/** A list or map kept as JSON text. */
export const json = <T>() => text({ mode: 'json' }).$type<T>();

/** CHECK: null, or an integer from zero up. SQLite would store the text "abc" in an integer column. */
export const countChecks = (table: string, columns: readonly string[]) =>
  columns.map((column) =>
    check(
      `${table}_${column}_count`,
      sql.raw(`"${column}" is null or (typeof("${column}") = 'integer' and "${column}" >= 0)`),
    ),
  );

/** CHECK: a version opens before it closes. */
export const versionChecks = (table: string) => [
  check(`${table}_revision_positive`, sql`revision >= 1`),
  check(`${table}_versions_ordered`, sql`to_version is null or to_version > from_version`),
];

export const CURRENT: SQL = sql`to_version is null`;

/** CHECK: a closed list repeats the domain's. */
export const oneOfCheck = (table: string, column: string, values: readonly string[]) =>
  check(
    `${table}_${column}`,
    sql.raw(`"${column}" in (${values.map((value) => `'${value}'`).join(', ')})`),
  );
