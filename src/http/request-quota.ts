/** The requests of one client in one window. */
export interface Window {
  /** When it began, in ms. */
  since: number;
  used: number;
}

const TRACKED_MAX = 100_000;

/**
 * Counts requests per client in windows that begin with a client's first request. There is no timer and no sweep:
 * clients are kept in two generations, and a generation is dropped as a whole once all its windows have ended. When
 * more clients come than may be tracked, the older half is forgotten early, and begins anew with a full quota.
 */
export class RequestQuota {
  #young = new Map<string, Window>();
  #old = new Map<string, Window>();
  #turned = Number.NEGATIVE_INFINITY;

  /**
   * @param limit requests in a window
   * @param windowMs how long a window is
   * @param most clients that are tracked at once
   */
  constructor(
    readonly limit: number,
    readonly windowMs: number,
    private readonly most = TRACKED_MAX,
  ) {}

  /** The window that a client is in; a new one if its last has ended. */
  windowOf(client: string, now: number): Window {
    const known = this.#young.get(client) ?? this.#old.get(client);
    if (known !== undefined && now - known.since < this.windowMs) return known;
    const full = this.#young.size >= this.most / 2;
    if (full || now - this.#turned >= this.windowMs) this.#turn(now);
    const window = { since: now, used: 0 };
    this.#young.set(client, window);
    return window;
  }

  /** Takes a request out of a window. @returns whether there was one left */
  take(window: Window): boolean {
    if (window.used >= this.limit) return false;
    window.used += 1;
    return true;
  }

  /** Gives a request back to its window. */
  giveBack(window: Window): void {
    window.used -= 1;
  }

  /** Whole seconds after which the window has ended for certain. */
  secondsLeft({ since }: Window, now: number): number {
    return Math.max(1, Math.ceil((since + this.windowMs - now) / 1000));
  }

  /** How many clients are tracked. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  #turn(now: number): void {
    this.#old = this.#young;
    this.#young = new Map();
    this.#turned = now;
  }
}
