import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from './database.js';
import { DatasetFile, type Written, writeDatasetFile } from './dataset-file.js';
import { makeDatasetFolder } from './dataset-folders.js';
import { currentVersion } from './versions.js';

type Write = (version: number, path: string, signal: AbortSignal) => Promise<Written>;

/**
 * Files of the public dataset, one at a time: made when somebody asks, once per version however many ask, replaced by
 * a newer one, removed at the end.
 */
export class DatasetFiles {
  readonly #aborter = new AbortController();
  #folder: string | null = null;
  #made: DatasetFile | null = null;
  #running: { version: number; file: Promise<DatasetFile> } | null = null;
  #queued: Promise<DatasetFile> | null = null;

  /** @param write writes the file; here, unless somebody else is told to */
  constructor(
    private readonly db: Database,
    private readonly write: Write = (...file) => writeDatasetFile(db, ...file),
  ) {}

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
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true });
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
    let file: Promise<DatasetFile>;
    try {
      const { version } = await currentVersion(this.db);
      file = this.#make(version);
      this.#running = { version, file };
    } finally {
      // Also after a failure, else everybody would be given that same failure for ever.
      this.#queued = null;
    }
    try {
      return await file;
    } finally {
      this.#running = null;
    }
  }

  async #folderMade(): Promise<string> {
    this.#folder ??= await makeDatasetFolder();
    return this.#folder;
  }

  async #make(version: number): Promise<DatasetFile> {
    const { signal } = this.#aborter;
    signal.throwIfAborted();
    const path = join(await this.#folderMade(), `barrage-stats-v${version}.sqlite`);
    // What an attempt that failed may have left.
    await rm(path, { force: true });
    const written = await this.write(version, path, signal);
    signal.throwIfAborted();
    const file = await DatasetFile.open(version, path, written);
    const old = this.#made;
    this.#made = file;
    await old?.drop();
    return file;
  }
}
