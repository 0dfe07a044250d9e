import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { TooBusy } from '../domain/too-busy.js';
import type { Database } from '../storage/database.js';
import { doWork, type WorkArguments, type WorkName, type WorkResult } from './work.js';

const COMPILED = fileURLToPath(new URL('./worker.js', import.meta.url));
// Tests run the TypeScript, which a thread cannot read; the compiled commands that they start are there for it too.
const FROM_TESTS = fileURLToPath(new URL('../../dist/aside/worker.js', import.meta.url));

// A thread and its connection hold some 40 MB; who asks again within the minute does not wait for a new one.
const IDLE_MS = 30_000;
/** Below the thread that answers: of two that could run, the poll goes first. */
const NICE = 10;

/**
 * Work done aside, in threads of their own, so that polls are answered meanwhile. A database in memory belongs to one
 * thread, so its work is done there.
 */
export class Aside {
  readonly #closing = new AbortController();

  private constructor(
    private readonly db: Database,
    private readonly pool: Piscina | null,
    private readonly waitingMax: number,
  ) {}

  /** @param waitingMax how many pieces of work may wait for a thread */
  static async of(db: Database, waitingMax: number): Promise<Aside> {
    const path = await db.path();
    if (path === null) return new Aside(db, null, waitingMax);
    const pool = new Piscina({
      filename: existsSync(COMPILED) ? COMPILED : FROM_TESTS,
      name: 'run',
      minThreads: 0,
      // One core is for whoever answers.
      maxThreads: Math.max(1, availableParallelism() - 1),
      idleTimeout: IDLE_MS,
      niceIncrement: NICE,
      workerData: { url: `file:${path}` },
    });
    return new Aside(db, pool, waitingMax);
  }

  /**
   * Does a piece of work.
   *
   * @throws TooBusy when too much is waiting already
   */
  async ask<N extends WorkName>(name: N, ...args: WorkArguments<N>): Promise<WorkResult<N>> {
    if (this.pool !== null && this.pool.queueSize >= this.waitingMax) {
      throw new TooBusy(`${this.pool.queueSize} questions are waiting`);
    }
    return this.proceed(name, ...args);
  }

  /** Goes on with what was begun: it is not turned away for what came in meanwhile. */
  async proceed<N extends WorkName>(name: N, ...args: WorkArguments<N>): Promise<WorkResult<N>> {
    const { signal } = this.#closing;
    signal.throwIfAborted();
    if (this.pool === null) return doWork({ db: this.db, signal }, name, args);
    return this.pool.run({ name, args });
  }

  /** Ends the threads with whatever they were at. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the service ends'));
    await this.pool?.destroy();
  }
}
