import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Flag } from '../domain/claim-flags.js';
import type { Database } from './database.js';
import { inListed } from './listed.js';
import { preparedRows } from './prepared.js';
import {
  type ClaimSums,
  type Contest,
  contests,
  PARTLY_GIVEN,
  type PartlyGiven,
} from './sum-store.js';
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

/** The claims of one night at a dataset version. Never changed: where a later version differs it has another object. */
export interface KeptNight {
  night: string;
  sums: readonly KeptSum[];
  contests: readonly Contest[];
}

type Row = typeof claimSums.$inferSelect;

const givenOnly = (row: Row, name: Exclude<PartlyGiven, 'strike_uav_min'>): number | null =>
  row[`${name}_claims`] > 0 ? row[name] : null;

/** A stored sum as the statistics read it: a count that no claim gives is null, not 0. */
function keptSum(row: Row, night: string): KeptSum {
  const launched = row.launched_known ? row.launched : null;
  const given = {} as Record<string, number | null>;
  for (const name of PARTLY_GIVEN) {
    const claims = row[`${name}_claims`];
    given[`${name}_claims`] = claims;
    given[`${name}_launched`] = claims > 0 && launched !== null ? row[`${name}_launched`] : null;
  }
  return {
    night,
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

/** Things of several nights, by night; those of one night stay in their order. */
function byNight<T extends { night: string }>(things: readonly T[]): Map<string, T[]> {
  const nights = new Map<string, T[]>();
  for (const thing of things) {
    const own = nights.get(thing.night);
    if (own === undefined) nights.set(thing.night, [thing]);
    else own.push(thing);
  }
  return nights;
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

/** The nights of a pair at a version, in order: all, or those named. */
async function readNights(
  db: Database,
  { attacker, defender }: Pair,
  version: number,
  nights?: readonly string[],
): Promise<KeptNight[]> {
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
  const contested = byNight(disputed.size > 0 ? await contests(db, version, filter, false) : []);
  return Array.from(byNight(rows), ([night, own]) => ({
    night,
    // One string for all sums of a night: it is compared for each of them.
    sums: own.map((row) => keptSum(row, night)),
    contests: contested.get(night) ?? [],
  }));
}

/** Nights of a pair of which a version after one and up to another changed a sum. */
async function movedNights(db: Database, pair: Pair, after: number, upTo: number) {
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

interface Held {
  version: number;
  nights: readonly KeptNight[];
}

// More of them are read faster all at once.
const FEW_NIGHTS = 100;

/** A later state from an earlier one: only nights in which something moved are read again. */
async function movedOn(db: Database, pair: Pair, held: Held, version: number): Promise<Held> {
  const moved = await movedNights(db, pair, held.version, version);
  if (moved.length === 0) return { version, nights: held.nights };
  if (moved.length > FEW_NIGHTS) return { version, nights: await readNights(db, pair, version) };
  const fresh = await readNights(db, pair, version, moved);
  const rest = held.nights.filter(({ night }) => !moved.includes(night));
  const nights = [...rest, ...fresh].toSorted((a, b) => (a.night < b.night ? -1 : 1));
  return { version, nights };
}

const PAIRS_MAX = 16;
// About 10 MB.
const OLD_SUMS_MAX = 20_000;

/** What one process holds in memory: the newest state of each pair that is asked for, and some older ones. */
class Memory {
  readonly newest = new LRUCache<string, Held>({ max: PAIRS_MAX });
  readonly older = new LRUCache<string, Held>({
    maxSize: OLD_SUMS_MAX,
    sizeCalculation: ({ nights }) => nights.reduce((sum, { sums }) => sum + sums.length, 1),
  });
}
const memories = new WeakMap<Database, Memory>();

function memoryOf(db: Database): Memory {
  const known = memories.get(db) ?? new Memory();
  memories.set(db, known);
  return known;
}

/**
 * The claims of a pair at a dataset version added up per key, night by night in order: from memory where it holds the
 * version, else from the sums that every write keeps. Nothing here reads a claim, but for those that compete.
 */
export async function keptNights(
  db: Database,
  version: number,
  pair: Pair,
): Promise<readonly KeptNight[]> {
  const { newest, older } = memoryOf(db);
  const name = `${pair.attacker} ${pair.defender}`;
  const held = newest.get(name);
  if (held?.version === version) return held.nights;
  if (held === undefined || held.version < version) {
    const now =
      held === undefined
        ? { version, nights: await readNights(db, pair, version) }
        : await movedOn(db, pair, held, version);
    // Somebody else may have come further meanwhile.
    if ((newest.peek(name)?.version ?? 0) < version) newest.set(name, now);
    return now.nights;
  }
  const then = older.get(`${name} ${version}`);
  if (then !== undefined) return then.nights;
  const nights = await readNights(db, pair, version);
  older.set(`${name} ${version}`, { version, nights });
  return nights;
}

/** First and last night with a claim about a pair at a dataset version: what the dataset covers. */
export async function coveredNights(
  db: Database,
  version: number,
  pair: Pair,
): Promise<{ from: string | null; to: string | null }> {
  const nights = await keptNights(db, version, pair);
  return { from: nights[0]?.night ?? null, to: nights.at(-1)?.night ?? null };
}
