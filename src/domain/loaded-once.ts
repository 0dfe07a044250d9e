/** What is loaded with the first question for it, and kept. A failure is forgotten: next time it may go well. */
export class LoadedOnce<T> {
  #loading: Promise<T> | undefined;

  constructor(private readonly load: () => Promise<T>) {}

  /** What is loaded; loads it if nothing is. */
  get(): Promise<T> {
    this.#loading ??= this.load().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  /** What was loaded, or is being loaded; undefined if that is nothing. */
  async known(): Promise<T | undefined> {
    return this.#loading?.catch(() => undefined);
  }
}
