import { and, eq, isNotNull, like, lte, not } from 'drizzle-orm';
import type { Barrage } from '../domain/barrage.js';
import type { ClaimContent, Origin } from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import { contentOf } from './claim-store.js';
import type { Database } from './database.js';
import { changes, claims } from './tables.js';
import { visibleAt } from './versions.js';

/** How the actor of a version begins that an importer wrote. */
export const IMPORT_ACTOR = 'import:';

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

/** All claims of one pair of parties at a dataset version, and those read from a file that were retracted by hand. */
export async function matchableClaims(
  db: Database,
  version: number,
  pair: Pick<Barrage, 'attacker' | 'defender'>,
): Promise<MatchableClaim[]> {
  const ofPair = and(eq(claims.attacker, pair.attacker), eq(claims.defender, pair.defender));
  const current = await db.query
    .select()
    .from(claims)
    .where(and(visibleAt(claims, version), ofPair));
  const retracted = await db.query
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
    .where(and(ofPair, isNotNull(claims.raw), lte(claims.to_version, version)));
  return [
    ...current.map((row) => matchable(row, false)),
    ...retracted.map((row) => matchable(row.claim, true)),
  ];
}
