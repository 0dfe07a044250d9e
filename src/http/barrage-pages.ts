import { barrageTotals } from '../analysis/barrage-totals.js';
import type { StoredBarrage } from '../storage/barrage-store.js';
import type { Dependencies } from './dependencies.js';
import { servedBarrage, servedClaim, servedDebrisSite } from './served.js';

/** What can be given inside a barrage. */
export const INCLUDES = ['claims', 'debris_sites', 'sources'] as const;
export type Include = (typeof INCLUDES)[number];

/** Barrages of one pair of parties as they are served: totals per munition, and what was asked to be included. */
export async function servedBarrages(
  { db, stores }: Dependencies,
  version: number,
  barrages: readonly StoredBarrage[],
  include: readonly Include[],
) {
  const [first] = barrages;
  if (first === undefined) return [];
  const ids = barrages.map(({ id }) => id);
  const nights = barrages.map(({ night }) => night);
  const [totals, claims, sites, sources] = await Promise.all([
    barrageTotals(db, version, first, nights),
    stores.claims.claimsOfBarrages(db, version, ids),
    stores.debrisSites.debrisSitesOfBarrages(db, version, ids),
    stores.codeLists.listSources(db, version),
  ]);
  return barrages.map((barrage) => {
    const ownClaims = claims.filter(({ barrage_id }) => barrage_id === barrage.id);
    const ownSites = sites.filter(({ barrage_id }) => barrage_id === barrage.id);
    const parts = [...ownClaims, ...ownSites].map(({ content }) => content);
    const named = new Set(
      parts.flatMap(({ source, cited_by }) => [source, ...cited_by.map((step) => step.source)]),
    );
    return {
      ...servedBarrage(barrage),
      totals: totals.get(barrage.night) ?? [],
      ...(include.includes('claims') && {
        claims: ownClaims.map((claim) => servedClaim(claim, sources, false)),
      }),
      ...(include.includes('debris_sites') && { debris_sites: ownSites.map(servedDebrisSite) }),
      ...(include.includes('sources') && {
        sources: sources.filter(({ slug }) => named.has(slug)),
      }),
    };
  });
}
