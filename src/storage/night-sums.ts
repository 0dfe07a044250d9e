import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Flag } from '../domain/claim-flags.js';
import { type Contests, contests } from './contest-store.js';
import type { Database } from './database.js';
import { inListed } from './listed.js';
import { preparedRows } from './prepared.js';
import { type ClaimSums, PARTLY_GIVEN, type PartlyGiven } from './sum-store.js';
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

/** What nights hold, in their order. */
export interface Nights {
  sums: readonly KeptSum[];
  contests: readonly Contests[];
}

type Row = typeof claimSums.$inferSelect;

const givenOnly = (row: Row, name: Exclude<PartlyGiven, 'strike_uav_min'>): number | null =>
  row[`${name}_claims`] > 0 ? row[name] : null;

/** A stored sum as the statistics read it: a count that no claim gives is null, not 0. */
function keptSum(row: Row, before: Row | undefined): KeptSum {
  // One string for all sums of a night: it is compared for each of them.
  if (row.night === before?.night) row.night = before.night;
  const launched = row.launched_known ? row.launched : null;
  const given = {} as Record<string, number | null>;
  for (const name of PARTLY_GIVEN) {
    const claims = row[`${name}_claims`];
    given[`${name}_claims`] = claims;
    given[`${name}_launched`] = claims > 0 && launched !== null ? row[`${name}_launched`] : null;
  }
  return {
    night: row.night,
    source: row.source,
    munition: row.munition,
    scope: row.scope,
    basis: row.basis,
    alternative: row.alternative,
    repetition: row.repetition,
    assertion: row.assertion,
    launched_known: row.launched_known,
    intercepted_known: row.intercepted_known,
    launch_places: null,
    claims: row.claims,
    independent_claims: row.repetition ? 0 : row.claims,
    launched,
    intercepted: row.intercepted_known ? row.intercepted : null,
    suppressed: givenOnly(row, 'suppressed'),
    left_airspace: givenOnly(row, 'left_airspace'),
    still_airborne: givenOnly(row, 'still_airborne'),
    hit_locations: givenOnly(row, 'hit_locations'),
    debris_locations: givenOnly(row, 'debris_locations'),
    given: given as unknown as ClaimSums['given'],
    flags: row.flags,
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
] as const satisfies readonly (keyof Row)[];

/** Sums as they are given: by night, and within it by their key, at whatever version they are asked for. */
function inOrder(a: Row, b: Row): number {
  for (const name of ORDER) {
    const [one, other] = [String(a[name]), String(b[name])];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/** The nights of a pair at a version: all, or those named. */
export async function readNights(
  db: Database,
  { attacker, defender }: Pair,
  version: number,
  nights?: readonly string[],
): Promise<Nights> {
  const listed = nights && JSON.stringify(nights);
  // Two questions, because one with "or" passes over everything that was ever said of a night.
  const parts = [true, false].map((isOpen) =>
    preparedRows(db, 'sums of nights', { attacker, defender, version, listed, isOpen }, (asked) =>
      db.query
        .select()
        .from(claimSums)
        .where(
          and(
            eq(claimSums.attacker, asked.attacker),
            eq(claimSums.defender, asked.defender),
            asked.listed === undefined ? undefined : inListed(claimSums.night, asked.listed),
            asked.isOpen ? isNull(claimSums.to_version) : gt(claimSums.to_version, asked.version),
            lte(claimSums.from_version, asked.version),
          ),
        ),
    ),
  );
  const rows = (await Promise.all(parts)).flat().toSorted(inOrder);
  const disputed = new Set(rows.filter((row) => row.alternative).map((row) => row.night));
  const filter = { attackers: [attacker], defenders: [defender], nights: nights && [...disputed] };
  return {
    sums: rows.map((row, place) => keptSum(row, rows[place - 1])),
    contests: disputed.size > 0 ? await contests(db, version, filter, false) : [],
  };
}

/** Nights of a pair of which a version after one and up to another changed a sum. */
export async function movedNights(db: Database, pair: Pair, after: number, upTo: number) {
  const { attacker, defender, night, from_version: from, to_version: to } = claimSums;
  // The pair is looked at here: in the query it would be taken for the better way in, through all of its history.
  const rows = await preparedRows(db, 'moved nights', { after, upTo }, (asked) =>
    db.query
      .selectDistinct({ attacker, defender, night })
      .from(claimSums)
      .where(
        or(
          and(gt(from, asked.after), lte(from, asked.upTo)),
          and(gt(to, asked.after), lte(to, asked.upTo)),
        ),
      ),
  );
  return rows
    .filter((row) => row.attacker === pair.attacker && row.defender === pair.defender)
    .map((row) => row.night);
}
