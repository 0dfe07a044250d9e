import { barrageConflicts } from '../analysis/barrage-conflicts.js';
import { type BarrageTotal, barrageTotals } from '../analysis/barrage-totals.js';
import { SIDES, type Side, type Source } from '../domain/source.js';
import type { StoredBarrage } from '../storage/barrage-store.js';
import type { StoredClaim } from '../storage/claim-store.js';
import type { StoredDebrisSite } from '../storage/debris-site-store.js';
import type { Dependencies } from './dependencies.js';
import { servedBarrage, servedClaim, servedDebrisSite } from './served.js';

/** What can be given inside a barrage. */
export const INCLUDES = ['claims', 'debris_sites', 'sources', 'sides', 'conflicts'] as const;
export type Include = (typeof INCLUDES)[number];

type Totals = ReadonlyMap<string, BarrageTotal[]>;
const NO_TOTALS: Totals = new Map();

/** Everything that barrages are served from. */
interface Parts {
  totals: Record<Side, Totals>;
  claims: readonly StoredClaim[];
  sites: readonly StoredDebrisSite[];
  sources: readonly Source[];
}

async function loadParts(
  { db, stores }: Dependencies,
  version: number,
  barrages: readonly StoredBarrage[],
  include: readonly Include[],
): Promise<Parts> {
  const ids = barrages.map(({ id }) => id);
  const nights = barrages.map(({ night }) => night);
  const [pair = { attacker: '', defender: '' }] = barrages;
  const totalsOf = (side: Side): Promise<Totals> =>
    include.includes('sides')
      ? barrageTotals(db, version, pair, nights, side)
      : Promise.resolve(NO_TOTALS);
  const [defender, attacker, third_party, claims, sites, sources] = await Promise.all([
    barrageTotals(db, version, pair, nights),
    totalsOf('attacker'),
    totalsOf('third_party'),
    stores.claims.claimsOfBarrages(db, version, ids),
    stores.debrisSites.debrisSitesOfBarrages(db, version, ids),
    stores.codeLists.listSources(db, version),
  ]);
  return { totals: { defender, attacker, third_party }, claims, sites, sources };
}

/** The claims by side, each side with its own totals: sides are told apart and never added. */
function sidesOf(
  night: string,
  claims: readonly ReturnType<typeof servedClaim>[],
  totals: Parts['totals'],
) {
  return SIDES.flatMap((side) => {
    const own = claims.filter((claim) => claim.side === side).map(({ id }) => id);
    return own.length === 0 ? [] : [{ side, totals: totals[side].get(night) ?? [], claims: own }];
  });
}

function servedParts(
  { id, night }: StoredBarrage,
  { totals, claims, sites, sources }: Parts,
  include: readonly Include[],
) {
  const ownClaims = claims.filter(({ barrage_id }) => barrage_id === id);
  const ownSites = sites.filter(({ barrage_id }) => barrage_id === id);
  const served = ownClaims.map((claim) => servedClaim(claim, sources, false));
  const named = new Set(
    [...ownClaims, ...ownSites].flatMap(({ content }) => [
      content.source,
      ...content.cited_by.map((step) => step.source),
    ]),
  );
  const parts: Record<Include, () => unknown> = {
    claims: () => served,
    debris_sites: () => ownSites.map(servedDebrisSite),
    sources: () => sources.filter(({ slug }) => named.has(slug)),
    sides: () => sidesOf(night, served, totals),
    conflicts: () => barrageConflicts(ownClaims, sources),
  };
  return Object.fromEntries(
    INCLUDES.filter((part) => include.includes(part)).map((part) => [part, parts[part]()]),
  );
}

/** Barrages of one pair of parties as they are served: totals per munition, and what was asked to be included. */
export async function servedBarrages(
  deps: Dependencies,
  version: number,
  barrages: readonly StoredBarrage[],
  include: readonly Include[],
) {
  if (barrages.length === 0) return [];
  const parts = await loadParts(deps, version, barrages, include);
  return barrages.map((barrage) => ({
    ...servedBarrage(barrage),
    totals: parts.totals.defender.get(barrage.night) ?? [],
    ...servedParts(barrage, parts, include),
  }));
}
