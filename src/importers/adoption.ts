import { barrageId } from '../domain/barrage.js';
import type { ClaimContent } from '../domain/claim.js';
import { IDENTIFYING_COUNTS, naturalKey } from '../domain/claim-identity.js';
import { gather } from './gather.js';
import type { ExistingClaim, ImportPlan, ParsedRow } from './import-types.js';

/** Rows that say what a claim recorded by hand already says, and the claims that no row says. */
export interface Adoptions {
  claims: Map<ParsedRow, ExistingClaim>;
  left: ExistingClaim[];
}

const STATEMENT = [
  'source',
  'munition',
  'window_start',
  'window_end',
  ...IDENTIFYING_COUNTS,
] as const;
const LIKENESS = ['window_start', 'window_end', ...IDENTIFYING_COUNTS] as const;

// From the strictest to the barest, so that of two rows with equal counts the one that also names the same places or
// the same post gets the claim.
const CLOSENESS: readonly ((content: ClaimContent) => string)[] = [
  naturalKey,
  ({ launch_places }) => JSON.stringify(launch_places),
  () => '',
];

const statementKey = (barrage: string, content: ClaimContent, more: string): string =>
  JSON.stringify([barrage, ...STATEMENT.map((field) => content[field]), more]);

const likenessKey = (barrage: string, { source, munition }: ClaimContent): string =>
  JSON.stringify([barrage, source, munition]);

/**
 * Pairs rows with headline claims recorded by hand that make the same statement (same barrage, source, munition,
 * window and counts), one to one, so that no night counts one report twice.
 *
 * @param rows rows without a claim, in the order of the file
 * @param claims headline claims without a row
 */
export function adopt(rows: readonly ParsedRow[], claims: readonly ExistingClaim[]): Adoptions {
  const adopted = new Map<ParsedRow, ExistingClaim>();
  const left = new Set(claims.toSorted((a, b) => Number(a.id > b.id) - Number(a.id < b.id)));
  for (const closeness of CLOSENESS) {
    const waiting = gather(left, ({ barrage_id, content }) =>
      statementKey(barrage_id, content, closeness(content)),
    );
    for (const row of left.size === 0 ? [] : rows) {
      if (adopted.has(row)) continue;
      const { barrage, content } = row;
      const key = statementKey(barrageId(barrage), content, closeness(content));
      const claim = waiting.get(key)?.shift();
      if (claim === undefined) continue;
      adopted.set(row, claim);
      left.delete(claim);
    }
  }
  return { claims: adopted, left: [...left] };
}

/**
 * Rows that come near a claim recorded by hand: same barrage, source and munition, but a claim of their own. Each is
 * given with the identifying fields in which it differs; none means that both say the same and count twice.
 *
 * @param claims headline claims that no row was paired with
 */
export function nearDuplicates(
  rows: readonly ParsedRow[],
  claims: readonly ExistingClaim[],
): ImportPlan['possible_duplicates'] {
  const byHand = gather(claims, ({ barrage_id, content }) => likenessKey(barrage_id, content));
  if (byHand.size === 0) return [];
  return rows.flatMap(({ line, barrage, content }) =>
    (byHand.get(likenessKey(barrageId(barrage), content)) ?? []).map((claim) => ({
      line,
      claim_id: claim.id,
      differs: LIKENESS.filter((field) => content[field] !== claim.content[field]),
    })),
  );
}
