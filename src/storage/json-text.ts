import { getTableName, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';

/** A row as it is served: the text of its JSON, and where it stands in a walk. */
export interface JsonRow {
  id: string;
  night: string;
  json: string;
}

/** The fields of a served record, each as an SQL expression that `json_object` takes. */
export type JsonFields = Readonly<Record<string, SQL>>;

// SQLite writes reals with 15 digits; a few need 17 to be the same number again.
const exact = (name: string): string =>
  `json(case when cast(format('%.15g', ${name}) as real) = ${name} then format('%.15g', ${name}) when ${name} is not null then format('%!.17g', ${name}) end)`;

/** A column as a value inside JSON: lists and maps are JSON already, and are not read and written again. */
export function jsonOf(column: SQLiteColumn): SQL {
  const name = `"${getTableName(column.table)}"."${column.name}"`;
  if (column.columnType === 'SQLiteTextJson') return sql.raw(`json(${name})`);
  return sql.raw(column.columnType === 'SQLiteReal' ? exact(name) : name);
}

/** Some columns as fields of the same names. */
export const jsonColumns = (columns: Readonly<Record<string, SQLiteColumn>>): JsonFields =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, jsonOf(column)]));

/** The text of a JSON object. @param names the fields to give, in this order; all by default */
export function jsonObject(fields: JsonFields, names: readonly string[] = Object.keys(fields)) {
  const parts = names.map((name) => sql`${sql.raw(`'${name}'`)}, ${fields[name] ?? sql`null`}`);
  return sql<string>`json_object(${sql.join(parts, sql`, `)})`;
}
