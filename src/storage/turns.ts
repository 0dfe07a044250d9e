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

/** Something that is looked up once for all who ask in one turn of the event loop. */
export class OncePerTurn<T> {
  #known: { value: T } | null = null;
  /** It is looked up again when it is next asked for. */
  readonly forget = (): void => {
    this.#known = null;
  };

  constructor(private readonly lookUp: () => T) {}

  get(): T {
    if (this.#known === null) {
      this.#known = { value: this.lookUp() };
      setImmediate(this.forget);
    }
    return this.#known.value;
  }
}
