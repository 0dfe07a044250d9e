import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import { LoadedOnce } from '../domain/loaded-once.js';
import { TooBusy } from '../domain/too-busy.js';
import type { Database } from '../storage/database.js';
import { compiledFile } from './compiled.js';
import type { WorkArguments, WorkName, WorkResult } from './work.js';

// A thread and its connection hold some 40 MB; who asks again within the minute does not wait for a new one.
const IDLE_MS = 30_000;
/** Below the thread that answers: of two that could run, the poll goes first. */
const NICE = 10;

/**
 * Work done aside, in threads of their own, so that polls are answered meanwhile. A database in memory belongs to one
 * thread, so its work is done there. What is needed for it is loaded with the first question.
 */
export class Aside {
  readonly #closing = new AbortController();
  readonly #pool = new LoadedOnce(() => poolFor(this.path));

  private constructor(
    private readonly db: Database,
    private readonly path: string | null,
    private readonly waitingMax: number,
  ) {}

  /** @param waitingMax how many pieces of work may wait for a thread */
  static async of(db: Database, waitingMax: number): Promise<Aside> {
    return new Aside(db, await db.path(), waitingMax);
  }

  /**
   * Does a piece of work.
   *
   * @throws TooBusy when too much is waiting already
   */
  async ask<N extends WorkName>(name: N, ...args: WorkArguments<N>): Promise<WorkResult<N>> {
    const pool = await this.#threads();
    if (pool !== null && pool.queueSize >= this.waitingMax) {
      throw new TooBusy(`${pool.queueSize} questions are waiting`);
    }
    // Nothing may come between: who asks next must see this one waiting.
    return this.#do(pool, name, args);
  }

  /** Goes on with what was begun: it is not turned away for what came in meanwhile. */
  async proceed<N extends WorkName>(name: N, ...args: WorkArguments<N>): Promise<WorkResult<N>> {
    return this.#do(await this.#threads(), name, args);
  }

  /** Ends the threads with whatever they were at. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the service ends'));
    const pool = await this.#pool.known();
    await pool?.destroy();
  }

  async #do<N extends WorkName>(
    pool: Piscina | null,
    name: N,
    args: WorkArguments<N>,
  ): Promise<WorkResult<N>> {
    const { signal } = this.#closing;
    signal.throwIfAborted();
    if (pool !== null) return pool.run({ name, args });
    const { doWork } = await import('./work.js');
    return doWork({ db: this.db, signal }, name, args);
  }

  async #threads(): Promise<Piscina | null> {
    this.#closing.signal.throwIfAborted();
    return this.#pool.get();
  }
}

async function poolFor(path: string | null): Promise<Piscina | null> {
  if (path === null) return null;
  const { Piscina } = await import('piscina');
  return new Piscina({
    filename: compiledFile('aside/worker.js'),
    name: 'run',
    minThreads: 0,
    // One core is for whoever answers.
    maxThreads: Math.max(1, availableParallelism() - 1),
    idleTimeout: IDLE_MS,
    niceIncrement: NICE,
    workerData: { url: `file:${path}` },
  });
}
