import { and, sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { type ClaimFilter, claimCondition } from './claim-filter.js';
import { claimsAsBytes, claimsAsJson } from './claim-json.js';
import { type CodeListsAt, codeListsAt } from './code-list-store.js';
import type { Database } from './database.js';
import { ahead, keyset, type PageRequest, type Position } from './page.js';
import { preparedColumn } from './prepared.js';
import { claims } from './tables.js';

/** A page of a walk as it is sent. */
export interface WrittenPage {
  /** The JSON of its rows, each of one or of several that are joined by commas. */
  parts: readonly Buffer[];
  /** Where it ends; undefined if it is empty. */
  last: Position | undefined;
  has_more: boolean;
}

// Some 3,000 claims: the newest are what is asked for most.
const HELD_BYTES = 4 * 1024 * 1024;
// The name, the row and their place in the map, and what a buffer is besides its bytes.
const ROW_BYTES = 500;

const PAGES_REMEMBERED = 1_000;
// A page that is written at once stands in memory twice: those of a walk in large steps took 14 MB that stayed.
const AT_ONCE_MAX = 100;

/** Claims by revision. A revision never changes; on whose side it speaks is told by the code lists. */
interface Held {
  lists: CodeListsAt;
  rows: LRUCache<string, Buffer>;
  /** The first revisions of pages that were not held: to hold a page takes longer than to write it once. */
  asked: LRUCache<string, true>;
}
const held = new WeakMap<Database, Held>();

function heldWith(db: Database, lists: CodeListsAt): Held {
  const known = held.get(db);
  if (known?.lists === lists) return known;
  const rows = new LRUCache<string, Buffer>({
    maxSize: HELD_BYTES,
    sizeCalculation: (bytes) => bytes.length + ROW_BYTES,
  });
  const made = { lists, rows, asked: new LRUCache<string, true>({ max: PAGES_REMEMBERED }) };
  held.set(db, made);
  return made;
}

/** A text in a buffer of its own: one from the pool would keep eight times as much alive. */
function writtenOut(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}

/** The revisions of a page, each by a name of its own that begins with its place, from an index alone. */
function revisionsOn(
  db: Database,
  version: number,
  filter: ClaimFilter,
  page: PageRequest,
): Promise<string[]> {
  const question = { version, filter: ahead(filter, page), page };
  return preparedColumn(db, 'revisions of claims', question, ({ version, filter, page }) => {
    const { order, condition } = keyset(claims, page);
    const name = sql`concat(${claims.night}, ' ', ${claims.id}, ' ', ${claims.from_version})`;
    return db.query
      .select({ name })
      .from(claims)
      .where(and(claimCondition(filter, version), condition))
      .orderBy(...order)
      .limit(page.limit);
  });
}

function placeOf(revision: string | undefined): Position | undefined {
  const [night, id] = revision?.split(' ', 2) ?? [];
  return night === undefined || id === undefined ? undefined : { night, id };
}

/** The rows of some revisions, if all are held. */
function heldRows({ rows }: Held, revisions: readonly string[]): Buffer[] | null {
  const found: Buffer[] = [];
  for (const revision of revisions) {
    const row = rows.get(revision);
    if (row === undefined) return null;
    found.push(row);
  }
  return found;
}

/**
 * Claims that meet a filter at a dataset version, one page in the order (night, id), as they are sent. The revisions of
 * a page are held once a page that began with the same one was written lately; a page of which all are held is not
 * written again.
 *
 * @param page one row more than are given: it tells whether there are more
 */
export async function claimPage(
  db: Database,
  version: number,
  filter: ClaimFilter,
  page: PageRequest,
): Promise<WrittenPage> {
  const known = heldWith(db, await codeListsAt(db, version));
  const asked = await revisionsOn(db, version, filter, page);
  const revisions = asked.slice(0, page.limit - 1);
  const about = { last: placeOf(revisions.at(-1)), has_more: asked.length > revisions.length };
  const rows = heldRows(known, revisions);
  if (rows !== null) return { parts: rows, ...about };
  const [first = ''] = revisions;
  const given = { ...page, limit: revisions.length };
  const isAgain = known.asked.has(first);
  if (!isAgain) known.asked.set(first, true);
  if (!isAgain && revisions.length <= AT_ONCE_MAX)
    return { parts: [await claimsAsBytes(db, version, filter, given)], ...about };
  const written = await claimsAsJson(db, version, filter, given);
  if (!isAgain) return { parts: written.map(({ json }) => Buffer.from(json)), ...about };
  const parts = written.map(({ json }) => writtenOut(json));
  for (const [index, part] of parts.entries()) known.rows.set(revisions[index] as string, part);
  return { parts, ...about };
}
