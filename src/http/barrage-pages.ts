import { barrageConflicts } from '../analysis/barrage-conflicts.js';
import { type BarrageTotal, barrageTotals } from '../analysis/barrage-totals.js';
import { SIDES, type Side } from '../domain/source.js';
import type { StoredBarrage } from '../storage/barrage-store.js';
import type { Dependencies } from './dependencies.js';
import { servedBarrage } from './served.js';

/** What can be given inside a barrage. */
export const INCLUDES = ['claims', 'debris_sites', 'sources', 'sides', 'conflicts'] as const;
export type Include = (typeof INCLUDES)[number];

type Totals = ReadonlyMap<string, BarrageTotal[]>;
const NO_TOTALS: Totals = new Map();

/** What is looked at of a claim as it is served. */
type Claim = Record<string, unknown> & { id: string; side: Side } & Sourced;
interface Sourced {
  source: string;
  cited_by: { source: string }[];
}

/** Records by their barrage. */
function byBarrage<T>(rows: readonly { barrage_id: string; json: string }[]) {
  const grouped = new Map<string, T[]>();
  for (const { barrage_id, json } of rows) {
    const own = grouped.get(barrage_id);
    if (own === undefined) grouped.set(barrage_id, [JSON.parse(json)]);
    else own.push(JSON.parse(json));
  }
  return grouped;
}

/** Everything that barrages are served from; what nothing asks for is not read. */
async function loadParts(
  { db, stores }: Dependencies,
  version: number,
  barrages: readonly StoredBarrage[],
  include: readonly Include[],
) {
  const ids = barrages.map(({ id }) => id);
  const nights = barrages.map(({ night }) => night);
  const [pair = { attacker: '', defender: '' }] = barrages;
  const idsFor = (...parts: Include[]) => (include.some((part) => parts.includes(part)) ? ids : []);
  const totalsOf = (side: Side): Promise<Totals> =>
    include.includes('sides')
      ? barrageTotals(db, version, pair, nights, side)
      : Promise.resolve(NO_TOTALS);
  const [defender, attacker, third_party, claims, sites, compared, sources] = await Promise.all([
    barrageTotals(db, version, pair, nights),
    totalsOf('attacker'),
    totalsOf('third_party'),
    stores.claimJson.claimsOfBarragesAsJson(db, version, idsFor('claims', 'sources', 'sides')),
    stores.debrisSites.sitesOfBarragesAsJson(db, version, idsFor('debris_sites', 'sources')),
    stores.claims.claimsOfBarrages(db, version, idsFor('conflicts')),
    stores.codeLists.listSources(db, version),
  ]);
  return {
    totals: { defender, attacker, third_party },
    claims: byBarrage<Claim>(claims),
    sites: byBarrage<Sourced>(sites),
    compared,
    sources,
  };
}
type Parts = Awaited<ReturnType<typeof loadParts>>;

/** The claims by side, each side with its own totals: sides are told apart and never added. */
function sidesOf(night: string, claims: readonly Claim[], totals: Parts['totals']) {
  return SIDES.flatMap((side) => {
    const own = claims.filter((claim) => claim.side === side).map(({ id }) => id);
    return own.length === 0 ? [] : [{ side, totals: totals[side].get(night) ?? [], claims: own }];
  });
}

function servedParts(
  { id, night }: StoredBarrage,
  { totals, claims, sites, compared, sources }: Parts,
  include: readonly Include[],
) {
  const ownClaims = claims.get(id) ?? [];
  const ownSites = sites.get(id) ?? [];
  const named = new Set(
    [...ownClaims, ...ownSites].flatMap(({ source, cited_by }) => [
      source,
      ...cited_by.map((step) => step.source),
    ]),
  );
  const parts: Record<Include, () => unknown> = {
    claims: () => ownClaims,
    debris_sites: () => ownSites,
    sources: () => sources.filter(({ slug }) => named.has(slug)),
    sides: () => sidesOf(night, ownClaims, totals),
    conflicts: () =>
      barrageConflicts(
        compared.filter(({ barrage_id }) => barrage_id === id),
        sources,
      ),
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
