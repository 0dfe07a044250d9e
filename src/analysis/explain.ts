import type { Basis, Scope } from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import type { Side } from '../domain/source.js';
import { listClaims } from '../storage/claim-store.js';
import { codeListsAt } from '../storage/code-list-store.js';
import type { Database } from '../storage/database.js';
import type { PageRequest } from '../storage/page.js';
import { describer, type Exclusion } from './cells.js';
import { claimKey } from './claim-key.js';
import { askedFilter } from './query-filter.js';
import type { StatsQuery } from './stats-query.js';

/** A claim behind a summary: what it says, and whether it counted or why not. */
export interface ExplainedClaim {
  id: string;
  href: string;
  barrage_id: string;
  night: string;
  source: string;
  side: Side;
  munition: string;
  scope: Scope;
  basis: Basis;
  launched: number | null;
  intercepted: number | null;
  suppressed: number | null;
  left_airspace: number | null;
  counted: boolean;
  reason: Exclusion | null;
  flags: Flag[];
}

/**
 * One page of the claims inside the asked window and codes, each with whether the summary of the query counts it or why
 * it leaves it out, in the order (night, id). Together the pages hold every claim of the summary once.
 */
export async function explain(
  db: Database,
  version: number,
  query: StatsQuery,
  page: Omit<PageRequest, 'descending'>,
): Promise<ExplainedClaim[]> {
  const describe = describer(query, await codeListsAt(db, version));
  const request = { ...page, descending: false };
  const claims = await listClaims(db, version, askedFilter(query), request);
  return claims.map((claim) => {
    const { id, barrage_id, flags } = claim;
    const { launched, intercepted, suppressed, left_airspace } = claim.content;
    const { night, source, side, munition, scope, basis, excluded } = describe(claimKey(claim));
    return {
      id,
      href: `/claims/${id}?as_of=${version}`,
      barrage_id,
      ...{ night, source, side, munition, scope, basis },
      ...{ launched, intercepted, suppressed, left_airspace },
      counted: excluded === null,
      reason: excluded,
      flags,
    };
  });
}
