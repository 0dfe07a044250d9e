import { setTimeout as pause } from 'node:timers/promises';

/** Stands in a statement for the instant at which it is committed, which nobody knows while statements are gathered. */
export const COMMIT_INSTANT = Symbol('the instant of the commit');

// A version may be dated so much before it can be seen, because nobody is told of an instant that is younger.
const GRACE_MS = 25;
// What running statements and their commit may take each without being dated ahead.
const USUAL_MS = GRACE_MS / 3;
const SLOWEST_COMMIT_MS = 50;
const FORGETTING = 0.5;
const MANY_ROWS = 100;
const [LEAST_HEADROOM, MOST_HEADROOM] = [1.3, 4];
const RELAXING = 0.8;
// How much more time a write gets than it took when it was late, at most: what is dated too far ahead cannot be found as
// of now for as long. Twice as much after each further miss in a row, because others wait while it is done again.
const FIRST_SPARE_MS = 5_000;
// A long one gets at least so much of what it took.
const SPARE_SHARE = 0.1;
// What is dated further ahead was dated by a clock that was wrong: nobody waits for it.
const LONGEST_WAIT_MS = 10_000;

// Once: a clock that stands still or steps back keeps nobody waiting for longer. Timers may ring a millisecond early.
async function sleepUntil(at: number): Promise<void> {
  const left = at - Date.now();
  if (left > 0) await pause(left + 1);
}

/**
 * Waits until no version can be dated at or before an instant any more: then it can be told what the dataset was at
 * it, and that will be told ever after, whichever process writes.
 *
 * @param instant RFC 3339
 */
export async function untilToldOf(instant: string): Promise<void> {
  const at = Date.parse(instant) + GRACE_MS;
  if (at - Date.now() <= LONGEST_WAIT_MS) await sleepUntil(at);
}

/** An instant that statements are dated with. */
export interface Dated {
  /** RFC 3339. */
  at: string;
  /** The same in ms since the epoch. */
  ms: number;
}

/** What is bound where the instant of the commit is {@link COMMIT_INSTANT} no more. */
export function datedWith(at: string, params: readonly unknown[]): readonly unknown[] {
  let place = params.indexOf(COMMIT_INSTANT);
  if (place < 0) return params;
  const bound = params.slice();
  for (; place >= 0; place = params.indexOf(COMMIT_INSTANT, place + 1)) bound[place] = at;
  return bound;
}

/** Whether who was answered now would find, as of now, what was written. What a wrong clock has dated is not waited for. */
export function hasPassed({ ms }: Dated): boolean {
  const left = ms - Date.now();
  return left <= 0 || left > LONGEST_WAIT_MS;
}

/** Waits until that instant has passed. */
export const untilPassed = ({ ms }: Dated): Promise<void> => sleepUntil(ms);

/**
 * Chooses the instants of commits.
 *
 * Whoever asks for the dataset as of an instant must be told the same ever after, and whoever was told that a write
 * was done must find it as of now. So nobody is told of an instant before it is {@link GRACE_MS} old, and a version
 * may be seen so much later than its date at most. Short writes are dated with the present and wait for nothing; those
 * that take longer are dated ahead by what they were foreseen to take, and done again if that was not enough.
 */
export class CommitClock {
  #rowMs = 0.05;
  #commitMs = 0;
  #headroom = LEAST_HEADROOM;
  // Since the last transaction that was not late.
  #misses = 0;
  #floorMs = 0;

  /**
   * The instant for statements that are about to be run.
   *
   * @param rows how many rows are written
   * @param notBefore the earliest instant that may be chosen
   */
  choose(rows: number, notBefore: string): Dated {
    // What a write took, that came too late, tells more than what it was foreseen to take.
    const running = this.#floorMs > 0 ? this.#floorMs : rows * this.#rowMs * this.#headroom;
    const foreseen = Math.max(running - USUAL_MS, 0) + Math.max(this.#commitMs - USUAL_MS, 0);
    const chosen = Date.now() + Math.ceil(foreseen);
    const ms = notBefore === '' ? chosen : Math.max(chosen, Date.parse(notBefore));
    return { at: new Date(ms).toISOString(), ms };
  }

  /** Whether what was dated with an instant may still be committed. */
  isInTime({ ms }: Dated): boolean {
    return Date.now() + this.#commitMs < ms + GRACE_MS;
  }

  /** Learns how long statements took from the first to the last. @param rows that they wrote */
  ran(rows: number, tookMs: number): void {
    // Few rows tell more of what was not prepared yet than of the pace of many.
    if (rows >= MANY_ROWS) this.#rowMs = tookMs / rows;
  }

  /** Learns that a transaction came too late: it will be done again, dated further ahead. @param tookMs from its begin */
  missed(tookMs: number): void {
    const spare = Math.max(FIRST_SPARE_MS * 2 ** this.#misses, SPARE_SHARE * tookMs);
    this.#floorMs = tookMs + Math.min(tookMs, spare);
    this.#misses += 1;
    this.#headroom = Math.min(1.5 * this.#headroom, MOST_HEADROOM);
  }

  /** Learns that nothing is done again: what the next transaction does may take longer than what was late. */
  settled(): void {
    this.#misses = 0;
    this.#floorMs = 0;
  }

  /** Learns how long a commit took. */
  committed(tookMs: number): void {
    this.#headroom = Math.max(RELAXING * this.#headroom, LEAST_HEADROOM);
    this.#commitMs = Math.min(Math.max(tookMs, FORGETTING * this.#commitMs), SLOWEST_COMMIT_MS);
  }
}
