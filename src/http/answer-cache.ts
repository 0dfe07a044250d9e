import { LRUCache } from 'lru-cache';

/** A finished answer: nothing is left to do but to send it. */
export interface FinishedAnswer {
  body: Buffer;
  headers: Readonly<Record<string, string>>;
  /** The dataset version it holds for; null if no write can change it. */
  version: number | null;
}

// Keys, headers and bookkeeping of an entry, roughly.
const OVERHEAD_BYTES = 1024;

/** Finished answers by request, the least recently asked for dropped first; bounded by bytes, because bodies differ a thousandfold. */
export class AnswerCache {
  readonly #answers: LRUCache<string, FinishedAnswer>;

  constructor(maxBytes: number) {
    this.#answers = new LRUCache({
      maxSize: maxBytes,
      // One huge answer must not drop all others.
      maxEntrySize: maxBytes / 8,
      sizeCalculation: ({ body }, key) => body.length + 2 * key.length + OVERHEAD_BYTES,
    });
  }

  get bytes(): number {
    return this.#answers.calculatedSize;
  }

  get(key: string): FinishedAnswer | undefined {
    return this.#answers.get(key);
  }

  set(key: string, answer: FinishedAnswer): void {
    this.#answers.set(key, answer);
  }
}
