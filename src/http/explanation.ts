import { type ExplainedClaim, explain } from '../analysis/explain.js';
import type { Stats } from '../analysis/stats.js';
import type { StatsQuery } from '../analysis/stats-query.js';
import type { DatasetVersion } from '../storage/versions.js';
import { versionFor } from './as-of.js';
import { invalidCursor, walkDigest } from './cursor.js';
import type { Dependencies } from './dependencies.js';
import type { PageInfo } from './listing.js';
import { Problem } from './problem.js';
import { flagParameter, LIMIT_DEFAULT, pageParameters } from './query-schemas.js';

/** Parameters with which a summary lists the claims behind it. */
export const explainParameters = {
  explain: flagParameter
    .optional()
    .describe('`true`: also list the claims counted and left out, each with its reason.'),
  limit: pageParameters.limit.describe(
    `With explain=true: claims per page, ${LIMIT_DEFAULT} by default.`,
  ),
  cursor: pageParameters.cursor.describe('With explain=true: `next_cursor` of the page before.'),
};

interface Asked {
  explain?: boolean | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

function refuseWithoutExplain(own: Asked): void {
  const detail = 'only together with explain=true';
  const errors = (['limit', 'cursor'] as const)
    .filter((parameter) => own[parameter] !== undefined)
    .map((parameter) => ({ parameter, code: 'needs_explain', detail }));
  if (errors.length > 0)
    throw new Problem('invalid-parameter', 'The query breaks the rules named in errors.', {
      errors,
    });
}

/**
 * The page that is asked for, its limit filled in, and the version that it is answered from: that of its cursor.
 *
 * @throws Problem 400 for a page of a list that is not asked for, and for a cursor of another version than `as_of`
 */
export async function settleExplanation<T extends Asked>(
  deps: Dependencies,
  own: T,
  asOf: string,
): Promise<{ own: T; version: DatasetVersion }> {
  const { cursor } = own;
  if (own.explain !== true) {
    refuseWithoutExplain(own);
    return { own, version: await versionFor(deps, asOf) };
  }
  const settled = { ...own, limit: own.limit ?? LIMIT_DEFAULT };
  if (cursor === undefined) return { own: settled, version: await versionFor(deps, asOf) };
  const walked = await versionFor(deps, String(deps.cursors.read(cursor).version));
  // A permalink names the version besides; the two must be one.
  if (asOf !== 'latest' && (await versionFor(deps, asOf)).version !== walked.version)
    throw invalidCursor('this cursor belongs to another dataset version');
  return { own: settled, version: walked };
}

/** The claims behind a summary, one page of them. */
export interface Explanation {
  claims: ExplainedClaim[];
  counted: number;
  left_out: number;
  page: PageInfo;
}

/**
 * The page of claims behind a summary that a request asks for.
 *
 * @param asked everything that shaped the answer; the cursor is bound to it
 */
export async function explanationOf(
  { db, cursors }: Dependencies,
  { version }: DatasetVersion,
  query: StatsQuery,
  summary: Stats,
  asked: Readonly<Record<string, unknown>>,
): Promise<Explanation> {
  // Without as_of: the page of a permalink continues like the page of the walk that it was cited from.
  const { limit: asLimit, cursor, as_of: _, ...bound } = asked;
  const limit = Number(asLimit);
  const digest = walkDigest(bound);
  const after = cursor === undefined ? undefined : cursors.follow(String(cursor), digest);
  const rows = await explain(db, version, query, { limit: limit + 1, after });
  const claims = rows.slice(0, limit);
  const last = claims.at(-1);
  const has_more = rows.length > limit;
  const next_cursor =
    has_more && last !== undefined
      ? cursors.write({ version, night: last.night, id: last.id }, digest)
      : null;
  const left_out = Object.values(summary.excluded).reduce((sum, claim) => sum + claim, 0);
  return {
    claims,
    counted: summary.claims,
    left_out,
    page: { limit, has_more, next_cursor },
  };
}
