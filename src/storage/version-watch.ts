import type { Database } from './database.js';
import { currentVersion } from './versions.js';

/**
 * Tells listeners that there may be a new dataset version: at once after a write of this process, and within one poll
 * after a write of another. It costs nothing while nobody listens.
 */
export class VersionWatch {
  readonly #listeners = new Set<() => void>();
  #stop = (): void => undefined;
  #seen = 0;

  /** @param pollMs how long a write of another process may stay unnoticed */
  constructor(
    private readonly db: Database,
    private readonly pollMs: number,
  ) {}

  /** Calls a listener whenever there may be a new version. @returns how to stop it */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#start();
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#stop();
    };
  }

  #start(): void {
    const forget = this.db.onWrite(() => this.#tell());
    const timer = setInterval(() => void this.#poll(), this.pollMs).unref();
    this.#stop = () => {
      forget();
      clearInterval(timer);
    };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  async #poll(): Promise<void> {
    // A database that does not answer now is asked again next time; readiness is another's business.
    const version = (await currentVersion(this.db).catch(() => null))?.version ?? this.#seen;
    if (version === this.#seen) return;
    this.#seen = version;
    this.#tell();
  }
}
