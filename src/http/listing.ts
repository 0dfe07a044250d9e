import type { PageRequest } from '../storage/page.js';
import type { DatasetVersion } from '../storage/versions.js';
import { versionFor } from './as-of.js';
import type { Cursors } from './cursor.js';
import type { Dependencies } from './dependencies.js';

interface Walked {
  cursor?: string | undefined;
  as_of: string;
}
interface Paged extends Walked {
  limit: number;
  sort: 'night' | '-night';
}

/** One page of a list that is being walked. */
export interface Walk {
  cursors: Cursors;
  version: DatasetVersion;
  page: PageRequest;
  /** Everything that shaped the list but its limit, defaults spelled out. */
  bound: Record<string, unknown>;
}

export interface PageInfo {
  limit: number;
  has_more: boolean;
  next_cursor: string | null;
}

/**
 * The version that a whole walk is answered from: that of its cursor, else the one that `as_of` names. It comes first,
 * because codes too mean what they meant at that version.
 */
export function walkVersion(deps: Dependencies, query: Walked): Promise<DatasetVersion> {
  const { cursor, as_of } = query;
  return versionFor(deps, cursor === undefined ? as_of : String(deps.cursors.read(cursor).version));
}

/**
 * Where a list request stands: the page after its cursor.
 *
 * @param version from {@link walkVersion}
 * @param shape what was asked, resolved; the cursor is bound to it
 */
export function startWalk(
  { cursors }: Dependencies,
  version: DatasetVersion,
  query: Paged,
  shape: Record<string, unknown>,
): Walk {
  // Spread, two objects of this size take 6 µs, because V8 has no quick way for the second one.
  const bound = Object.assign({}, shape, { sort: query.sort, as_of: query.as_of });
  const after = query.cursor === undefined ? undefined : cursors.follow(query.cursor, bound);
  // One row more than asked for tells whether there is a next page.
  const page = { limit: query.limit + 1, descending: query.sort === '-night', after };
  return { cursors, version, page, bound };
}

// Parameters as URLSearchParams would write them again.
const PLAIN = /^[\w.*-]+=[\w.*-]+(?:&[\w.*-]+=[\w.*-]+)*$/;

/** The address of the next page, as a Link header has it. */
export function nextLink(url: string, cursor: string): string {
  const [path, search = ''] = url.split('?', 2);
  if (PLAIN.test(search) && !search.includes('cursor=')) {
    return `<${path}?${search}&cursor=${cursor}>; rel="next"`;
  }
  const query = new URLSearchParams(search);
  query.set('cursor', cursor);
  return `<${path}?${query}>; rel="next"`;
}

/** Cuts the extra row off and says how to go on. */
export function endWalk<T extends { night: string; id: string }>(
  { cursors, version, page, bound }: Walk,
  rows: readonly T[],
): { rows: T[]; page: PageInfo } {
  const limit = page.limit - 1;
  const given = rows.slice(0, limit);
  const last = given.at(-1);
  const has_more = rows.length > limit;
  const next_cursor =
    has_more && last !== undefined
      ? cursors.write({ version: version.version, night: last.night, id: last.id }, bound)
      : null;
  return { rows: given, page: { limit, has_more, next_cursor } };
}
