import type { AnswerHeaders } from './validators.js';
import { repeatedBy } from './validators.js';

const flat = (headers: AnswerHeaders): string[] => Object.entries(headers).flat();
const lengthOf = (list: readonly string[]): number =>
  list.reduce((sum, text) => sum + text.length, 0);

// The objects of an entry in the cache besides its texts, and eight bytes for each reference to one.
const OBJECT_BYTES = 512;
const REFERENCE_BYTES = 8;

/** A finished answer: nothing is left to do but to send it, whole or as a 304. */
export class FinishedAnswer {
  /** Names and values in turn, as Node writes them without a detour. */
  readonly whole: readonly string[];
  readonly unchanged: readonly string[];

  /**
   * @param headers of the answer, in lower case
   * @param version the dataset version it holds for; null if no write can change it
   * @param route its pattern, by which requests are counted
   * @param standing headers of every answer; those of the answer win
   */
  constructor(
    readonly body: Buffer,
    readonly headers: AnswerHeaders,
    readonly version: number | null,
    readonly route: string,
    standing: AnswerHeaders,
  ) {
    const length = { 'content-length': String(body.length) };
    this.whole = flat({ ...standing, ...headers, ...length });
    this.unchanged = flat({ ...standing, ...repeatedBy(headers) });
  }

  /** What it takes in memory. */
  get bytes(): number {
    const texts = lengthOf(this.whole) + lengthOf(this.unchanged);
    const references = 2 * (this.whole.length + this.unchanged.length);
    return this.body.length + texts + REFERENCE_BYTES * references + OBJECT_BYTES;
  }
}
