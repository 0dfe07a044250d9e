import { and, sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { type ClaimFilter, claimCondition } from './claim-filter.js';
import { claimsAsJson } from './claim-json.js';
import { type CodeListsAt, codeListsAt } from './code-list-store.js';
import type { Database } from './database.js';
import type { JsonRow, WrittenRow } from './json-text.js';
import { ahead, keyset, type PageRequest } from './page.js';
import { preparedTexts } from './prepared.js';
import { claims } from './tables.js';

// Some 3,000 claims: the newest are what is asked for most.
const HELD_BYTES = 4 * 1024 * 1024;
// The name, the row and their place in the map, and what a buffer is besides its bytes.
const ROW_BYTES = 500;

const PAGES_REMEMBERED = 1_000;

/** Rows by revision. A revision never changes; on whose side it speaks is told by the code lists. */
interface Held {
  lists: CodeListsAt;
  rows: LRUCache<string, JsonRow<Buffer>>;
  /** The first revisions of pages that were not held: to hold a page takes longer than to write it once. */
  asked: LRUCache<string, true>;
}
const held = new WeakMap<Database, Held>();

function heldWith(db: Database, lists: CodeListsAt): Held {
  const known = held.get(db);
  if (known?.lists === lists) return known;
  const rows = new LRUCache<string, JsonRow<Buffer>>({
    maxSize: HELD_BYTES,
    sizeCalculation: ({ json }) => json.length + ROW_BYTES,
  });
  const made = { lists, rows, asked: new LRUCache<string, true>({ max: PAGES_REMEMBERED }) };
  held.set(db, made);
  return made;
}

/** A row with its text in a buffer of its own: one from the pool would keep eight times as much alive. */
function writtenOut({ id, night, json }: JsonRow): JsonRow<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(json));
  bytes.write(json);
  return { id, night, json: bytes };
}

/** The revisions of a page, each by a name of its own, from an index alone. */
function revisionsOn(db: Database, version: number, filter: ClaimFilter, page: PageRequest) {
  const question = { version, filter: ahead(filter, page), page };
  return preparedTexts(db, 'revisions of claims', question, ({ version, filter, page }) => {
    const { order, condition } = keyset(claims, page);
    return db.query
      .select({ revision: sql`${claims.id} || ${claims.from_version}` })
      .from(claims)
      .where(and(claimCondition(filter, version), condition))
      .orderBy(...order)
      .limit(page.limit);
  });
}

/**
 * Claims that meet a filter at a dataset version, one page in the order (night, id), as they are served. The revisions of
 * a page are held, as they are sent, once a page that began with the same one was written lately; a page of which all are
 * held is not written again.
 *
 * @param fields those to give of every claim; all by default
 */
export async function claimPage(
  db: Database,
  version: number,
  filter: ClaimFilter,
  page: PageRequest,
  fields?: readonly string[],
): Promise<WrittenRow[]> {
  if (fields !== undefined) return claimsAsJson(db, version, filter, page, fields);
  const known = heldWith(db, await codeListsAt(db, version));
  const revisions = await revisionsOn(db, version, filter, page);
  const rows: WrittenRow[] = [];
  for (const revision of revisions) {
    const row = known.rows.get(revision);
    if (row === undefined) break;
    rows.push(row);
  }
  if (rows.length === revisions.length) return rows;
  const written = await claimsAsJson(db, version, filter, page);
  const [first = ''] = revisions;
  if (!known.asked.has(first)) {
    known.asked.set(first, true);
    return written;
  }
  const kept = written.map(writtenOut);
  for (const [index, row] of kept.entries()) known.rows.set(revisions[index] as string, row);
  return kept;
}
