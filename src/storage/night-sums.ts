import { and, eq, getTableColumns, gt, isNull, lte, or, type SQL } from 'drizzle-orm';
import type { Basis, Scope } from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import { type Contests, contests } from './contest-store.js';
import type { Database } from './database.js';
import { inListed } from './listed.js';
import { walkPrepared } from './prepared.js';
import type { ClaimSums, Given } from './sum-store.js';
import { claimSums } from './tables.js';

/** One attacker and one defender. */
export interface Pair {
  attacker: string;
  defender: string;
}

/** Claims of one key whose flags are the same, added up. */
export interface KeptSum extends ClaimSums {
  flags: readonly Flag[];
}

/** What the claims of one night add up to, and those that compete. Never changed. */
export interface KeptNight {
  night: string;
  sums: readonly KeptSum[];
  contests: readonly Contests[];
}

// Where each column stands in a row. There are thousands of rows before the first answer after a start, and drizzle takes
// longer to make an object of one than SQLite takes to find it.
const AT = Object.fromEntries(
  Object.keys(getTableColumns(claimSums)).map((name, place) => [name, place]),
) as Record<keyof typeof claimSums.$inferSelect, number>;

type Row = readonly unknown[];

/** Makes sums of rows. What many of them have in common they share. */
class Reader {
  readonly #texts = new Map<string, string>();
  readonly #flags = new Map<string, readonly Flag[]>();

  /** A stored sum as the statistics read it: a count that no claim gives is null, not 0. */
  sum(row: Row): KeptSum {
    const number = (place: number) => row[place] as number;
    const given = (claims: number, count: number) => (number(claims) > 0 ? number(count) : null);
    const launchedKnown = row[AT.launched_known] === 1;
    const interceptedKnown = row[AT.intercepted_known] === 1;
    const repetition = row[AT.repetition] === 1;
    const claims = number(AT.claims);
    return {
      night: this.#text(row[AT.night]),
      source: this.#text(row[AT.source]),
      munition: this.#text(row[AT.munition]),
      scope: this.#text(row[AT.scope]) as Scope,
      basis: this.#text(row[AT.basis]) as Basis,
      alternative: row[AT.alternative] === 1,
      repetition,
      assertion: row[AT.assertion] === 1,
      launched_known: launchedKnown,
      intercepted_known: interceptedKnown,
      launch_places: null,
      claims,
      independent_claims: repetition ? 0 : claims,
      launched: launchedKnown ? number(AT.launched) : null,
      intercepted: interceptedKnown ? number(AT.intercepted) : null,
      suppressed: given(AT.suppressed_claims, AT.suppressed),
      left_airspace: given(AT.left_airspace_claims, AT.left_airspace),
      still_airborne: given(AT.still_airborne_claims, AT.still_airborne),
      hit_locations: given(AT.hit_locations_claims, AT.hit_locations),
      debris_locations: given(AT.debris_locations_claims, AT.debris_locations),
      given: givenOf(row, launchedKnown),
      flags: this.#flagsOf(row[AT.flags] as string),
    };
  }

  #text(value: unknown): string {
    const text = value as string;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }

  #flagsOf(text: string): readonly Flag[] {
    const known = this.#flags.get(text) ?? (JSON.parse(text) as Flag[]);
    this.#flags.set(text, known);
    return known;
  }
}

// Field by field: names that are put together for each row take as long as all the rest.
function givenOf(row: Row, launchedKnown: boolean): Given {
  const launched = (claims: number, count: number) =>
    launchedKnown && (row[claims] as number) > 0 ? (row[count] as number) : null;
  return {
    suppressed_claims: row[AT.suppressed_claims] as number,
    suppressed_launched: launched(AT.suppressed_claims, AT.suppressed_launched),
    left_airspace_claims: row[AT.left_airspace_claims] as number,
    left_airspace_launched: launched(AT.left_airspace_claims, AT.left_airspace_launched),
    still_airborne_claims: row[AT.still_airborne_claims] as number,
    still_airborne_launched: launched(AT.still_airborne_claims, AT.still_airborne_launched),
    strike_uav_min_claims: row[AT.strike_uav_min_claims] as number,
    strike_uav_min_launched: launched(AT.strike_uav_min_claims, AT.strike_uav_min_launched),
    hit_locations_claims: row[AT.hit_locations_claims] as number,
    hit_locations_launched: launched(AT.hit_locations_claims, AT.hit_locations_launched),
    debris_locations_claims: row[AT.debris_locations_claims] as number,
    debris_locations_launched: launched(AT.debris_locations_claims, AT.debris_locations_launched),
  };
}

const ORDER = [
  'night',
  'source',
  'munition',
  'scope',
  'basis',
  'alternative',
  'repetition',
  'assertion',
  'launched_known',
  'intercepted_known',
  'flags',
] as const satisfies readonly (keyof KeptSum)[];

/** Sums as they are given: by night, and within it by their key, at whatever version they are asked for. */
function inOrder(a: KeptSum, b: KeptSum): number {
  for (const name of ORDER) {
    if (a[name] !== b[name]) return String(a[name]) < String(b[name]) ? -1 : 1;
  }
  return 0;
}

interface Asked extends Pair {
  version: number;
  /** Nights as one JSON list. */
  listed: string | undefined;
}

function nightsQuery(db: Database, asked: Asked) {
  const { from_version: from, to_version: to } = claimSums;
  const rows = (whether: SQL) =>
    db.query
      .select()
      .from(claimSums)
      .where(
        and(
          eq(claimSums.attacker, asked.attacker),
          eq(claimSums.defender, asked.defender),
          asked.listed === undefined ? undefined : inListed(claimSums.night, asked.listed),
          whether,
          lte(from, asked.version),
        ),
      );
  // Two questions, because one with "or" passes over everything that was ever said of a night; in one statement, so that
  // a sum that a write ends in between is not in both.
  return rows(isNull(to)).unionAll(rows(gt(to, asked.version)));
}

const NONE: readonly Contests[] = [];

/** Sums and contests night by night. @param sums in order */
function byNight(sums: readonly KeptSum[], contests: readonly Contests[]): KeptNight[] {
  const contested = new Map<string, Contests[]>();
  for (const one of contests) {
    const own = contested.get(one.night);
    if (own === undefined) contested.set(one.night, [one]);
    else own.push(one);
  }
  const nights: KeptNight[] = [];
  for (let start = 0, end = 1; start < sums.length; end += 1) {
    const { night } = sums[start] as KeptSum;
    if (sums[end]?.night === night) continue;
    nights.push({ night, sums: sums.slice(start, end), contests: contested.get(night) ?? NONE });
    start = end;
  }
  return nights;
}

/** The nights of a pair at a version, in order: all that hold a claim, or of those named. */
export async function readNights(
  db: Database,
  { attacker, defender }: Pair,
  version: number,
  nights?: readonly string[],
): Promise<KeptNight[]> {
  const reader = new Reader();
  const sums: KeptSum[] = [];
  const asked = { attacker, defender, version, listed: nights && JSON.stringify(nights) };
  const query = (outline: Asked) => nightsQuery(db, outline);
  await walkPrepared(db, 'sums of nights', asked, query, (row) => sums.push(reader.sum(row)));
  sums.sort(inOrder);
  const disputed = new Set(sums.filter((sum) => sum.alternative).map((sum) => sum.night));
  if (disputed.size === 0) return byNight(sums, NONE);
  const filter = { attackers: [attacker], defenders: [defender], nights: nights && [...disputed] };
  return byNight(sums, await contests(db, version, filter, false));
}

/** Nights of a pair of which a version after one and up to another changed a sum. */
export async function movedNights(db: Database, pair: Pair, after: number, upTo: number) {
  const { attacker, defender, night, from_version: from, to_version: to } = claimSums;
  const nights: string[] = [];
  // The pair is looked at here: in the query it would be taken for the better way in, through all of its history.
  await walkPrepared(
    db,
    'moved nights',
    { after, upTo },
    (asked) =>
      db.query
        .selectDistinct({ attacker, defender, night })
        .from(claimSums)
        .where(
          or(
            and(gt(from, asked.after), lte(from, asked.upTo)),
            and(gt(to, asked.after), lte(to, asked.upTo)),
          ),
        ),
    (row) => {
      if (row[0] === pair.attacker && row[1] === pair.defender) nights.push(row[2] as string);
    },
  );
  return nights;
}
