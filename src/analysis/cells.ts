import { eraAt, erasOf, type ReportingEra } from '../domain/era.js';
import type { Category } from '../domain/munition.js';
import { remembered } from '../domain/remembered.js';
import { type Side, sideOf } from '../domain/source.js';
import type { CodeListsAt } from '../storage/code-list-store.js';
import type { ClaimSums, FlagCount, SumKey } from '../storage/sum-store.js';
import type { Competition } from './competition.js';
import type { StatsQuery } from './stats-query.js';

/** Why a claim inside the asked window and codes enters no rate. One claim has one reason: the first that applies. */
export const EXCLUSIONS = [
  'other_side',
  'alternative',
  'repetition',
  'assertion',
  'national',
  'regional',
  'other_scope',
  'barrage',
  'tally',
  'launched_unknown',
  'outcome_unknown',
] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

/** What the code lists add to a key: everything that groups and exclusions are told apart by. */
export interface Dimensions {
  category: Category;
  side: Side;
  era: string | null;
  reporting_era: ReportingEra | null;
  /** The claimant's eras by first night: breaks are looked up in them. */
  eras: readonly ReportingEra[];
  excluded: Exclusion | null;
}

export type Cell = ClaimSums & Dimensions;
export type FlagCell = FlagCount & Dimensions;
/** The contested headline claims of a key. */
export type ContestCell = SumKey & Dimensions & { competition: Competition };

/** Everything that a summary over one query is computed from. */
export interface Cells {
  sums: Cell[];
  flags: FlagCell[];
  contests: ContestCell[];
}

/** Why the claims of a key enter no rate of a query; null if they do. */
export function exclusionOf(key: SumKey, side: Side, query: StatsQuery): Exclusion | null {
  if (side !== query.side) return 'other_side';
  if (key.alternative) return 'alternative';
  if (key.repetition) return 'repetition';
  if (key.assertion) return 'assertion';
  if (!query.scope.includes(key.scope)) return key.scope === 'other' ? 'other_scope' : key.scope;
  if (!query.basis.includes(key.basis)) return key.basis;
  if (!key.launched_known) return 'launched_unknown';
  return key.intercepted_known ? null : 'outcome_unknown';
}

interface Claimant {
  side: Side;
  eras: ReportingEra[];
}

const NOBODY: Claimant = { side: 'third_party', eras: [] };

function claimantOf(source: string, query: StatsQuery, lists: CodeListsAt): Claimant {
  const party = lists.sources.find(({ slug }) => slug === source)?.party;
  if (party === undefined) return NOBODY;
  return { side: sideOf(party, query), eras: erasOf({ source, party }, lists.eras) };
}

/**
 * A function that tells what the code lists of the version say about a key, of a claim or of many. It alone decides what
 * counts and why not.
 */
export function dimensionsFor(query: StatsQuery, lists: CodeListsAt): (key: SumKey) => Dimensions {
  // After a write there is a night to describe, with few of all sources and munitions.
  const claimant = remembered((source) => claimantOf(source, query, lists));
  const category = remembered(
    (munition) => lists.munitions.find(({ slug }) => slug === munition)?.category,
  );
  return (key) => {
    const { side, eras } = claimant(key.source);
    const reporting_era = eraAt(eras, key.night);
    return {
      category: category(key.munition) ?? 'uncategorised',
      side,
      eras,
      era: reporting_era?.code ?? null,
      reporting_era,
      excluded: exclusionOf(key, side, query),
    };
  };
}

/** A function that adds to a key what {@link dimensionsFor} tells about it. */
export function describer(query: StatsQuery, lists: CodeListsAt) {
  const dimensionsOf = dimensionsFor(query, lists);
  return <K extends SumKey>(key: K): K & Dimensions => ({ ...key, ...dimensionsOf(key) });
}
