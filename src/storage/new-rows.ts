import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Operation } from '../domain/change.js';
import type { ClaimContent } from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import { COMMIT_INSTANT } from './commit-instant.js';
import { type Layout, type NewRow, newRow, type Row } from './statements.js';
import { changes, claims } from './tables.js';

/** What every line of the log says in a version. */
export const logged = (version: number, actor: string) => ({ version, actor, at: COMMIT_INSTANT });

type Logged = ReturnType<typeof logged>;
const LOGGED: Layout = { beside: [], always: Object.keys(logged(0, '')) };

/** What a line of the log says beside that. */
export interface Line {
  seq: number;
  op: Operation;
  entity: string;
  id: string;
  revision: number;
  fields: readonly string[];
  reason: string | null;
}

/** A line of the log. */
export const logRow = (line: Line, always: Logged): NewRow =>
  newRow(changes, LOGGED, line as unknown as Row, always);

/** What every current row with a revision says in a version. */
export function current(version: number, revision: number) {
  return { revision, from_version: version, to_version: null, recorded_at: COMMIT_INSTANT };
}

type Current = ReturnType<typeof current>;
const VERSIONED: Layout = { beside: [], always: Object.keys(current(0, 1)) };

/** The current revision of a record. @param own all but the columns of every versioned table */
export const revisionRow = (table: SQLiteTable, own: object, always: Current): NewRow =>
  newRow(table, VERSIONED, own as Row, always);

/** What a posted claim has beside its content. */
export interface PostedClaim {
  id: string;
  barrage_id: string;
  regions: readonly string[];
  flags: readonly Flag[];
}

const POSTED_CLAIM = [
  'id',
  'barrage_id',
  'regions',
  'flags',
] as const satisfies readonly (keyof PostedClaim)[];

/** What every claim says that is posted in a version. */
export function posted(version: number) {
  return {
    revision: 1,
    from_version: version,
    to_version: null,
    recorded_at: COMMIT_INSTANT,
    origin: 'client',
    import_id: null,
    import_line: null,
    raw: null,
    set_by_hand: [],
  };
}

const POSTED: Layout = { beside: POSTED_CLAIM, always: Object.keys(posted(0)) };

/** The same of a posted claim. */
export function postedRow(
  content: ClaimContent,
  claim: PostedClaim,
  always: ReturnType<typeof posted>,
): NewRow {
  const [own, beside] = [content, claim] as unknown as [Row, Row];
  return newRow(claims, POSTED, own, always, beside);
}
