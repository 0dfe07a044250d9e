import { asc, isNull, sql } from 'drizzle-orm';
import type { ClaimContent } from '../domain/claim.js';
import { contentOf } from './claim-store.js';
import type { Database } from './database.js';
import type { KnownClaim } from './known-barrages.js';
import { inListed } from './listed.js';
import { preparedRows } from './prepared.js';
import { claims } from './tables.js';

// By the index of natural keys, up to the window: what only states the same differs from it behind that. Never narrower than
// `naturalKey` and `isSameStatement` (claim-identity.ts), which decide: a field that leaves them has to leave here too.
const SIMILAR = `select id from claims
where to_version is null and barrage_id = ? and source = ? and munition = ? and window_start = ? and window_end = ?
  and (
    (coalesce(url, '') = ? and launch_places = ? and coalesce(target, '') = ? and coalesce(assertion, '') = ?)
    or (alternative_to is null and launched is ? and intercepted is ? and suppressed is ? and left_airspace is ?
      and still_airborne is ? and assertion is ?)
  )`;

async function similarTo(db: Database, barrageId: string, content: ClaimContent) {
  const { source, munition, window_start, window_end, url, target, assertion } = content;
  const { launched, intercepted, suppressed, left_airspace, still_airborne } = content;
  const found = await db.rows<{ id: string }>(SIMILAR, [
    ...[barrageId, source, munition, window_start, window_end],
    ...[url ?? '', JSON.stringify(content.launch_places), target ?? '', assertion ?? ''],
    ...[launched, intercepted, suppressed, left_airspace, still_airborne, assertion],
  ]);
  return found.map(({ id }) => id);
}

/**
 * The current claims of a barrage with which a posted one is compared: those that it may repeat (by natural key, or by
 * what they state) and those that it names. However many claims a barrage holds, few are like one another.
 */
export async function similarClaims(
  db: Database,
  barrageId: string,
  content: ClaimContent,
): Promise<KnownClaim[]> {
  const named = [content.alternative_to ?? [], content.independent_of].flat();
  const ids = [...(await similarTo(db, barrageId, content)), ...named];
  if (ids.length === 0) return [];
  const rows = await preparedRows(db, 'similar claims', { ids: JSON.stringify(ids) }, (asked) =>
    db.query
      .select()
      .from(claims)
      .where(sql`${inListed(claims.id, asked.ids)} and ${isNull(claims.to_version)}`)
      .orderBy(asc(claims.id)),
  );
  return rows
    .filter(({ barrage_id }) => barrage_id === barrageId)
    .map((row) => ({ id: row.id, barrage_id: row.barrage_id, content: contentOf(row) }));
}
