import { createHash } from 'node:crypto';
import { createReadStream, openSync, type ReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from './database.js';
import { copyDataset } from './dataset-copy.js';
import { currentVersion } from './versions.js';

/** A file of the public dataset at one version. */
class DatasetFile {
  #dropped = false;

  private constructor(
    readonly version: number,
    readonly size: number,
    /** SHA-256 of its bytes, in base64. */
    readonly sha256: string,
    private readonly path: string,
  ) {}

  static async make(
    db: Database,
    version: number,
    path: string,
    signal: AbortSignal,
  ): Promise<DatasetFile> {
    await copyDataset(db, version, path, signal);
    const hash = createHash('sha256');
    for await (const bytes of createReadStream(path)) hash.update(bytes);
    const { size } = await stat(path);
    return new DatasetFile(version, size, hash.digest('base64'), path);
  }

  get isDropped(): boolean {
    return this.#dropped;
  }

  /** Its bytes. What has been opened can be read to its end even if the file is removed meanwhile. */
  read(): ReadStream {
    // Opened at once, because it may be gone a moment later.
    return createReadStream(this.path, { fd: openSync(this.path, 'r') });
  }

  async drop(): Promise<void> {
    this.#dropped = true;
    await rm(this.path, { force: true });
  }
}

/**
 * Files of the public dataset, one at a time: made when somebody asks, once per version however many ask, replaced by
 * a newer one, removed at the end.
 */
export class DatasetFiles {
  readonly #aborter = new AbortController();
  #folder: Promise<string> | null = null;
  #made: DatasetFile | null = null;
  #running: { version: number; file: Promise<DatasetFile> } | null = null;
  #queued: Promise<DatasetFile> | null = null;

  constructor(private readonly db: Database) {}

  /**
   * The file of the newest dataset version, made if need be. Its `read` must be called at once.
   *
   * @throws Error after {@link close}
   */
  async newest(): Promise<DatasetFile> {
    for (;;) {
      const { version } = await currentVersion(this.db);
      const file = await this.#atLeast(version);
      // A newer one may have replaced it since.
      if (!file.isDropped && file.version >= version) return file;
    }
  }

  /** Removes everything. Nothing is made afterwards. */
  async close(): Promise<void> {
    this.#aborter.abort(new Error('the dataset files are closed'));
    await Promise.allSettled([this.#running?.file, this.#queued]);
    await this.#made?.drop();
    if (this.#folder !== null) await rm(await this.#folder, { recursive: true, force: true });
  }

  #atLeast(version: number): Promise<DatasetFile> {
    if (this.#made !== null && this.#made.version >= version) return Promise.resolve(this.#made);
    if (this.#running !== null && this.#running.version >= version) return this.#running.file;
    // One is made at a time; all who came too late for it wait for the next.
    const before = this.#running?.file ?? Promise.resolve();
    const next = () => this.#start();
    this.#queued ??= before.then(next, next);
    return this.#queued;
  }

  async #start(): Promise<DatasetFile> {
    const { version } = await currentVersion(this.db);
    const file = this.#make(version);
    this.#queued = null;
    this.#running = { version, file };
    try {
      return await file;
    } finally {
      this.#running = null;
    }
  }

  async #make(version: number): Promise<DatasetFile> {
    const { signal } = this.#aborter;
    signal.throwIfAborted();
    this.#folder ??= mkdtemp(join(tmpdir(), 'barrage-stats-dataset-'));
    const path = join(await this.#folder, `barrage-stats-v${version}.sqlite`);
    // What an attempt that failed may have left.
    await rm(path, { force: true });
    const file = await DatasetFile.make(this.db, version, path, signal);
    const old = this.#made;
    this.#made = file;
    await old?.drop();
    return file;
  }
}
