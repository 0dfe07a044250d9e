import { and, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Basis } from '../domain/claim.js';
import { type ClaimFilter, claimCondition } from './claim-filter.js';
import type { Database } from './database.js';
import { inListed } from './listed.js';
import { walkPrepared } from './prepared.js';
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

/** A headline claim and one that competes with it; each value has its place. */
type Row = [
  headline: number,
  night: string,
  source: string,
  munition: string,
  scope: SumKey['scope'],
  launch_places: string | null,
  ...own: Counts,
  ...rival: Counts,
];
type Count = number | null;
type Counts = [launched: Count, intercepted: Count, suppressed: Count, left: Count, basis: Basis];
const [OWN, RIVAL] = [6, 11];

const rival = alias(claims, 'rival');

const countsOf = (table: typeof claims | typeof rival) => [
  table.launched,
  table.intercepted,
  table.suppressed,
  table.left_airspace,
  table.basis,
];

/** A {@link Row} as JSON. */
function rowOf(byLaunchPlaces: boolean): SQL {
  const columns = [
    sql`${claims}.rowid`,
    claims.night,
    claims.source,
    claims.munition,
    claims.scope,
    byLaunchPlaces ? claims.launch_places : sql`null`,
    ...countsOf(claims),
    ...countsOf(rival),
  ];
  return sql`json_array(${sql.join(columns, sql`, `)})`;
}

const outcomeAt = (row: Row, place: number): Outcome => ({
  launched: row[place] as Count,
  intercepted: row[place + 1] as Count,
  suppressed: row[place + 2] as Count,
  left_airspace: row[place + 3] as Count,
  basis: row[place + 4] as Basis,
});

const contestsOf = (row: Row): Contests => ({
  night: row[1],
  source: row[2],
  munition: row[3],
  scope: row[4],
  basis: row[10],
  launch_places: row[5],
  alternative: false,
  repetition: false,
  assertion: false,
  launched_known: true,
  intercepted_known: true,
  contested: [],
});

// Where the key stands in a row.
const KEY = [1, 2, 3, 4, 5, 10] as const;
const isOfSameKey = (a: Row, b: Row): boolean => KEY.every((place) => a[place] === b[place]);

/** Gathers rows that come night by night. */
class Gathering {
  readonly contests: Contests[] = [];
  // Of one night: what competes stands in the same barrage.
  readonly #keys = new Map<string, Contests>();
  readonly #headlines = new Map<number, Contested>();
  #last: { row: Row; own: Contests } | null = null;

  add(row: Row): void {
    if (row[1] !== this.#last?.row[1]) {
      this.#keys.clear();
      this.#headlines.clear();
    }
    const rival = outcomeAt(row, RIVAL);
    const known = this.#headlines.get(row[0]);
    if (known !== undefined) {
      known.rivals.push(rival);
      return;
    }
    const contested = { headline: outcomeAt(row, OWN), rivals: [rival] };
    this.#headlines.set(row[0], contested);
    this.#ownOf(row).contested.push(contested);
  }

  #ownOf(row: Row): Contests {
    // Mostly the key is that of the row before too.
    if (this.#last !== null && isOfSameKey(row, this.#last.row)) return this.#last.own;
    const name = KEY.map((place) => row[place]).join(' ');
    let own = this.#keys.get(name);
    if (own === undefined) {
      own = contestsOf(row);
      this.#keys.set(name, own);
      this.contests.push(own);
    }
    this.#last = { row, own };
    return own;
  }
}

interface Asked {
  version: number;
  /** Nights as one JSON list. */
  listed: string | undefined;
  byLaunchPlaces: boolean;
  filter: Omit<ClaimFilter, 'nights'>;
}

const contestsQuery = (db: Database) => (asked: Asked) => {
  const { version, listed, filter } = asked;
  const { attackers, defenders, ...others } = filter;
  // A competitor stands in the barrage of what it competes with; there are few, so they are looked up first, and each
  // headline claim by its id. CROSS JOIN keeps SQLite to that order; asked for the pair of the headline claim too, it
  // would go through all claims of the pair for each competitor.
  const ofRival = and(
    isNotNull(rival.alternative_to),
    attackers && inArray(rival.attacker, [...attackers]),
    defenders && inArray(rival.defender, [...defenders]),
    listed === undefined ? undefined : inListed(rival.night, listed),
    visibleAt(rival, version),
  );
  const ofHeadline = and(
    eq(claims.id, rival.alternative_to),
    claimCondition({ ...others, headline_only: true }, version),
    isNull(claims.assertion),
    isNotNull(claims.launched),
    isNotNull(claims.intercepted),
  );
  return db.query
    .select({ rows: sql`json_group_array(${rowOf(asked.byLaunchPlaces)})` })
    .from(rival)
    .crossJoin(claims)
    .where(and(ofRival, ofHeadline))
    .groupBy(rival.night)
    .orderBy(rival.night);
};

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
  const { nights, ...others } = filter;
  const listed = nights && JSON.stringify(nights);
  const gathering = new Gathering();
  // A list of lists for each night: there may be tens of thousands, and to be given them one by one takes as long as to
  // find them.
  await walkPrepared(
    db,
    'contests',
    { version, listed, byLaunchPlaces, filter: others },
    contestsQuery(db),
    ([rows]) => {
      for (const row of JSON.parse(rows as string) as Row[]) gathering.add(row);
    },
  );
  return gathering.contests;
}
