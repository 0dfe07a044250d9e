import { untilPassed } from './commit-instant.js';

/** Claims that are written together. */
export interface DatedPiece {
  readonly claims: number;
  /** The instant that they hold, in ms since the epoch; null before they are there. */
  ms: number | null;
}

// So much is written before it is known how long a claim takes.
const TRIED_SHARE = 0.05;
// What a claim is foreseen to take until some were written.
const WRITE_MS = 0.03;
// What dating it anew takes of that, and how many claims this counts for: the first may take much longer than the rest.
const DATE_SHARE = 0.3;
const DATED_BEFORE = 20_000;
// How much more time is given than is foreseen: what is left of it is waited for, and too little is dated anew.
const HEADROOM = 1.1;
// How long before its instant the rest of a version may be begun; twice as long each time that was too late.
const LEAD_MS = 120;

const claimsOf = (pieces: readonly DatedPiece[]): number =>
  pieces.reduce((sum, { claims }) => sum + claims, 0);

/** How long something takes for a claim. */
class Pace {
  #claims = 0;
  #ms = 0;

  /** @param foreseen what it is taken for at first, in ms @param weight how many claims that counts for */
  constructor(
    private readonly foreseen: () => number,
    private readonly weight: number,
  ) {}

  get ms(): number {
    return (this.weight * this.foreseen() + this.#ms) / (this.weight + this.#claims);
  }

  learn(claims: number, ms: number): void {
    this.#claims += claims;
    this.#ms += ms;
  }
}

/**
 * The instant of a version that is written piece by piece, each holding the instant that was chosen when it was written.
 * It lies ahead by what is foreseen to be left, and is chosen anew when that turns out to be wrong: then all pieces that
 * hold another one have to be dated anew.
 */
export class InstantAhead {
  readonly #writing = new Pace(() => WRITE_MS, 1);
  readonly #dating = new Pace(() => DATE_SHARE * this.#writing.ms, DATED_BEFORE);
  #leadMs = LEAD_MS;
  #ms = 0;
  // When it is foreseen that all is done: the instant, unless others are dated later by a clock that was wrong.
  #doneMs = 0;
  #notBeforeMs: number;
  #isTried = false;

  /** @param notBefore the earliest that it may be: that of the newest version */
  constructor(
    private readonly pieces: readonly DatedPiece[],
    notBefore: string,
  ) {
    this.#notBeforeMs = Date.parse(notBefore);
  }

  /** RFC 3339. */
  get at(): string {
    return new Date(this.#ms).toISOString();
  }

  get hasPassed(): boolean {
    return Date.now() > this.#ms;
  }

  /** Whether a piece holds another instant. */
  isOutdated({ ms }: DatedPiece): boolean {
    return ms !== this.#ms;
  }

  /** Before a piece is written or dated: chooses a later instant if what is left is foreseen to take longer. */
  keepInTime(): void {
    if (Date.now() + this.#leftMs(this.#ms) + this.#leadMs > this.#doneMs) this.#choose();
  }

  /** Takes down that some pieces were written, or dated anew, with the instant that is chosen. @param tookMs for that */
  hold(pieces: readonly DatedPiece[], tookMs: number): void {
    const areNew = pieces.some(({ ms }) => ms === null);
    const pace = areNew ? this.#writing : this.#dating;
    pace.learn(claimsOf(pieces), tookMs);
    for (const piece of pieces) piece.ms = this.#ms;
    const written = this.pieces.filter(({ ms }) => ms !== null);
    if (this.#isTried || claimsOf(written) < TRIED_SHARE * claimsOf(this.pieces)) return;
    this.#isTried = true;
    this.#choose();
  }

  /** Once all is written: dating everything anew is better than waiting for longer than that takes. */
  hurry(): void {
    if (this.#foreseen() < this.#doneMs) this.#choose();
  }

  /**
   * Told that it was too late: chooses an instant by which everything can be dated anew, and more time before it.
   *
   * @param notBefore the earliest that it may be
   */
  missed(notBefore: string): void {
    this.#leadMs *= 2;
    this.#notBeforeMs = Date.parse(notBefore);
    this.#choose();
  }

  /** Waits until it is near. */
  untilNear(): Promise<void> {
    return untilPassed({ at: this.at, ms: this.#doneMs - this.#leadMs });
  }

  /** What is foreseen to be left, in ms. @param at the instant that counts: none, if everything is to be dated anew */
  #leftMs(at?: number): number {
    const left = this.pieces.filter(({ ms }) => ms !== at);
    return left.reduce((sum, { ms, claims }) => {
      return sum + claims * (ms === null ? this.#writing : this.#dating).ms;
    }, 0);
  }

  #foreseen(): number {
    return Math.ceil(Date.now() + HEADROOM * this.#leftMs() + this.#leadMs);
  }

  #choose(): void {
    this.#doneMs = this.#foreseen();
    this.#ms = Math.max(this.#doneMs, this.#notBeforeMs);
  }
}
