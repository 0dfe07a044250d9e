import { and, count, gt, lte, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { type ClaimFilter, claimCondition } from './claim-filter.js';
import type { Database } from './database.js';
import { GROUPED, keyColumns, type SumKey, total } from './sum-store.js';
import { claims, sources } from './tables.js';

/** Claims of one key that entered or left the dataset with one version, added up over nights and munitions. */
export interface VersionSums extends SumKey {
  version: number;
  claims: number;
  launched: number | null;
  intercepted: number | null;
  suppressed: number | null;
  suppressed_claims: number;
  left_airspace: number | null;
  left_airspace_claims: number;
}

const KEY = GROUPED.filter((part) => part !== claims.night && part !== claims.munition);

function sumsBy(
  db: Database,
  version: SQL<number>,
  condition: SQL | undefined,
  by: SQLiteColumn[],
) {
  return db.query
    .select({
      ...keyColumns(false),
      night: sql<string>`''`,
      munition: sql<string>`''`,
      version,
      claims: count(),
      launched: total(claims.launched),
      intercepted: total(claims.intercepted),
      suppressed: total(claims.suppressed),
      suppressed_claims: count(claims.suppressed),
      left_airspace: total(claims.left_airspace),
      left_airspace_claims: count(claims.left_airspace),
    })
    .from(claims)
    .where(condition)
    .groupBy(...by, ...KEY);
}

type Pair = Pick<ClaimFilter, 'attackers' | 'defenders'>;

/** All claims of a pair at a dataset version. */
export function sumsAt(db: Database, pair: Pair, version: number): Promise<VersionSums[]> {
  return sumsBy(db, sql<number>`${version}`, claimCondition(pair, version), []);
}

/**
 * What each version after one and up to another added to the claims of a pair, and took from them. A correction is in
 * both. Totals add up, so a state and these give every later state.
 */
export async function sumsBetween(
  db: Database,
  { attackers = [], defenders = [] }: Pair,
  after: number,
  upTo: number,
): Promise<{ entered: VersionSums[]; left: VersionSums[] }> {
  const ofPair = sql`${claims.attacker} in ${[...attackers]} and ${claims.defender} in ${[...defenders]}`;
  const by = (column: SQLiteColumn) => {
    const within = and(gt(column, after), lte(column, upTo), ofPair);
    return sumsBy(db, sql<number>`${column}`, within, [column]);
  };
  const [entered, left] = await Promise.all([by(claims.from_version), by(claims.to_version)]);
  return { entered, left };
}

/** For whom a source speaks, from one dataset version until before another. */
export interface PartySpan {
  slug: string;
  party: string | null;
  from_version: number;
  to_version: number | null;
}

/** Every revision of every source, as far as it decides the side. */
export function partySpans(db: Database): Promise<PartySpan[]> {
  const { slug, party, from_version, to_version } = sources;
  return db.query.select({ slug, party, from_version, to_version }).from(sources);
}
