import { barrageKey } from '../domain/barrage.js';
import { type Conflict, conflictsOf } from '../domain/conflict.js';
import { type Source, sideOfSource } from '../domain/source.js';
import { type BarrageFilter, listBarrages, type StoredBarrage } from '../storage/barrage-store.js';
import { claimsOfBarrages, type StoredClaim } from '../storage/claim-store.js';
import { listSources } from '../storage/code-list-store.js';
import type { Database } from '../storage/database.js';
import type { PageRequest } from '../storage/page.js';

const CHUNK = 200;

/** Where the claims of one barrage contradict each other. */
export function barrageConflicts(
  claims: readonly StoredClaim[],
  sources: readonly Source[],
): Conflict[] {
  const statements = claims.map(({ id, barrage_id, content }) => ({
    id,
    side: sideOfSource(content.source, sources, barrageKey(barrage_id)),
    content,
  }));
  return conflictsOf(statements);
}

/**
 * Barrages that meet a filter and whose claims contradict each other, or do not; one page in the order (night, id).
 * Whether they do is not a condition that SQL could decide without a second copy of the rules, so the walk is sifted.
 */
export async function listByConflict(
  db: Database,
  version: number,
  filter: BarrageFilter,
  page: PageRequest,
  wanted: boolean,
): Promise<StoredBarrage[]> {
  const sources = await listSources(db, version);
  // Without a second source, a competing claim or a second assertion there is nothing to contradict.
  const candidates = wanted ? { ...filter, contestable: true } : filter;
  const found: StoredBarrage[] = [];
  let { after } = page;
  for (;;) {
    const chunk = await listBarrages(db, version, candidates, { ...page, limit: CHUNK, after });
    const ids = chunk.map(({ id }) => id);
    const claims = await claimsOfBarrages(db, version, ids);
    for (const barrage of chunk) {
      const own = claims.filter(({ barrage_id }) => barrage_id === barrage.id);
      if (barrageConflicts(own, sources).length > 0 === wanted) found.push(barrage);
    }
    if (found.length >= page.limit || chunk.length < CHUNK) return found.slice(0, page.limit);
    after = chunk.at(-1);
  }
}
