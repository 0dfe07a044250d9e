import { askedFilter, sourcesOnSide } from '../analysis/query-filter.js';
import type { Basis, Scope } from '../domain/claim.js';
import type { Category } from '../domain/munition.js';
import type { Side, Source } from '../domain/source.js';
import type { ClaimFilter } from '../storage/claim-filter.js';
import type { CodeListsAt } from '../storage/code-list-store.js';
import type { Dependencies } from './dependencies.js';
import { type AskedCodes, resolveCodes } from './resolve-codes.js';

interface AskedQuery extends AskedCodes {
  from?: string | undefined;
  to?: string | undefined;
  attacker?: string | undefined;
  defender?: string | undefined;
  launch_place?: string | undefined;
}

/** What a query asks about, with the configured pair filled in and every code as the code lists spell it. */
export type Asked = {
  attacker: string;
  defender: string;
  from: string | undefined;
  to: string | undefined;
  munition: string[] | undefined;
  category: readonly Category[] | undefined;
  source: string[] | undefined;
  region: string[] | undefined;
  launch_place: string[] | undefined;
  /** Munitions of the asked categories among the asked munitions. */
  munition_slugs: string[] | undefined;
};

/** Resolves the codes of a query at a dataset version. @throws Problem 400 naming every unknown code */
export async function resolveAsked(
  deps: Dependencies,
  query: AskedQuery,
  version: number,
): Promise<Asked> {
  return resolvedBy(deps, query, await deps.stores.codeLists.codeListsAt(deps.db, version));
}

/** The same with the code lists of the version. */
export function resolvedBy(
  { settings }: Dependencies,
  query: AskedQuery,
  lists: CodeListsAt,
): Asked {
  const codes = resolveCodes(query, lists);
  const { category } = query;
  return {
    attacker: query.attacker ?? settings.default_attacker,
    defender: query.defender ?? settings.default_defender,
    from: query.from,
    to: query.to,
    munition: codes.munition,
    source: codes.source,
    region: codes.region,
    category,
    launch_place: query.launch_place === undefined ? undefined : [query.launch_place],
    munition_slugs:
      category === undefined ? codes.munition : ofCategory(category, codes.munition, lists),
  };
}

function ofCategory(
  category: readonly Category[],
  munitions: readonly string[] | undefined,
  lists: CodeListsAt,
): string[] {
  return lists.munitions
    .filter((munition) => category.includes(munition.category))
    .map(({ slug }) => slug)
    .filter((slug) => munitions?.includes(slug) ?? true);
}

/** The filter of claims that a query asks for. */
export const filterOf = (asked: Asked) => askedFilter({ ...asked, munition: asked.munition_slugs });

interface ClaimQuery {
  side?: Side | undefined;
  scope?: readonly Scope[] | undefined;
  basis?: readonly Basis[] | undefined;
  min_launched?: number | undefined;
  max_launched?: number | undefined;
  updated_after?: string | undefined;
}

/**
 * The filter of claims that a list asks for, and how it is echoed.
 *
 * @param sources as they were at the asked version: they tell the sides
 */
export function claimFilterOf(asked: Asked, query: ClaimQuery, sources: readonly Source[]) {
  const { side, scope, basis, min_launched, max_launched, updated_after } = query;
  const filter: ClaimFilter = filterOf(asked);
  if (side !== undefined) filter.sources = sourcesOnSide({ ...asked, side }, sources);
  filter.scopes = scope;
  filter.bases = basis;
  filter.min_launched = min_launched;
  filter.max_launched = max_launched;
  filter.updated_after = updated_after;
  const echo = { side, scope, basis, min_launched, max_launched, updated_after };
  return { filter, echo };
}

/** Whether a filter of claims restricts more than nights and parties. */
export function restrictsClaims(filter: ClaimFilter): boolean {
  const { from: _from, to: _to, attackers: _a, defenders: _d, ...more } = filter;
  return Object.values(more).some((part) => part !== undefined);
}

/** The asked values as they are echoed: nothing that is only derived. */
export function echoOf(asked: Asked): Omit<Asked, 'munition_slugs'> {
  const { attacker, defender, from, to, munition, source, region, category, launch_place } = asked;
  return { attacker, defender, from, to, munition, source, region, category, launch_place };
}
