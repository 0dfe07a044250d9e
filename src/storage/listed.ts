import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';

/** Condition: a column is one of a JSON list of values. One statement for lists of any length, unlike `in (?, ?, …)`. */
export const inListed = (column: SQLiteColumn, list: string): SQL =>
  sql`${column} in (select value from json_each(${list}))`;
