/** Lets asynchronous work happen one piece after the other, in the order in which it was asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Does some work once everything before it has ended, well or badly. Work that waits for a turn of its own never ends. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Something that is looked up once for all who ask within some time. */
export class LookedUpLately<T> {
  #known: { value: T } | null = null;
  /** It is looked up again when it is next asked for. */
  readonly forget = (): void => {
    this.#known = null;
  };

  /** @param ms how long it stands; a turn of the event loop that lasts longer ends before it is looked up again */
  constructor(
    private readonly lookUp: () => T,
    private readonly ms: number,
  ) {}

  get(): T {
    if (this.#known === null) {
      this.#known = { value: this.lookUp() };
      setTimeout(this.forget, this.ms).unref();
    }
    return this.#known.value;
  }
}
