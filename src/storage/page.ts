import { asc, desc, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';

/** Where a walk goes on: the night and id of the last row that was given. */
export interface Position {
  night: string;
  id: string;
}

/** One page of a walk in the order (night, id). */
export interface PageRequest {
  limit: number;
  descending: boolean;
  after?: Position | undefined;
}

/** The ORDER BY and the keyset condition of a page. A keyset walk skips and repeats nothing however far it goes. */
export function keyset(
  columns: { night: SQLiteColumn; id: SQLiteColumn },
  { descending, after }: PageRequest,
): { order: SQL[]; condition: SQL | undefined } {
  const direction = descending ? desc : asc;
  const order = [direction(columns.night), direction(columns.id)];
  if (after === undefined) return { order, condition: undefined };
  const beyond = sql.raw(descending ? '<' : '>');
  const condition = sql`(${columns.night}, ${columns.id}) ${beyond} (${after.night}, ${after.id})`;
  return { order, condition };
}

/**
 * A filter without the end of its window that a walk has left behind. Its position is the closer bound, and of two
 * bounds SQLite may start from the farther one and read everything in between.
 */
export function ahead<F extends { from?: string | undefined; to?: string | undefined }>(
  filter: F,
  { descending, after }: PageRequest,
): F {
  if (after === undefined) return filter;
  return { ...filter, [descending ? 'to' : 'from']: undefined };
}
