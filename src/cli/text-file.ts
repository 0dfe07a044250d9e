import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { UsageError } from './arguments.js';

const PIECE_BYTES = 65_536;
const LINE_END = 0x0a;
const QUOTE = 0x22;

const newDecoder = () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Where a file can be cut: its second half begins with a line, outside of quotes. */
export interface Cut {
  /** In bytes from its beginning. */
  at: number;
  /** The number of the line that begins there; the header is line 1. */
  line: number;
}

/** A file that was opened, as another thread can be told of it. */
export interface OpenedFile {
  path: string;
  /** Its descriptor: who opened it by its name again might find another file there. */
  file: number;
}

/** A text file, read by position: several readers, of several threads, can read it at once. */
export class TextFile {
  readonly #path: string;
  readonly #file: number;

  private constructor(readonly opened: OpenedFile) {
    this.#path = opened.path;
    this.#file = opened.file;
  }

  /** @throws UsageError if there is no such file */
  static open(path: string): TextFile {
    return telling(path, () => new TextFile({ path, file: openSync(path, 'r') }));
  }

  static of(opened: OpenedFile): TextFile {
    return new TextFile(opened);
  }

  get bytes(): number {
    return fstatSync(this.#file).size;
  }

  close(): void {
    closeSync(this.#file);
  }

  /**
   * Its text, piece by piece.
   *
   * @param from where to begin, in bytes
   * @param to where to end, or nothing for its end
   * @throws UsageError if it is no text in UTF-8
   */
  *text(from = 0, to = Number.POSITIVE_INFINITY): Generator<string> {
    const decoder = newDecoder();
    for (const piece of this.#pieces(from, to)) {
      yield telling(this.#path, () => decoder.decode(piece, { stream: true }));
    }
    yield telling(this.#path, () => decoder.decode());
  }

  /**
   * The first place behind the middle where it can be cut, so that each part reads by itself as it does in the whole;
   * null if there is none. Quotes of the header count for nothing: it ends with its line.
   */
  cut(): Cut | null {
    const middle = this.bytes / 2;
    let [at, line, isQuoted] = [0, 1, false];
    for (const piece of this.#pieces(0, Number.POSITIVE_INFINITY)) {
      for (const byte of piece) {
        at += 1;
        if (byte === QUOTE) isQuoted = !isQuoted;
        else if (byte === LINE_END) {
          line += 1;
          if (line === 2) isQuoted = false;
          if (at >= middle && !isQuoted) return at < this.bytes ? { at, line } : null;
        }
      }
    }
    return null;
  }

  *#pieces(from: number, to: number): Generator<Buffer> {
    const piece = Buffer.alloc(PIECE_BYTES);
    for (let at = from; at < to; ) {
      const length = Math.min(PIECE_BYTES, to - at);
      const read = telling(this.#path, () => readSync(this.#file, piece, 0, length, at));
      if (read === 0) return;
      at += read;
      yield piece.subarray(0, read);
    }
  }
}

/** The whole text of a file, which may be one that cannot be read twice, such as a pipe. @throws UsageError */
export const wholeText = (path: string): string =>
  telling(path, () => newDecoder().decode(readFileSync(path)));

function telling<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}
