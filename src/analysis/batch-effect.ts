import { barrageKey } from '../domain/barrage.js';
import type { Measure } from '../domain/measure.js';
import type { StoredClaim } from '../storage/claim-store.js';
import { type CodeListsAt, codeListsAt } from '../storage/code-list-store.js';
import type { Database } from '../storage/database.js';
import { type ClaimSums, claimSums, type Given, PARTLY_GIVEN } from '../storage/sum-store.js';
import { type Cell, describer } from './cells.js';
import { claimKey } from './claim-key.js';
import { askedFilter } from './query-filter.js';
import type { Rate } from './rate.js';
import type { StatsQuery } from './stats-query.js';
import { summarise } from './summary.js';
import { tallyOf } from './tallies.js';

/** The figures that one looks at first. */
export interface Headline {
  claims: number;
  nights: number;
  launched: number | null;
  intercepted: number | null;
  suppressed: number | null;
  left_airspace: number | null;
  rates: Record<Measure, Rate>;
}

/** How claims that are not recorded yet would move the figures of one pair of parties. */
export interface Effect {
  attacker: string;
  defender: string;
  before: Headline;
  after: Headline;
}

export type NewClaim = Pick<StoredClaim, 'barrage_id' | 'content'>;
type Pair = Pick<StatsQuery, 'attacker' | 'defender'>;

function givenOf(content: NewClaim['content']): Given {
  const entries = PARTLY_GIVEN.flatMap((name) => {
    const given = content[name] !== null;
    return [
      [`${name}_claims`, given ? 1 : 0],
      [`${name}_launched`, given ? content.launched : null],
    ];
  });
  return Object.fromEntries(entries);
}

/** The sums of a single claim, as the database would give them if no other claim shared its key. */
function sumsOf(claim: NewClaim): ClaimSums {
  const { content } = claim;
  const { launched, intercepted, suppressed, left_airspace, still_airborne } = content;
  const { hit_locations, debris_locations } = content;
  return {
    ...claimKey(claim),
    claims: 1,
    independent_claims: content.independent_of.length === 0 ? 1 : 0,
    launched,
    intercepted,
    suppressed,
    left_airspace,
    still_airborne,
    hit_locations,
    debris_locations,
    given: givenOf(content),
  };
}

/** Cells of claims that are not recorded yet. */
export function newCells(
  claims: readonly NewClaim[],
  query: StatsQuery,
  lists: CodeListsAt,
): Cell[] {
  return claims.map(sumsOf).map(describer(query, lists));
}

function headlineOf(sums: readonly Cell[]): Headline {
  // Nights in their order, as the database gives them: a sum of fractions depends on it in the last digit.
  const ordered = sums.toSorted((a, b) => (a.night < b.night ? -1 : Number(a.night > b.night)));
  const summary = summarise(tallyOf({ sums: ordered, flags: [], contests: [] }));
  const { claims, nights, launched, intercepted, suppressed, left_airspace, rates } = summary;
  return { claims, nights, launched, intercepted, suppressed, left_airspace, rates };
}

function pairsOf(barrageIds: readonly string[]): Pair[] {
  const pairs = barrageIds.map((id): [string, Pair] => {
    const { attacker, defender } = barrageKey(id);
    return [`${attacker} ${defender}`, { attacker, defender }];
  });
  return [...new Map(pairs).values()];
}

/**
 * How new claims would move the headline statistics of every pair of parties, all nights and everything else at its
 * default, computed as `/stats` computes them after the write.
 *
 * @param version the dataset version that the claims would be added to
 * @param barrageIds barrages of the pairs that are meant, also those to which nothing is added
 */
export async function batchEffect(
  db: Database,
  version: number,
  barrageIds: readonly string[],
  claims: readonly NewClaim[],
): Promise<Effect[]> {
  const lists = await codeListsAt(db, version);
  return Promise.all(
    pairsOf(barrageIds).map(async (pair) => {
      const query: StatsQuery = {
        ...pair,
        side: 'defender',
        scope: ['national'],
        basis: ['barrage'],
      };
      const sums = await claimSums(db, version, askedFilter(query), false);
      const recorded = sums.map(describer(query, lists));
      const prefix = `${pair.attacker}-${pair.defender}-`.toLowerCase();
      const own = claims.filter(({ barrage_id }) => barrage_id.startsWith(prefix));
      const added = newCells(own, query, lists);
      const [before, after] = [headlineOf(recorded), headlineOf([...recorded, ...added])];
      return { ...pair, before, after };
    }),
  );
}
