import type { PageRequest } from '../storage/page.js';
import type { DatasetVersion } from '../storage/versions.js';
import { versionFor } from './as-of.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import type { Dependencies } from './dependencies.js';

interface ListQuery {
  limit: number;
  cursor?: string | undefined;
  sort: 'night' | '-night';
  as_of: string;
}

/** One page of a list that is being walked. */
export interface Walk {
  version: DatasetVersion;
  page: PageRequest;
  /** Everything that shaped the list, defaults spelled out. */
  echo: Record<string, unknown>;
}

export interface PageInfo {
  limit: number;
  has_more: boolean;
  next_cursor: string | null;
}

/**
 * Where a list request stands: the version that its whole walk is answered from, and the page after its cursor.
 *
 * @param shape what was asked, resolved; the cursor is bound to it
 */
export async function startWalk(
  deps: Dependencies,
  query: ListQuery,
  shape: Record<string, unknown>,
): Promise<Walk> {
  const bound = { ...shape, sort: query.sort, as_of: query.as_of };
  const cursor = query.cursor === undefined ? undefined : decodeCursor(query.cursor, bound);
  const version = await versionFor(
    deps,
    cursor === undefined ? query.as_of : String(cursor.version),
  );
  // One row more than asked for tells whether there is a next page.
  const page = { limit: query.limit + 1, descending: query.sort === '-night', after: cursor };
  return { version, page, echo: { ...bound, limit: query.limit } };
}

/** Cuts the extra row off and says how to go on. */
export function endWalk<T>(
  { version, page, echo }: Walk,
  rows: readonly T[],
  position: (row: T) => { night: string; id: string },
): { rows: T[]; page: PageInfo } {
  const limit = page.limit - 1;
  const given = rows.slice(0, limit);
  const last = given.at(-1);
  const has_more = rows.length > limit;
  const { limit: _, ...bound } = echo;
  const next_cursor =
    has_more && last !== undefined
      ? encodeCursor({ version: version.version, ...position(last) }, bound)
      : null;
  return { rows: given, page: { limit, has_more, next_cursor } };
}
