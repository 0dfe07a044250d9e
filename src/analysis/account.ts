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
  const excluded = {} as Record<Exclusion, number>;
  for (const reason of EXCLUSIONS) excluded[reason] = tally.excluded.get(reason) ?? 0;
  const flagged: Partial<Record<Flag, number>> = {};
  for (const flag of FLAGS) {
    const claims = tally.flagged.get(flag);
    if (claims !== undefined) flagged[flag] = claims;
  }
  const mixed = tally.tally_claims > 0 && tally.tally_claims < tally.claims;
  return { excluded, flagged, warnings: mixed ? ['tally_included'] : [] };
}

/** Whether a measure means one thing throughout a group of claims, and where it does not. */
export function comparabilityOf(tally: Tally, measure: Measure) {
  const breaks = tally.breaks();
  return { comparable: !breaks.some(({ affects }) => affects.includes(measure)), breaks };
}
