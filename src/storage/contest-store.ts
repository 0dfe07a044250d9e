import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Basis } from '../domain/claim.js';
import { type ClaimFilter, claimCondition } from './claim-filter.js';
import type { Database } from './database.js';
import { inListed } from './listed.js';
import type { SumKey } from './sum-store.js';
import { claims } from './tables.js';
import { visibleAt } from './versions.js';

/** The counts that make a rate, if they are more than a tally. */
export interface Outcome {
  launched: number | null;
  intercepted: number | null;
  suppressed: number | null;
  left_airspace: number | null;
  basis: Basis;
}

/** A headline claim with all claims that compete with it. */
export interface Contested {
  headline: Outcome;
  rivals: Outcome[];
}

/** The headline claims of one key that others compete with. */
export interface Contests extends SumKey {
  contested: Contested[];
}

type Counts = [number | null, number | null, number | null, number | null, Basis];
type Key = [string, string, string, SumKey['scope'], string | null];
type Row = [id: string, ...Key, ...Counts, ...Counts];

const rival = alias(claims, 'rival');

const countsOf = (name: string, table: typeof claims | typeof rival) => ({
  [`${name}_launched`]: table.launched,
  [`${name}_intercepted`]: table.intercepted,
  [`${name}_suppressed`]: table.suppressed,
  [`${name}_left_airspace`]: table.left_airspace,
  [`${name}_basis`]: table.basis,
});

/** In the order of a {@link Row}. */
const columnsOf = (byLaunchPlaces: boolean) => ({
  id: claims.id,
  night: claims.night,
  source: claims.source,
  munition: claims.munition,
  scope: claims.scope,
  launch_places: byLaunchPlaces ? claims.launch_places : sql`null`,
  ...countsOf('own', claims),
  ...countsOf('rival', rival),
});

function contestsOf([, night, source, munition, scope, launch_places, ...counts]: Row): Contests {
  const key = { night, source, munition, scope, basis: counts[4], launch_places };
  const counted = { alternative: false, repetition: false, assertion: false };
  return { ...key, ...counted, launched_known: true, intercepted_known: true, contested: [] };
}

const outcomeOf = ([launched, intercepted, suppressed, left_airspace, basis]: Counts): Outcome => ({
  launched,
  intercepted,
  suppressed,
  left_airspace,
  basis,
});

/** Gathers rows that come night by night. */
function gathered(rows: readonly Row[]): Contests[] {
  const contests = new Map<string, Contests>();
  const known = new Map<string, Contested>();
  for (const row of rows) {
    const [id, night, source, munition, scope, places, l, i, s, a, basis, ...rest] = row;
    let contested = known.get(id);
    if (contested === undefined) {
      contested = { headline: outcomeOf([l, i, s, a, basis]), rivals: [] };
      known.set(id, contested);
      const name = JSON.stringify([night, source, munition, scope, basis, places]);
      const own = contests.get(name) ?? contestsOf(row);
      contests.set(name, own);
      own.contested.push(contested);
    }
    contested.rivals.push(outcomeOf(rest));
  }
  return [...contests.values()];
}

/**
 * Headline claims inside a filter at a dataset version with all claims that compete with them, whoever makes these,
 * night by night. Headline claims that may enter a rate, that is: what is itself in contest, merely repeats, or lacks a
 * count enters none.
 *
 * @param byLaunchPlaces tell apart headline claims with different launch places too
 */
export async function contests(
  db: Database,
  version: number,
  filter: ClaimFilter,
  byLaunchPlaces: boolean,
): Promise<Contests[]> {
  const { attackers, defenders, nights, ...others } = filter;
  // A competitor stands in the barrage of what it competes with; there are few, so they are looked up first, and each
  // headline claim by its id. CROSS JOIN keeps SQLite to that order; asked for the pair of the headline claim too, it
  // would go through all claims of the pair for each competitor.
  const ofRival = and(
    isNotNull(rival.alternative_to),
    attackers && inArray(rival.attacker, [...attackers]),
    defenders && inArray(rival.defender, [...defenders]),
    nights && inListed(rival.night, JSON.stringify(nights)),
    visibleAt(rival, version),
  );
  const ofHeadline = and(
    eq(claims.id, rival.alternative_to),
    claimCondition({ ...others, headline_only: true }, version),
    isNull(claims.assertion),
    isNotNull(claims.launched),
    isNotNull(claims.intercepted),
  );
  // As they come from SQLite: there may be tens of thousands, and naming their values takes longer than finding them.
  const rows = await db.query
    .select(columnsOf(byLaunchPlaces))
    .from(rival)
    .crossJoin(claims)
    .where(and(ofRival, ofHeadline))
    .orderBy(rival.night)
    .values();
  return gathered(rows as Row[]);
}
