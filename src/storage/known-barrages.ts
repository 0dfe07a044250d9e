import { barragesWithIds, lastBarrageRevisions } from './barrage-store.js';
import { claimsOfBarrages, type StoredClaim } from './claim-store.js';
import { type CodeListsAt, codeListsAt } from './code-list-store.js';
import type { Database } from './database.js';
import { debrisSitesOfBarrages, type StoredDebrisSite } from './debris-site-store.js';

/** A claim as far as a posted one is compared with it. */
export type KnownClaim = Pick<StoredClaim, 'id' | 'barrage_id' | 'content'>;
export type KnownSite = Pick<StoredDebrisSite, 'id' | 'content'>;

/** What a posted barrage is compared with: one that is recorded, or one that the same draft records. */
export interface KnownBarrage {
  note: string | null;
  claims: KnownClaim[];
  sites: KnownSite[];
}

/** What is known while barrages are put into a draft; it grows with every one, as if that had been recorded. */
export interface Known {
  lists: CodeListsAt;
  barrages: Map<string, KnownBarrage>;
  /** The highest revision that each barrage has had. */
  revisions: ReadonlyMap<string, number>;
}

/** What is known of some barrages at a dataset version: a few queries, however many there are. */
export async function knownAt(
  db: Database,
  version: number,
  ids: readonly string[],
): Promise<Known> {
  const [lists, stored, revisions] = await Promise.all([
    codeListsAt(db, version),
    barragesWithIds(db, version, ids),
    lastBarrageRevisions(db, version, ids),
  ]);
  const storedIds = stored.map(({ id }) => id);
  const [claims, sites] = await Promise.all([
    claimsOfBarrages(db, version, storedIds),
    debrisSitesOfBarrages(db, version, storedIds),
  ]);
  const barrages = new Map<string, KnownBarrage>(
    stored.map(({ id, note }) => [id, { note, claims: [], sites: [] }]),
  );
  for (const claim of claims) barrages.get(claim.barrage_id)?.claims.push(claim);
  for (const site of sites) barrages.get(site.barrage_id)?.sites.push(site);
  return { lists: { ...lists, munitions: [...lists.munitions] }, barrages, revisions };
}
