import { write, writeSync } from 'node:fs';

// Written when there is a good deal of it, or a second has passed: a system call for each line costs more than a poll.
const ENOUGH_BYTES = 128 * 1024;
const LATEST_MS = 1_000;
// Nobody reads what is written: the service goes on without a log rather than stop or fill its memory.
const MOST_BYTES = 8 * 1024 * 1024;
// Until a pipe that takes nothing just now is tried again.
const AGAIN_MS = 5;
// The most bytes that a UTF-16 unit becomes in UTF-8.
const UNIT_BYTES = 3;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === 'EAGAIN';

/**
 * Where log lines go: into memory, and from there to a file descriptor in large pieces, in order, without the event
 * loop waiting for it. `pino.destination` does the same for four times the time (docs/adr/0022-polls.md).
 */
export class LogBuffer {
  #filling: Buffer = Buffer.allocUnsafe(2 * ENOUGH_BYTES);
  #spare: Buffer = Buffer.allocUnsafe(2 * ENOUGH_BYTES);
  #used = 0;
  #lost = 0;
  #isWriting = false;
  #timer: NodeJS.Timeout | null = null;
  #waiting: (() => void)[] = [];

  /** @param fd what is written to */
  constructor(private readonly fd: number) {}

  write(line: string): void {
    if (this.#used > MOST_BYTES) {
      this.#lost += 1;
      return;
    }
    this.#makeRoom(line.length * UNIT_BYTES);
    this.#used += this.#filling.write(line, this.#used);
    if (this.#used > ENOUGH_BYTES) this.#begin();
    else this.#beginLater();
  }

  /** Writes all there is. */
  flush(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#begin();
    });
  }

  /**
   * Writes what is left before it returns, for a process that is about to end. A piece that the system has already
   * been given comes to its end by itself.
   */
  flushSync(): void {
    for (let done = 0; done < this.#used; ) {
      try {
        done += writeSync(this.fd, this.#filling, done, this.#used - done);
      } catch (error) {
        if (!isBusy(error)) break;
      }
    }
    this.#used = 0;
  }

  #makeRoom(bytes: number): void {
    if (this.#used + bytes <= this.#filling.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#used + bytes));
    this.#filling.copy(larger, 0, 0, this.#used);
    this.#filling = larger;
  }

  #beginLater(): void {
    this.#timer ??= setTimeout(() => this.#begin(), LATEST_MS).unref();
  }

  #begin(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#isWriting) return;
    if (this.#used === 0) {
      for (const tell of this.#waiting.splice(0)) tell();
      return;
    }
    const piece = this.#filling;
    const length = this.#used;
    this.#filling = this.#spare;
    this.#used = 0;
    this.#isWriting = true;
    this.#write(piece, 0, length);
  }

  #write(piece: Buffer, from: number, to: number): void {
    write(this.fd, piece, from, to - from, null, (error, written) => {
      if (isBusy(error)) setTimeout(() => this.#write(piece, from, to), AGAIN_MS);
      // A descriptor that takes nothing any more takes nothing of the rest either.
      else if (error === null && from + written < to) this.#write(piece, from + written, to);
      else this.#end(piece);
    });
  }

  #end(piece: Buffer): void {
    this.#isWriting = false;
    // What a flood needed is given back.
    this.#spare = piece.length > 4 * ENOUGH_BYTES ? Buffer.allocUnsafe(2 * ENOUGH_BYTES) : piece;
    if (this.#lost > 0 && this.#used <= MOST_BYTES) {
      const count = this.#lost;
      this.#lost = 0;
      this.write(
        `${JSON.stringify({ level: 40, time: Date.now(), count, msg: 'log lines were lost' })}\n`,
      );
    }
    if (this.#used > ENOUGH_BYTES || this.#waiting.length > 0) this.#begin();
    else if (this.#used > 0) this.#beginLater();
  }
}
