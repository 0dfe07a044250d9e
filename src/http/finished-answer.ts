import type { AnswerHeaders } from './validators.js';
import { repeatedBy } from './validators.js';

function flat(headers: AnswerHeaders, standing: AnswerHeaders): string[] {
  const list: string[] = [];
  for (const name in standing) if (!(name in headers)) list.push(name, standing[name] ?? '');
  for (const name in headers) list.push(name, headers[name] ?? '');
  return list;
}

function lengthOf(list: readonly string[]): number {
  let length = 0;
  for (const text of list) length += text.length;
  return length;
}

/** Bytes in memory of their own: a slice of a pool, or of what a coder wrote into, would keep the whole of it alive. */
function alone(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength === bytes.length) return bytes;
  const own = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(own);
  return own;
}

// The objects of an entry in the cache besides its texts, and eight bytes for each reference to one.
const OBJECT_BYTES = 512;
const REFERENCE_BYTES = 8;

/** A finished answer: nothing is left to do but to send it, whole or as a 304. */
export class FinishedAnswer {
  #whole: string[] | undefined;
  #unchanged: string[] | undefined;
  readonly body: Buffer;

  /**
   * @param headers of the answer, in lower case
   * @param version the dataset version it holds for; null if no write can change it
   * @param route its pattern, by which requests are counted
   * @param standing headers of every answer; those of the answer win
   */
  constructor(
    body: Buffer,
    readonly headers: AnswerHeaders,
    readonly version: number | null,
    readonly route: string,
    private readonly standing: AnswerHeaders,
  ) {
    this.body = alone(body);
  }

  /** Names and values in turn, as Node writes them without a detour. */
  get whole(): string[] {
    if (this.#whole === undefined) {
      this.#whole = flat(this.headers, this.standing);
      this.#whole.push('content-length', String(this.body.length));
    }
    return this.#whole;
  }

  /** The same of a 304. */
  get unchanged(): string[] {
    this.#unchanged ??= flat(repeatedBy(this.headers), this.standing);
    return this.#unchanged;
  }

  /** What it takes in memory. */
  get bytes(): number {
    const texts = lengthOf(this.whole) + lengthOf(this.unchanged);
    const references = 2 * (this.whole.length + this.unchanged.length);
    return this.body.length + texts + REFERENCE_BYTES * references + OBJECT_BYTES;
  }
}
