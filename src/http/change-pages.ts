import { LRUCache } from 'lru-cache';
import type { Change, FeedPosition } from '../storage/change-store.js';

/** Changes after a position as server-sent events, ready to be sent. */
export interface ChangePage {
  bytes: Buffer;
  /** The position of its last change. */
  last: FeedPosition;
}

type ListChanges = (after: FeedPosition, limit: number) => Promise<readonly Change[]>;

const CACHE_BYTES = 16 * 1024 * 1024;

/** A change as a server-sent event. Its id is where a reader that lost the connection goes on. */
const eventOf = (change: Change): string =>
  `id: ${change.version}.${change.seq}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`;

/**
 * Pages of the feed, read and written out once for all who stand at the same place. A full page never changes, so it is
 * kept while there is room; one that is not full is shared only by those who ask while it is being read.
 */
export class ChangePages {
  readonly #full = new LRUCache<string, ChangePage>({
    maxSize: CACHE_BYTES,
    sizeCalculation: ({ bytes }) => bytes.length + 200,
  });
  readonly #reading = new Map<string, Promise<ChangePage | null>>();

  constructor(private readonly listChanges: ListChanges) {}

  /** @returns null if there is nothing after the position yet */
  async after(position: FeedPosition, limit: number): Promise<ChangePage | null> {
    const key = `${position.version}.${position.seq} ${limit}`;
    const known = this.#full.get(key) ?? this.#reading.get(key);
    if (known !== undefined) return known;
    const page = this.#read(key, position, limit);
    this.#reading.set(key, page);
    try {
      return await page;
    } finally {
      if (this.#reading.get(key) === page) this.#reading.delete(key);
    }
  }

  /** Something was written: what is being read now may have been read before. */
  outdate(): void {
    this.#reading.clear();
  }

  async #read(key: string, position: FeedPosition, limit: number): Promise<ChangePage | null> {
    const changes = await this.listChanges(position, limit);
    const last = changes.at(-1);
    if (last === undefined) return null;
    const bytes = Buffer.from(changes.map(eventOf).join(''));
    const page = { bytes, last: { version: last.version, seq: last.seq } };
    if (changes.length === limit) this.#full.set(key, page);
    return page;
  }
}
