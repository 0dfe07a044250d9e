import { askedFilter } from '../analysis/query-filter.js';
import type { Category } from '../domain/munition.js';
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
  const lists = await deps.stores.codeLists.codeListsAt(deps.db, version);
  const codes = resolveCodes(query, lists);
  const { category } = query;
  const ofCategory = lists.munitions
    .filter((munition) => category?.includes(munition.category))
    .map(({ slug }) => slug);
  const inBoth = ofCategory.filter((slug) => codes.munition?.includes(slug) ?? true);
  return {
    attacker: query.attacker ?? deps.settings.default_attacker,
    defender: query.defender ?? deps.settings.default_defender,
    from: query.from,
    to: query.to,
    ...codes,
    category,
    launch_place: query.launch_place === undefined ? undefined : [query.launch_place],
    munition_slugs: category === undefined ? codes.munition : inBoth,
  };
}

/** The filter of claims that a query asks for. */
export const filterOf = (asked: Asked) => askedFilter({ ...asked, munition: asked.munition_slugs });

/** The asked values as they are echoed: nothing that is only derived. */
export function echoOf({ munition_slugs: _, ...asked }: Asked): Omit<Asked, 'munition_slugs'> {
  return asked;
}
