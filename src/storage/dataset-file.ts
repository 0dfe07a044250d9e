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

/** What a file of the dataset was when it was finished. */
export interface Written {
  size: number;
  /** SHA-256 of its bytes, in base64. */
  sha256: string;
}

/** Writes the file of a dataset version. @throws the signal's reason when it is aborted; nothing is left there then */
export async function writeDatasetFile(
  db: Database,
  version: number,
  path: string,
  signal: AbortSignal,
): Promise<Written> {
  await copyDataset(db, version, path, signal);
  const { size } = await stat(path);
  const handle = await open(path, 'r');
  try {
    const hash = createHash('sha256');
    for await (const bytes of bytesOf(handle, size)) hash.update(bytes);
    return { size, sha256: hash.digest('base64') };
  } finally {
    await handle.close();
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

  /** Opens a file that was written. */
  static async open(version: number, path: string, { size, sha256 }: Written) {
    return new DatasetFile(version, size, sha256, path, await open(path, 'r'));
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
