import { LRUCache } from 'lru-cache';
import type { Database } from './database.js';
import { movedNights, type Nights, type Pair, readNights } from './night-sums.js';

/**
 * The claims of one calendar month at a dataset version, night by night. Never changed: where a later version differs it
 * has another object.
 */
export interface KeptMonth extends Nights {
  month: string;
}

const monthOf = (night: string): string => night.slice(0, 7);

/** Things of several nights by their month; those of one month stay in their order. */
function byMonth<T extends { night: string }>(things: readonly T[]): Map<string, T[]> {
  const months = new Map<string, T[]>();
  for (const thing of things) {
    const month = monthOf(thing.night);
    const own = months.get(month);
    if (own === undefined) months.set(month, [thing]);
    else own.push(thing);
  }
  return months;
}

function monthsOf({ sums, contests }: Nights): KeptMonth[] {
  const contested = byMonth(contests);
  return Array.from(byMonth(sums), ([month, own]) => ({
    month,
    sums: own,
    contests: contested.get(month) ?? [],
  }));
}

interface Held {
  version: number;
  months: readonly KeptMonth[];
}

const inNightOrder = (a: { night: string }, b: { night: string }): number =>
  a.night < b.night ? -1 : Number(a.night > b.night);

/** Months after some of their nights were read again: other objects where they hold such a night, else the same. */
function replaced(
  months: readonly KeptMonth[],
  nights: ReadonlySet<string>,
  now: Nights,
): KeptMonth[] {
  const touched = new Set(Array.from(nights, monthOf));
  const [before, rest] = [true, false].map((is) =>
    months.filter(({ month }) => touched.has(month) === is),
  ) as [KeptMonth[], KeptMonth[]];
  const isStill = ({ night }: { night: string }): boolean => !nights.has(night);
  const sums = before.flatMap((month) => month.sums).filter(isStill);
  const contests = before.flatMap((month) => month.contests).filter(isStill);
  const changed = monthsOf({
    sums: [...sums, ...now.sums].toSorted(inNightOrder),
    contests: [...contests, ...now.contests].toSorted(inNightOrder),
  });
  return [...rest, ...changed].toSorted((a, b) => (a.month < b.month ? -1 : 1));
}

// More of them are read faster all at once.
const FEW_NIGHTS = 100;

/** A later state from an earlier one: only nights in which something moved are read again. */
async function movedOn(db: Database, pair: Pair, held: Held, version: number): Promise<Held> {
  const moved = await movedNights(db, pair, held.version, version);
  if (moved.length === 0) return { version, months: held.months };
  if (moved.length > FEW_NIGHTS) return stateAt(db, pair, version);
  const now = await readNights(db, pair, version, moved);
  return { version, months: replaced(held.months, new Set(moved), now) };
}

const stateAt = async (db: Database, pair: Pair, version: number): Promise<Held> => ({
  version,
  months: monthsOf(await readNights(db, pair, version)),
});

const PAIRS_MAX = 16;
// About 10 MB.
const OLD_SUMS_MAX = 20_000;

/** What one process holds in memory: the newest state of each pair that is asked for, and some older ones. */
class Memory {
  readonly newest = new LRUCache<string, Held>({ max: PAIRS_MAX });
  readonly older = new LRUCache<string, Held>({
    maxSize: OLD_SUMS_MAX,
    sizeCalculation: ({ months }) => months.reduce((sum, { sums }) => sum + sums.length, 1),
  });
}
const memories = new WeakMap<Database, Memory>();

function memoryOf(db: Database): Memory {
  const known = memories.get(db) ?? new Memory();
  memories.set(db, known);
  return known;
}

/**
 * The claims of a pair at a dataset version added up per key, month by month in order: from memory where it holds the
 * version, else from the sums that every write keeps. Nothing here reads a claim, but for those that compete.
 */
export async function keptMonths(
  db: Database,
  version: number,
  pair: Pair,
): Promise<readonly KeptMonth[]> {
  const { newest, older } = memoryOf(db);
  const name = `${pair.attacker} ${pair.defender}`;
  const held = newest.get(name);
  if (held?.version === version) return held.months;
  if (held === undefined || held.version < version) {
    const now = await (held === undefined
      ? stateAt(db, pair, version)
      : movedOn(db, pair, held, version));
    // Somebody else may have come further meanwhile.
    if ((newest.peek(name)?.version ?? 0) < version) newest.set(name, now);
    return now.months;
  }
  const then = older.get(`${name} ${version}`);
  if (then !== undefined) return then.months;
  const now = await stateAt(db, pair, version);
  older.set(`${name} ${version}`, now);
  return now.months;
}

/** First and last night with a claim about a pair at a dataset version: what the dataset covers. */
export async function coveredNights(
  db: Database,
  version: number,
  pair: Pair,
): Promise<{ from: string | null; to: string | null }> {
  const months = await keptMonths(db, version, pair);
  return { from: months[0]?.sums[0]?.night ?? null, to: months.at(-1)?.sums.at(-1)?.night ?? null };
}
