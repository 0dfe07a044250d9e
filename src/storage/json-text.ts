import { getTableName, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';

/** A row as it is served: the text of its JSON, and where it stands in a walk. */
export interface JsonRow {
  id: string;
  night: string;
  json: string;
}

/** The fields of a served record, each as an SQL expression that gives the text of its JSON. */
export type JsonFields = Readonly<Record<string, SQL>>;

// SQLite writes reals with 15 digits; a few need 17 to be the same number again.
const exact = (name: string): string =>
  `case when cast(format('%.15g', ${name}) as real) = ${name} then format('%.15g', ${name}) when ${name} is not null then format('%!.17g', ${name}) end`;

/** The text of nothing, where an expression gives none. */
const orNull = (text: string): string => `ifnull(${text}, 'null')`;

/** A column as the text of its JSON: lists and maps are JSON already, and are not read and written again. */
export function jsonOf(column: SQLiteColumn): SQL {
  const name = `"${getTableName(column.table)}"."${column.name}"`;
  const { columnType, notNull } = column;
  if (columnType === 'SQLiteReal') return sql.raw(orNull(exact(name)));
  if (columnType === 'SQLiteText') return sql.raw(`json_quote(${name})`);
  return sql.raw(notNull ? name : orNull(name));
}

/** Some columns as fields of the same names. */
export const jsonColumns = (columns: Readonly<Record<string, SQLiteColumn>>): JsonFields =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, jsonOf(column)]));

/**
 * The text of a JSON object. `json_object` takes twice the time: it looks at every character of every name for what
 * has to be escaped.
 *
 * @param names the fields to give, in this order; all by default
 */
export function jsonObject(fields: JsonFields, names: readonly string[] = Object.keys(fields)) {
  const parts = names.map(
    (name, index) =>
      sql`${sql.raw(`'${index === 0 ? '' : ','}"${name}":'`)}, ${fields[name] ?? sql`'null'`}`,
  );
  return sql<string>`concat('{', ${sql.join([...parts, sql`'}'`], sql`, `)})`;
}
