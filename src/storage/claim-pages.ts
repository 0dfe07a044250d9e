import { and, sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { type ClaimFilter, claimCondition } from './claim-filter.js';
import { claimsAsJson } from './claim-json.js';
import { type CodeListsAt, codeListsAt } from './code-list-store.js';
import type { Database } from './database.js';
import type { JsonRow } from './json-text.js';
import { ahead, keyset, type PageRequest } from './page.js';
import { preparedTexts } from './prepared.js';
import { claims } from './tables.js';

// Some 2,000 claims: the newest are what is asked for most.
const HELD_BYTES = 4 * 1024 * 1024;
const CHARACTER_BYTES = 2;
// The name, the row and their place in the map.
const ROW_BYTES = 300;

/** Rows by revision. A revision never changes; on whose side it speaks is told by the code lists. */
interface Held {
  lists: CodeListsAt;
  rows: LRUCache<string, JsonRow>;
}
const held = new WeakMap<Database, Held>();

function rowsWith(db: Database, lists: CodeListsAt): Held['rows'] {
  const known = held.get(db);
  if (known?.lists === lists) return known.rows;
  const rows = new LRUCache<string, JsonRow>({
    maxSize: HELD_BYTES,
    sizeCalculation: ({ json }) => CHARACTER_BYTES * json.length + ROW_BYTES,
  });
  held.set(db, { lists, rows });
  return rows;
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
 * Claims that meet a filter at a dataset version, one page in the order (night, id), as they are served. Revisions that
 * were on a page lately are not written again.
 *
 * @param fields those to give of every claim; all by default
 */
export async function claimPage(
  db: Database,
  version: number,
  filter: ClaimFilter,
  page: PageRequest,
  fields?: readonly string[],
): Promise<JsonRow[]> {
  if (fields !== undefined) return claimsAsJson(db, version, filter, page, fields);
  const known = rowsWith(db, await codeListsAt(db, version));
  const revisions = await revisionsOn(db, version, filter, page);
  const rows: JsonRow[] = [];
  for (const revision of revisions) {
    const row = known.get(revision);
    if (row === undefined) break;
    rows.push(row);
  }
  if (rows.length === revisions.length) return rows;
  const written = await claimsAsJson(db, version, filter, page);
  for (const [index, row] of written.entries()) known.set(revisions[index] as string, row);
  return written;
}
