import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Change, FeedPosition } from '../storage/change-store.js';
import type { VersionWatch } from '../storage/version-watch.js';
import { ChangeStream } from './change-stream.js';

interface FeedSettings {
  /** How many may listen at once. */
  listeners: number;
  heartbeat_ms: number;
}

type ListChanges = (after: FeedPosition, limit: number) => Promise<readonly Change[]>;

// How long a listener that does not read may hold up the end of the server.
const GRACE_MS = 500;

/** Everybody who listens to the changes: who is woken, who is sent a sign of life, who is let go. */
export class ChangeFeed {
  readonly #listening = new Map<ChangeStream, Writable>();
  // Listeners that stand at the same place are woken together and share one query.
  readonly #pages = new Map<string, Promise<readonly Change[]>>();
  #rest = (): void => undefined;

  constructor(
    private readonly watch: VersionWatch,
    private readonly listChanges: ListChanges,
    private readonly settings: FeedSettings,
  ) {}

  get listeners(): number {
    return this.#listening.size;
  }

  /**
   * Starts a stream of the changes after a position.
   *
   * @param limit changes that are read at a time
   * @param output what the stream is sent to; when it closes, the listener is gone
   * @returns null if too many are listening
   */
  open(after: FeedPosition, limit: number, output: Writable): ChangeStream | null {
    if (this.listeners >= this.settings.listeners) return null;
    const stream = new ChangeStream(after, (position) => this.#page(position, limit));
    this.#listening.set(stream, output);
    if (this.listeners === 1) this.#wake();
    output.once('close', () => {
      stream.destroy();
      if (this.#listening.delete(stream) && this.listeners === 0) this.#rest();
    });
    return stream;
  }

  /** Ends all streams. @returns when every listener is gone */
  async close(): Promise<void> {
    const gone = [...this.#listening].map(async ([stream, output]) => {
      const closed = once(output, 'close');
      stream.finish();
      await Promise.race([closed, pause(GRACE_MS, undefined, { ref: false })]);
      output.destroy();
    });
    await Promise.all(gone);
  }

  #page(after: FeedPosition, limit: number): Promise<readonly Change[]> {
    const key = `${after.version}.${after.seq} ${limit}`;
    const shared = this.#pages.get(key);
    if (shared !== undefined) return shared;
    const page = this.listChanges(after, limit);
    this.#pages.set(key, page);
    const forget = () => this.#pages.get(key) === page && this.#pages.delete(key);
    page.then(forget, forget);
    return page;
  }

  #wake(): void {
    const forget = this.watch.subscribe(() => {
      // What is being read now may have been read before the write.
      this.#pages.clear();
      for (const stream of this.#listening.keys()) stream.wake();
    });
    const beat = () => {
      for (const stream of this.#listening.keys()) stream.beat();
    };
    const timer = setInterval(beat, this.settings.heartbeat_ms).unref();
    this.#rest = () => {
      forget();
      clearInterval(timer);
    };
  }
}
