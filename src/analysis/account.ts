import { FLAGS, type Flag } from '../domain/claim-flags.js';
import type { Measure } from '../domain/measure.js';
import { EXCLUSIONS, type Exclusion } from './cells.js';
import type { Tally } from './tally.js';

/** What every statistic says about the claims behind it: the left out with reasons, the flagged, and warnings. */
export interface Account {
  excluded: Record<Exclusion, number>;
  flagged: Partial<Record<Flag, number>>;
  warnings: string[];
}

/** The account of a group of claims. */
export function accountOf(tally: Tally): Account {
  const flagged = FLAGS.flatMap((flag) => {
    const claims = tally.flagged.get(flag);
    return claims === undefined ? [] : [[flag, claims] as const];
  });
  const mixed = tally.tally_claims > 0 && tally.tally_claims < tally.claims;
  return {
    excluded: Object.fromEntries(
      EXCLUSIONS.map((reason) => [reason, tally.excluded.get(reason) ?? 0]),
    ) as Record<Exclusion, number>,
    flagged: Object.fromEntries(flagged),
    warnings: mixed ? ['tally_included'] : [],
  };
}

/** Whether a measure means one thing throughout a group of claims, and where it does not. */
export function comparabilityOf(tally: Tally, measure: Measure) {
  const breaks = tally.breaks();
  return { comparable: !breaks.some(({ affects }) => affects.includes(measure)), breaks };
}
