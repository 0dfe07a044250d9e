import type { PageRequest, Position } from '../storage/page.js';
import type { DatasetVersion } from '../storage/versions.js';
import { versionFor } from './as-of.js';
import { type Cursors, walkDigest } from './cursor.js';
import type { Dependencies } from './dependencies.js';

interface Walked {
  cursor?: string | undefined;
  as_of: string;
}
interface Paged {
  cursor?: string | undefined;
  limit: number;
  sort: 'night' | '-night';
}

/** One page of a list that is being walked. */
export interface Walk {
  cursors: Cursors;
  version: DatasetVersion;
  page: PageRequest;
  /** Everything that shaped the list but its limit, defaults spelled out, and the digest that cursors carry of it. */
  bound: Record<string, unknown>;
  digest: string;
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
 * @param bound what was asked, resolved, but the limit; the cursor is bound to it
 */
export function startWalk(
  { cursors }: Dependencies,
  version: DatasetVersion,
  { cursor, limit, sort }: Paged,
  bound: Record<string, unknown>,
): Walk {
  const digest = walkDigest(bound);
  const after = cursor === undefined ? undefined : cursors.follow(cursor, digest);
  // One row more than asked for tells whether there is a next page.
  const page = { limit: limit + 1, descending: sort === '-night', after };
  return { cursors, version, page, bound, digest };
}

// Parameters as URLSearchParams would write them again.
const PLAIN = /^[\w.*-]+=[\w.*-]+(?:&[\w.*-]+=[\w.*-]+)*$/;
const OWN_CURSOR = /(^|&)cursor=[^&]*/;

/** The parameters of a page with the cursor of the next one in the place of its own. */
function withCursor(search: string, cursor: string): string {
  if (PLAIN.test(search)) {
    const own = OWN_CURSOR.exec(search);
    if (own === null) return `${search}&cursor=${cursor}`;
    const [found, before] = own;
    const rest = search.slice(own.index + found.length);
    if (!OWN_CURSOR.test(rest))
      return `${search.slice(0, own.index)}${before}cursor=${cursor}${rest}`;
  }
  const query = new URLSearchParams(search);
  query.set('cursor', cursor);
  return String(query);
}

/** The address of the next page, as a Link header has it. */
export function nextLink(url: string, cursor: string): string {
  const [path, search = ''] = url.split('?', 2);
  return `<${path}?${withCursor(search, cursor)}>; rel="next"`;
}

/** What is said about a page, and how to go on after it. */
export function pageInfo(
  { cursors, version: { version }, page, digest }: Walk,
  has_more: boolean,
  last: Position | undefined,
): PageInfo {
  const next_cursor =
    has_more && last !== undefined
      ? cursors.write({ version, night: last.night, id: last.id }, digest)
      : null;
  return { limit: page.limit - 1, has_more, next_cursor };
}

/** Cuts the extra row off and says how to go on. */
export function endWalk<T extends Position>(
  walk: Walk,
  rows: readonly T[],
): { rows: T[]; page: PageInfo } {
  const given = rows.slice(0, walk.page.limit - 1);
  return { rows: given, page: pageInfo(walk, rows.length > given.length, given.at(-1)) };
}
