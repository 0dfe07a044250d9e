import type { Basis, Scope } from '../domain/claim.js';
import type { Side } from '../domain/source.js';

/** What a statistic is asked over, all defaults spelled out. One pair, one side: sides are never added together. */
export interface StatsQuery {
  attacker: string;
  defender: string;
  side: Side;
  scope: readonly Scope[];
  basis: readonly Basis[];
  from?: string | undefined;
  to?: string | undefined;
  /** Munition slugs; a category is asked for as the munitions in it. */
  munition?: readonly string[] | undefined;
  source?: readonly string[] | undefined;
  region?: readonly string[] | undefined;
  launch_place?: readonly string[] | undefined;
}
