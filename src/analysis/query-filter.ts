import { type Source, sideOf } from '../domain/source.js';
import type { ClaimFilter } from '../storage/claim-filter.js';
import type { StatsQuery } from './stats-query.js';

/** The claims that a query asks about, those included that it then leaves out for their side, scope or basis. */
export function askedFilter(query: Omit<StatsQuery, 'side' | 'scope' | 'basis'>) {
  return {
    from: query.from,
    to: query.to,
    ...pairFilter(query),
    munitions: query.munition,
    sources: query.source,
    regions: query.region,
    launch_places: query.launch_place,
  } satisfies ClaimFilter;
}

/** All claims of a query's pair of parties. */
export const pairFilter = ({ attacker, defender }: Pick<StatsQuery, 'attacker' | 'defender'>) =>
  ({ attackers: [attacker], defenders: [defender] }) satisfies ClaimFilter;

/** The sources that speak for the asked side, among those asked for. */
export function sourcesOnSide(
  query: Pick<StatsQuery, 'attacker' | 'defender' | 'side' | 'source'>,
  sources: readonly Source[],
): string[] {
  return sources
    .filter(({ party }) => sideOf(party, query) === query.side)
    .map(({ slug }) => slug)
    .filter((slug) => query.source?.includes(slug) ?? true);
}

/** The claims that a query counts: headline claims of the asked side, scope and basis. */
export function countedFilter(query: StatsQuery, sources: readonly Source[]): ClaimFilter {
  return {
    ...askedFilter(query),
    sources: sourcesOnSide(query, sources),
    scopes: query.scope,
    bases: query.basis,
    headline_only: true,
  };
}
