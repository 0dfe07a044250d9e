import { and, count, sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { type ClaimFilter, claimCondition } from './claim-filter.js';
import { claimsAsJson, claimsJoined } from './claim-json.js';
import { type CodeListsAt, codeListsAt } from './code-list-store.js';
import type { Database } from './database.js';
import { ahead, keyset, type PageRequest, type Position } from './page.js';
import { preparedRecords } from './prepared.js';
import { claims } from './tables.js';

/** The rows of a page as they are sent. */
interface WrittenRows {
  /** Their JSON, joined by commas; as bytes where it is in UTF-8 already. */
  rows: string | Buffer;
  /** The last of them; undefined if there is none. */
  last: Position | undefined;
}

/** A page of a walk as it is sent. */
export interface WrittenPage extends WrittenRows {
  has_more: boolean;
}

// Some 80 pages of fifty claims: those with the newest are what is asked for most.
const HELD_BYTES = 4 * 1024 * 1024;
// What a page takes besides its bytes and its name.
const PAGE_BYTES = 500;
const PAGES_REMEMBERED = 1_000;
// Joined by the database, rows stand in memory beside the body that is made of them: 25 MB stayed of a walk by 500.
const JOINED_MAX = 100;

/** Pages by their revisions. A revision never changes; on whose side it speaks is told by the code lists. */
interface Held {
  lists: CodeListsAt;
  pages: LRUCache<string, WrittenRows & { rows: Buffer }>;
  /** Where pages end that are not held: most are asked for once, and would only grow old in memory. */
  asked: LRUCache<string, true>;
}
const held = new WeakMap<Database, Held>();

function heldWith(db: Database, lists: CodeListsAt): Held {
  const known = held.get(db);
  if (known?.lists === lists) return known;
  const made: Held = {
    lists,
    pages: new LRUCache({
      maxSize: HELD_BYTES,
      sizeCalculation: ({ rows }, revisions) => rows.length + revisions.length + PAGE_BYTES,
    }),
    asked: new LRUCache({ max: PAGES_REMEMBERED }),
  };
  held.set(db, made);
  return made;
}

/** The revisions of a page in turn, and how many there are, from an index alone. */
async function revisionsOn(
  db: Database,
  version: number,
  filter: ClaimFilter,
  page: PageRequest,
): Promise<{ names: string; count: number }> {
  const question = { version, filter: ahead(filter, page), page };
  const [found] = await preparedRecords<typeof question, { names: string | null; count: number }>(
    db,
    'revisions of claims',
    question,
    ({ version, filter, page }) => {
      const { order, condition } = keyset(claims, page);
      const listed = db.query
        .select({ name: sql`${claims.id} || ${claims.from_version}`.as('name') })
        .from(claims)
        .where(and(claimCondition(filter, version), condition))
        .orderBy(...order)
        .limit(page.limit)
        .as('page');
      const names = sql`group_concat(${listed.name})`.as('names');
      return db.query.select({ names, count: count().as('count') }).from(listed);
    },
  );
  return { names: found?.names ?? '', count: found?.count ?? 0 };
}

async function rowByRow(...question: Parameters<typeof claimsJoined>): Promise<WrittenRows> {
  const rows = await claimsAsJson(...question);
  return { rows: rows.map(({ json }) => json).join(','), last: rows.at(-1) };
}

/**
 * Claims that meet a filter at a dataset version, one page in the order (night, id), as they are sent. A page is held
 * once one that ended with the same claim was written lately; one that is held is not written again, whatever was
 * asked to get there.
 *
 * @param page one row more than are given: it tells whether there are more
 */
export async function claimPage(
  db: Database,
  version: number,
  filter: ClaimFilter,
  page: PageRequest,
): Promise<WrittenPage> {
  const { pages, asked } = heldWith(db, await codeListsAt(db, version));
  const { names, count } = await revisionsOn(db, version, filter, page);
  const has_more = count === page.limit;
  const given = has_more ? names.slice(0, names.lastIndexOf(',')) : names;
  const known = pages.get(given);
  if (known !== undefined) return { rows: known.rows, last: known.last, has_more };
  const limit = has_more ? count - 1 : count;
  const write = limit > JOINED_MAX ? rowByRow : claimsJoined;
  const { rows, last } = await write(db, version, filter, { ...page, limit });
  const end = last?.id ?? '';
  if (asked.has(end) && typeof rows !== 'string') pages.set(given, { rows, last });
  asked.set(end, true);
  return { rows, last, has_more };
}
