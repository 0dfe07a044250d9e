import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { FeedPosition } from '../storage/change-store.js';
import type { VersionWatch } from '../storage/version-watch.js';
import type { ChangePages } from './change-pages.js';
import { ChangeStream } from './change-stream.js';
import { type Connection, occupy, whenGone } from './connection.js';

interface FeedSettings {
  /** How many may listen at once. */
  listeners: number;
  /** How many of them may come from one address. */
  listeners_per_address: number;
  heartbeat_ms: number;
}

// How long a listener that does not read may hold up the end of the server.
const GRACE_MS = 500;

/** Everybody who listens to the changes: who is woken, who is sent a sign of life, who is let go. */
export class ChangeFeed {
  readonly #listening = new Map<ChangeStream, Connection>();
  #rest = (): void => undefined;

  constructor(
    private readonly watch: VersionWatch,
    private readonly pages: ChangePages,
    private readonly settings: FeedSettings,
  ) {}

  get listeners(): number {
    return this.#listening.size;
  }

  /**
   * Starts a stream of the changes after a position.
   *
   * @param limit changes that are read at a time
   * @param connection what the stream is sent through; when it closes, the listener is gone
   * @returns null if too many are listening, at all or from this address, or one on this connection
   */
  open(after: FeedPosition, limit: number, connection: Connection): ChangeStream | null {
    if (this.#isFull(connection) || !occupy(connection)) return null;
    const stream = new ChangeStream(after, (position) => this.pages.after(position, limit));
    this.#listening.set(stream, connection);
    if (this.listeners === 1) this.#wake();
    whenGone(connection, () => {
      stream.destroy();
      if (this.#listening.delete(stream) && this.listeners === 0) this.#rest();
    });
    return stream;
  }

  /** Ends all streams. @returns when every listener is gone */
  async close(): Promise<void> {
    const gone = [...this.#listening].map(async ([stream, { output }]) => {
      const closed = once(output, 'close');
      stream.finish();
      await Promise.race([closed, pause(GRACE_MS, undefined, { ref: false })]);
      output.destroy();
    });
    await Promise.all(gone);
  }

  #isFull({ socket: { remoteAddress } }: Connection): boolean {
    if (this.listeners >= this.settings.listeners) return true;
    const all = [...this.#listening.values()];
    const same = all.filter(({ socket }) => socket.remoteAddress === remoteAddress);
    return same.length >= this.settings.listeners_per_address;
  }

  #wake(): void {
    const forget = this.watch.subscribe(() => {
      this.pages.outdate();
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
