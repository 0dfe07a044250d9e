import { STATUS_CODES, validateHeaderName, validateHeaderValue } from 'node:http';
import type { AnswerHeaders } from './validators.js';
import { repeatedBy } from './validators.js';

/**
 * Status line and headers as they are sent. A name or a value that would break out of its line is refused, as Node does
 * where it writes them.
 */
function written(status: number, headers: AnswerHeaders): string {
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    text += `${name}: ${value}\r\n`;
  }
  // In one piece: pieces would be gone through each time it is sent.
  return Buffer.from(text, 'latin1').toString('latin1');
}

/** Bytes in memory of their own: a slice of a pool, or of what a coder wrote into, would keep the whole of it alive. */
function alone(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength === bytes.length) return bytes;
  const own = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(own);
  return own;
}

// The objects of an entry in the cache besides its texts, and the names of its headers.
const OBJECT_BYTES = 1024;

/** A finished answer: nothing is left to do but to send it, whole or as a 304. */
export class FinishedAnswer {
  #whole: string | undefined;
  #unchanged: string | undefined;
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

  /** Its head, but for what is of the moment and of the connection. */
  get whole(): string {
    this.#whole ??= written(200, {
      ...this.standing,
      ...this.headers,
      'content-length': String(this.body.length),
    });
    return this.#whole;
  }

  /** The same of a 304. */
  get unchanged(): string {
    this.#unchanged ??= written(304, { ...this.standing, ...repeatedBy(this.headers) });
    return this.#unchanged;
  }

  /** What it takes in memory. */
  get bytes(): number {
    let bytes = this.body.length + this.whole.length + this.unchanged.length + OBJECT_BYTES;
    for (const name in this.headers) bytes += this.headers[name]?.length ?? 0;
    return bytes;
  }
}
