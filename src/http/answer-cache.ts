import { LRUCache } from 'lru-cache';
import type { FinishedAnswer } from './finished-answer.js';

/** A question as somebody wrote it: what to send in order to ask it again. */
export interface Wording {
  url: string;
  accept: string | undefined;
  encodings: string | undefined;
}

/** An answer in the cache. */
interface Kept {
  answer: FinishedAnswer;
  wording: Wording;
  /** How often it was asked for since `since`. */
  asks: number;
  since: number;
  /** Whether it was asked for since the answer was made. */
  isAsked: boolean;
}

/** A wording in the cache. */
interface Known {
  question: string;
  /** The address as it is logged. */
  address: string;
}

/** An answer and how its question was worded. */
export interface Found {
  answer: FinishedAnswer;
  address: string;
}

// A wording is short: an eighth holds as many of them as there are answers in the rest.
const WORDINGS_SHARE = 1 / 8;
const WORDING_BYTES = 256;
// Asked so often within the time, a question is worth an answer before it is asked again.
const MANY = 10;
const RECENT_MS = 300_000;
const POPULAR_MAX = 32;
// A power of two: a question's place is its hash's last bits.
const ONCE_PLACES = 4096;

/** FNV-1a: quick, and two questions that it takes for one only make one be kept that need not be. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** All that an answer depends on besides the dataset, as far as a request says it. */
export const wordingKey = ({ url, accept = '', encodings = '' }: Wording): string =>
  `${url}\n${accept}\n${encodings}`;

/**
 * Finished answers by question, the least recently asked for dropped first; bounded by bytes, because bodies differ a
 * thousandfold. Beside them stand the wordings that were answered, so that the same words need not be understood again.
 */
export class AnswerCache {
  readonly #answers: LRUCache<string, Kept>;
  readonly #wordings: LRUCache<string, Known>;
  readonly #popular = new Set<string>();
  /** Hashes of questions that were answered and not kept, each at its place until another one takes it. */
  readonly #once = new Uint32Array(ONCE_PLACES);
  /** How many answers were given from here, how many bytes of bodies, and how many answers had to be made. */
  hits = 0;
  hitBytes = 0;
  misses = 0;

  /** @param now a clock in ms that never goes back */
  constructor(
    maxBytes: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    const forWordings = Math.floor(maxBytes * WORDINGS_SHARE);
    const forAnswers = maxBytes - forWordings;
    this.#answers = new LRUCache({
      maxSize: forAnswers,
      // One huge answer must not drop all others.
      maxEntrySize: Math.floor(forAnswers / 4),
      sizeCalculation: ({ answer, wording }, question) =>
        answer.bytes + 2 * question.length + wordingKey(wording).length,
      dispose: (_kept, question, reason) => {
        if (reason !== 'set') this.#popular.delete(question);
      },
    });
    this.#wordings = new LRUCache({
      maxSize: forWordings,
      sizeCalculation: ({ question, address }, wording) =>
        2 * wording.length + question.length + address.length + WORDING_BYTES,
    });
  }

  get bytes(): number {
    return this.#answers.calculatedSize + this.#wordings.calculatedSize;
  }

  /** The answer to a question in words that were answered before. */
  find(wording: string): Found | undefined {
    const known = this.#wordings.get(wording);
    if (known === undefined) return undefined;
    const kept = this.#answers.get(known.question);
    if (kept === undefined) return undefined;
    kept.asks += 1;
    kept.isAsked = true;
    if (kept.asks % MANY === 0) this.#considerPopular(known.question, kept);
    return { answer: kept.answer, address: known.address };
  }

  /** The answer to a question, without counting it as asked for. */
  get(question: string): FinishedAnswer | undefined {
    return this.#answers.peek(question)?.answer;
  }

  /** Counts an answer that is given from here. @param bytes of its body, 0 for a 304 */
  noteHit(bytes: number): void {
    this.hits += 1;
    this.hitBytes += bytes;
  }

  /**
   * Counts an answer that had to be made.
   *
   * @param mostlyOnce keep it only if one before it is kept or it was answered lately: who walks through all pages of a
   *   list drives nothing out
   * @returns whether it is to be kept
   */
  admits(question: string, mostlyOnce = false): boolean {
    this.misses += 1;
    return !mostlyOnce || this.#answers.peek(question) !== undefined || this.#isAgain(question);
  }

  /**
   * Keeps an answer in the place of the one before.
   *
   * @param wording how it can be asked for again
   * @returns whether it is kept, which one that is too large is not
   */
  set(question: string, answer: FinishedAnswer, wording: Wording): boolean {
    const { asks = 0, since = this.now() } = this.#answers.peek(question) ?? {};
    this.#answers.set(question, { answer, wording, asks, since, isAsked: false });
    return this.#answers.has(question);
  }

  /** Whether a question that is not kept was answered before; from now on it was. */
  #isAgain(question: string): boolean {
    const hash = hashOf(question);
    const place = hash % ONCE_PLACES;
    const isAgain = this.#once[place] === hash;
    this.#once[place] = hash;
    return isAgain;
  }

  /** Lets a question be recognised by its words. */
  learn(wording: Wording, question: string, address: string): void {
    this.#wordings.set(wordingKey(wording), { question, address });
  }

  /**
   * The questions that were asked many times lately, also since they were answered, and whose answers hold for another
   * version than the newest.
   */
  popular(newest: number): Wording[] {
    return [...this.#popular].flatMap((question) => {
      const kept = this.#answers.peek(question);
      if (kept === undefined || !this.#isPopular(kept)) {
        this.#popular.delete(question);
        return [];
      }
      const { version } = kept.answer;
      const isNeeded = version !== null && version !== newest && kept.isAsked;
      return isNeeded ? [kept.wording] : [];
    });
  }

  #considerPopular(question: string, kept: Kept): void {
    if (this.#popular.size < POPULAR_MAX && this.now() - kept.since < RECENT_MS) {
      this.#popular.add(question);
    } else if (!this.#popular.has(question)) {
      kept.asks = 0;
      kept.since = this.now();
    }
  }

  /** Counts anew when the time is over; what was not asked often meanwhile is popular no more. */
  #isPopular(kept: Kept): boolean {
    if (this.now() - kept.since < RECENT_MS) return true;
    const wasAskedOften = kept.asks >= MANY;
    kept.asks = 0;
    kept.since = this.now();
    return wasAskedOften;
  }
}
