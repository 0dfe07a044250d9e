import { LRUCache } from 'lru-cache';
import { codeListsAt } from './code-list-store.js';
import type { Database } from './database.js';
import { type KeptNight, movedNights, type Pair, readNights } from './night-sums.js';
import { currentVersion } from './versions.js';

/**
 * The claims of one calendar month at a dataset version, night by night. Never changed: where a later version differs it
 * has another object, in which the other nights are the same.
 */
export interface KeptMonth {
  month: string;
  nights: readonly KeptNight[];
}

const monthOf = (night: string): string => night.slice(0, 7);

/** @param nights in order */
function monthsOf(nights: readonly KeptNight[]): KeptMonth[] {
  const months = new Map<string, KeptNight[]>();
  for (const one of nights) {
    const month = monthOf(one.night);
    const own = months.get(month);
    if (own === undefined) months.set(month, [one]);
    else own.push(one);
  }
  return Array.from(months, ([month, own]) => ({ month, nights: own }));
}

interface Held {
  version: number;
  months: readonly KeptMonth[];
}

const inOrder = (a: KeptNight, b: KeptNight): number =>
  a.night < b.night ? -1 : Number(a.night > b.night);

/** Months after some of their nights were read again: other objects where they hold such a night, else the same. */
function replaced(
  months: readonly KeptMonth[],
  moved: ReadonlySet<string>,
  now: readonly KeptNight[],
): KeptMonth[] {
  const touched = new Set(Array.from(moved, monthOf));
  const isTouched = ({ month }: KeptMonth): boolean => touched.has(month);
  const still = months
    .filter(isTouched)
    .flatMap(({ nights }) => nights.filter(({ night }) => !moved.has(night)));
  const changed = monthsOf([...still, ...now].sort(inOrder));
  const same = months.filter((month) => !isTouched(month));
  return [...same, ...changed].sort((a, b) => (a.month < b.month ? -1 : 1));
}

// More of them are read faster all at once.
const FEW_NIGHTS = 100;

/** A later state from an earlier one: only nights in which something moved are read again. Null where they are many. */
async function movedOn(
  db: Database,
  pair: Pair,
  { version: before, months }: Held,
  version: number,
): Promise<Held | null> {
  const moved = await movedNights(db, pair, before, version);
  if (moved.length === 0) return { version, months };
  if (moved.length > FEW_NIGHTS) return null;
  const now = await readNights(db, pair, version, moved);
  return { version, months: replaced(months, new Set(moved), now) };
}

const stateAt = async (db: Database, pair: Pair, version: number): Promise<Held> => ({
  version,
  months: monthsOf(await readNights(db, pair, version)),
});

/** The newest known state of a pair. */
interface Newest extends Held {
  pair: Pair;
  /** Whether it was asked for. */
  isAsked: boolean;
}

const PAIRS_MAX = 16;
// About 10 MB.
const OLD_SUMS_MAX = 20_000;

/** What one process holds in memory: the newest state of each pair that is asked for, and some older ones. */
class Memory {
  readonly newest = new LRUCache<string, Newest>({ max: PAIRS_MAX });
  readonly older = new LRUCache<string, Held>({
    maxSize: OLD_SUMS_MAX,
    sizeCalculation: ({ months }) =>
      months.flatMap(({ nights }) => nights).reduce((sum, { sums }) => sum + sums.length, 1),
  });

  keep(pair: Pair, now: Held, isAsked: boolean): void {
    const name = nameOf(pair);
    // Somebody else may have come further meanwhile.
    if ((this.newest.peek(name)?.version ?? 0) < now.version) {
      this.newest.set(name, { ...now, pair, isAsked });
    }
  }
}

const nameOf = ({ attacker, defender }: Pair): string => `${attacker} ${defender}`;
const memories = new WeakMap<Database, Memory>();

function memoryOf(db: Database): Memory {
  const known = memories.get(db);
  if (known !== undefined) return known;
  const memory = new Memory();
  memories.set(db, memory);
  db.onWrite(() => setImmediate(() => void moveOn(db, memory).catch(() => undefined)));
  return memory;
}

/**
 * Moves on, after a write, the states that were asked for: when its writer was answered, and mostly before anybody asks
 * again. Whoever asks sooner, or after a failure, reads for himself.
 */
async function moveOn(db: Database, memory: Memory): Promise<void> {
  const asked = [...memory.newest.values()].filter(({ isAsked }) => isAsked);
  if (asked.length === 0) return;
  const { version } = await currentVersion(db);
  // Whoever asks for sums needs these too.
  await codeListsAt(db, version);
  for (const held of asked) {
    // Somebody asked sooner.
    if (held.version === version) continue;
    held.isAsked = false;
    const now = await movedOn(db, held.pair, held, version);
    if (now !== null) memory.keep(held.pair, now, false);
  }
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
  const memory = memoryOf(db);
  const name = nameOf(pair);
  const held = memory.newest.get(name);
  if (held?.version === version) {
    held.isAsked = true;
    return held.months;
  }
  if (held === undefined || held.version < version) {
    const later = held === undefined ? null : await movedOn(db, pair, held, version);
    const now = later ?? (await stateAt(db, pair, version));
    memory.keep(pair, now, true);
    return now.months;
  }
  const then = memory.older.get(`${name} ${version}`);
  if (then !== undefined) return then.months;
  const now = await stateAt(db, pair, version);
  memory.older.set(`${name} ${version}`, now);
  return now.months;
}

/** First and last night with a claim about a pair at a dataset version: what the dataset covers. */
export async function coveredNights(
  db: Database,
  version: number,
  pair: Pair,
): Promise<{ from: string | null; to: string | null }> {
  const months = await keptMonths(db, version, pair);
  return {
    from: months[0]?.nights[0]?.night ?? null,
    to: months.at(-1)?.nights.at(-1)?.night ?? null,
  };
}
