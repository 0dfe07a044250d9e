import { setTimeout as pause } from 'node:timers/promises';

/** Stands in a statement for the instant at which it is committed, which nobody knows while statements are gathered. */
export const COMMIT_INSTANT = Symbol('the instant of the commit');

// A version may be dated so much before it can be seen, because nobody is told of an instant that is younger.
const GRACE_MS = 25;
const SLOWEST_COMMIT_MS = 50;
const FORGETTING = 0.5;
const MANY_STATEMENTS = 100;
const [LEAST_HEADROOM, MOST_HEADROOM] = [1.3, 4];
const RELAXING = 0.95;
// What is dated further ahead was dated by a clock that was wrong: nobody waits for it.
const LONGEST_WAIT_MS = 10_000;

async function sleepUntil(at: number): Promise<void> {
  // Timers may ring a millisecond early.
  for (let left = at - Date.now(); left > 0; left = at - Date.now()) await pause(left);
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
  /** What was chosen by the clock, in ms since the epoch: `at` is later if others were told of later instants. */
  clock: number;
}

/** Whether an instant that was chosen by the clock has passed. */
export const hasPassed = ({ clock }: Dated): boolean => clock <= Date.now();

/** Waits until an instant that was chosen by the clock has passed: who was answered must find what was written. */
export const untilPassed = ({ clock }: Dated): Promise<void> => sleepUntil(clock);

/**
 * Chooses the instants of commits.
 *
 * Whoever asks for the dataset as of an instant must be told the same ever after, and whoever was told that a write
 * was done must find it as of now. So nobody is told of an instant before it is {@link GRACE_MS} old, and a version
 * may be seen so much later than its date at most. Short writes are dated with the present and wait for nothing; those
 * that take longer are dated ahead by what they were foreseen to take, and done again if that was not enough.
 */
export class CommitClock {
  #statementMs = 0.1;
  #commitMs = 0;
  #headroom = LEAST_HEADROOM;

  /**
   * The instant for statements that are about to be run.
   *
   * @param count how many statements there are of which nothing else is known
   * @param notBefore the earliest instant that may be chosen
   * @param knownMs how long the others will take
   */
  choose(count: number, notBefore: string, knownMs = 0): Dated {
    const running = count * this.#statementMs + knownMs;
    const foreseen = running * this.#headroom + this.#commitMs;
    const clock = Date.now() + Math.max(0, Math.ceil(foreseen - GRACE_MS / 2));
    const at = new Date(clock).toISOString();
    return { at: at > notBefore ? at : notBefore, clock };
  }

  /** Whether what was dated with an instant may still be committed. */
  isInTime({ clock }: Dated): boolean {
    return Date.now() + this.#commitMs < clock + GRACE_MS;
  }

  /** Learns how long statements took from the first to the last. */
  ran(count: number, tookMs: number): void {
    // Few statements tell more of what was not prepared yet than of the pace of many.
    if (count >= MANY_STATEMENTS) this.#statementMs = tookMs / count;
  }

  /** Learns that a transaction came too late: the next ones are dated further ahead. */
  missed(): void {
    this.#headroom = Math.min(1.5 * this.#headroom, MOST_HEADROOM);
  }

  /** Learns how long a commit took. */
  committed(tookMs: number): void {
    this.#headroom = Math.max(RELAXING * this.#headroom, LEAST_HEADROOM);
    this.#commitMs = Math.min(Math.max(tookMs, FORGETTING * this.#commitMs), SLOWEST_COMMIT_MS);
  }
}
