import { and, eq, gt, inArray, isNotNull, like, lte, not, or, sql } from 'drizzle-orm';
import type { Barrage } from '../domain/barrage.js';
import type { ClaimContent, Origin } from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import { contentOf } from './claim-store.js';
import type { Database } from './database.js';
import { CLAIM_COLUMNS, NATURAL_KEY_COLUMNS } from './staged-columns.js';
import { changes, claims } from './tables.js';
import { visibleAt } from './versions.js';

/** How the actor of a version begins that an importer wrote. */
export const IMPORT_ACTOR = 'import:';

type Pair = Pick<Barrage, 'attacker' | 'defender'>;

/** A current claim as a matcher needs it. */
export interface MatchableClaim {
  id: string;
  revision: number;
  barrage_id: string;
  content: ClaimContent;
  regions: string[];
  flags: Flag[];
  origin: Origin;
  raw: Record<string, string> | null;
  import_id: string | null;
  import_line: number | null;
  set_by_hand: readonly (keyof ClaimContent)[];
  retracted_by_hand: boolean;
}

const matchable = (row: typeof claims.$inferSelect, retracted_by_hand: boolean): MatchableClaim => {
  const { id, revision, barrage_id, regions, flags, origin, raw, set_by_hand } = row;
  const { import_id, import_line } = row;
  const content = contentOf(row);
  return {
    id,
    revision,
    barrage_id,
    content,
    regions,
    flags,
    origin,
    raw,
    import_id,
    import_line,
    set_by_hand,
    retracted_by_hand,
  };
};

const ofPair = ({ attacker, defender }: Pair) =>
  and(eq(claims.attacker, attacker), eq(claims.defender, defender));

/** Claims of one pair of parties that were read from a file and retracted by hand, as of a dataset version. */
export async function retractedByHand(
  db: Database,
  version: number,
  pair: Pair,
): Promise<MatchableClaim[]> {
  const rows = await db.query
    .select({ claim: claims })
    .from(claims)
    .innerJoin(
      changes,
      and(
        eq(changes.entity, 'claim'),
        eq(changes.id, claims.id),
        eq(changes.version, claims.to_version),
        eq(changes.op, 'retracted'),
        not(like(changes.actor, `${IMPORT_ACTOR}%`)),
      ),
    )
    .where(and(ofPair(pair), isNotNull(claims.raw), lte(claims.to_version, version)));
  return rows.map(({ claim }) => matchable(claim, true));
}

/** The claims of some barrages at a dataset version. */
export async function claimsOfNights(
  db: Database,
  version: number,
  barrages: readonly string[],
): Promise<MatchableClaim[]> {
  const rows = await db.query
    .select()
    .from(claims)
    .where(and(visibleAt(claims, version), inArray(claims.barrage_id, [...barrages])));
  return rows.map((row) => matchable(row, false));
}

/** Claims of a pair of parties whose window was corrected by hand: their row may name another night than they do. */
export async function claimsMovedByHand(
  db: Database,
  version: number,
  pair: Pair,
): Promise<MatchableClaim[]> {
  const rows = await db.query
    .select()
    .from(claims)
    .where(
      and(
        visibleAt(claims, version),
        ofPair(pair),
        isNotNull(claims.raw),
        like(claims.set_by_hand, '%"window_%'),
      ),
    );
  return rows.map((row) => matchable(row, false));
}

/** How many claims each barrage of a pair of parties has at a dataset version, and how many of them have a row. */
export async function storedBarrages(
  db: Database,
  version: number,
  pair: Pair,
): Promise<Map<string, { claims: number; rows: number }>> {
  const counts = await db.query
    .select({
      barrage: claims.barrage_id,
      claims: sql<number>`count(*)`,
      rows: sql<number>`count(${claims.raw})`,
    })
    .from(claims)
    .where(and(visibleAt(claims, version), ofPair(pair)))
    .groupBy(claims.barrage_id);
  return new Map(counts.map(({ barrage, ...count }) => [barrage, count]));
}

// What a row does not speak of stays the claim's, and is no difference.
const UNCOMPARED = new Set([
  'id',
  'revision',
  'import_id',
  'import_line',
  'origin',
  'set_by_hand',
  'cited_by',
  'note',
  'alternative_to',
  'independent_of',
  'assertion',
  'quotation',
]);
const COMPARED = CLAIM_COLUMNS.filter((column) => !UNCOMPARED.has(column));

/**
 * How many rows of each barrage of a staged file stand as a current claim says, in every cell and in all that follows
 * from them; claims in which somebody has a hand are left out.
 *
 * @param version the newest: what is written ahead of another one is nobody's yet
 * @param stage the name under which the file's stage is attached
 */
export async function unchangedRows(
  db: Database,
  version: number,
  stage: string,
): Promise<Map<string, number>> {
  const key = NATURAL_KEY_COLUMNS.map((column) => {
    const [one, other] = ['c', 'r'].map((table) =>
      column === 'url' || column === 'target'
        ? `coalesce(${table}.${column}, '')`
        : `${table}.${column}`,
    );
    return `${one} = ${other}`;
  });
  const same = COMPARED.map((column) => `c.${column} is r.${column}`);
  // Looked up once for a row, before its claim is: most rows of a first import are of nights of which nothing is stored.
  const isStored = `exists (select 1 from main.barrages b where b.id = r.barrage_id and b.to_version is null and b.from_version <= ${version})`;
  const rows = await db.query.values<[string, number]>(
    sql.raw(`select r.barrage_id, count(*) from ${stage}.rows r cross join main.claims c
      where ${isStored} and ${key.join(' and ')}
      and coalesce(c.assertion, '') = '' and c.to_version is null
      and c.origin = 'import' and c.import_id is not null and c.set_by_hand = '[]' and ${same.join(' and ')}
      group by r.barrage_id`),
  );
  return new Map(rows);
}

/**
 * The barrages of which any claim was opened or closed after a dataset version and up to another, and whether one of
 * these claims was read from a file.
 */
export async function barragesWrittenBetween(
  db: Database,
  after: number,
  upTo: number,
): Promise<Map<string, { fromFile: boolean }>> {
  const between = (column: typeof claims.from_version | typeof claims.to_version) =>
    and(gt(column, after), lte(column, upTo));
  const rows = await db.query
    .select({ id: claims.barrage_id, fromFile: sql<number>`max(${claims.raw} is not null)` })
    .from(claims)
    .where(or(between(claims.from_version), between(claims.to_version)))
    .groupBy(claims.barrage_id);
  return new Map(rows.map(({ id, fromFile }) => [id, { fromFile: fromFile > 0 }]));
}
