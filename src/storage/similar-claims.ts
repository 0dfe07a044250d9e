import { and, eq, or, sql } from 'drizzle-orm';
import type { ClaimContent } from '../domain/claim.js';
import { contentOf } from './claim-store.js';
import type { Database } from './database.js';
import type { KnownClaim } from './known-barrages.js';
import { inListed } from './listed.js';
import { preparedRows } from './prepared.js';
import { claims } from './tables.js';
import { visibleAt } from './versions.js';

/**
 * The claims of a barrage with which a posted one is compared: those that it may repeat (of the same source, about the
 * same munition in the same window, with the same target or the same launched) and those that it names. However many
 * claims a barrage holds, few are like one another.
 */
export async function similarClaims(
  db: Database,
  version: number,
  barrageId: string,
  content: ClaimContent,
): Promise<KnownClaim[]> {
  const { source, munition, window_start, window_end, launched } = content;
  const question = {
    version,
    barrageId,
    ...{ source, munition, window_start, window_end, launched },
    target: content.target ?? '',
    named: JSON.stringify([content.alternative_to, ...content.independent_of]),
  };
  const rows = await preparedRows(db, 'similar claims', question, (asked) => {
    const isSimilar = and(
      eq(claims.source, asked.source),
      eq(claims.munition, asked.munition),
      eq(claims.window_start, asked.window_start),
      eq(claims.window_end, asked.window_end),
      or(
        sql`coalesce(${claims.target}, '') = ${asked.target}`,
        sql`${claims.launched} is ${asked.launched}`,
      ),
    );
    return db.query
      .select()
      .from(claims)
      .where(
        and(
          eq(claims.barrage_id, asked.barrageId),
          visibleAt(claims, asked.version),
          or(isSimilar, inListed(claims.id, asked.named)),
        ),
      )
      .orderBy(claims.id);
  });
  return rows.map((row) => ({ id: row.id, barrage_id: row.barrage_id, content: contentOf(row) }));
}
