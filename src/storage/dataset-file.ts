import { createHash } from 'node:crypto';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Database } from './database.js';
import { copyDataset } from './dataset-copy.js';

const CHUNK_BYTES = 64 * 1024;

/** Bytes of an open file, each piece read from its own place, so that many can read through one handle. */
async function* bytesOf(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let position = 0; position < size; ) {
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size - position));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) throw new Error('the dataset file is shorter than it was');
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * A file of the public dataset at one version. It is open once, however many read it: readers cost no descriptor, and
 * one that is never heard of again leaves none behind.
 */
export class DatasetFile {
  #dropped = false;
  #readers = 0;

  private constructor(
    readonly version: number,
    readonly size: number,
    /** SHA-256 of its bytes, in base64. */
    readonly sha256: string,
    private readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** Makes the file. @throws the signal's reason when it is aborted; nothing is left there then */
  static async make(
    db: Database,
    version: number,
    path: string,
    signal: AbortSignal,
  ): Promise<DatasetFile> {
    await copyDataset(db, version, path, signal);
    const { size } = await stat(path);
    const handle = await open(path, 'r');
    try {
      const hash = createHash('sha256');
      for await (const bytes of bytesOf(handle, size)) hash.update(bytes);
      return new DatasetFile(version, size, hash.digest('base64'), path, handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get isDropped(): boolean {
    return this.#dropped;
  }

  /** Its bytes, which can be read to their end even if the file is dropped meanwhile. To be destroyed if they are not. */
  read(): Readable {
    this.#readers += 1;
    return Readable.from(bytesOf(this.handle, this.size), { objectMode: false }).once(
      'close',
      () => {
        this.#readers -= 1;
        void this.#closeUnused();
      },
    );
  }

  /** Removes it from its folder. Its room on the disk is free when its last reader is done. */
  async drop(): Promise<void> {
    this.#dropped = true;
    await rm(this.path, { force: true });
    await this.#closeUnused();
  }

  async #closeUnused(): Promise<void> {
    if (this.#dropped && this.#readers === 0) await this.handle.close();
  }
}
