import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import type { FeedPosition } from '../storage/change-store.js';
import type { ChangePage } from './change-pages.js';

/** The page after a position; null if there is nothing yet. */
export type ReadPage = (after: FeedPosition) => Promise<ChangePage | null>;

const RETRY_MS = 3_000;

/**
 * The changes after a position as server-sent events, without end. It reads a page when the reader has taken the one
 * before, so that a slow reader costs one page of memory and no more.
 */
export class ChangeStream extends Readable {
  #wanted = false;
  // Whether there may be changes that have not been looked for.
  #stale = true;
  #reading = false;
  #over = false;

  constructor(
    private position: FeedPosition,
    private readonly pageAfter: ReadPage,
  ) {
    // 0: nothing is read ahead of the reader.
    super({ highWaterMark: 0 });
    this.push(`retry: ${RETRY_MS}\n\n`);
  }

  override _read(): void {
    this.#wanted = true;
    void this.#advance();
  }

  /** There may be something new. */
  wake(): void {
    this.#stale = true;
    void this.#advance();
  }

  /** A sign of life, unless the reader is busy with what it has. */
  beat(): void {
    if (!this.#wanted || this.#reading || this.#over) return;
    this.#wanted = false;
    this.push(': still here\n\n');
  }

  /** Ends the stream after what has been sent. */
  finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.push(null);
  }

  async #advance(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#wanted && this.#stale && !this.#over && !this.destroyed) {
        this.#stale = false;
        this.#give(await this.pageAfter(this.position));
        // A system's buffers take megabytes at once: without a pause one reader would hold up everybody.
        await breathe();
      }
    } catch (error) {
      // A broken connection never looks like a clean end: the reader comes back and goes on where it was.
      this.destroy(error as Error);
    } finally {
      this.#reading = false;
    }
  }

  #give(page: ChangePage | null): void {
    if (page === null || this.#over || this.destroyed) return;
    this.position = page.last;
    this.#stale = true;
    this.#wanted = false;
    this.push(page.bytes);
  }
}
