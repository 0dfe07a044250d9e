import { setImmediate as breathe } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { AnswerCache, Wording } from './answer-cache.js';
import { BACKGROUND } from './background.js';
import type { Dependencies } from './dependencies.js';
import type { Metrics } from './metrics.js';

// Between two rounds at least this, and four times what the last one took: while writes come in a stream, at most a
// fifth of the time goes into answers that the next write makes old.
const PAUSE_MS = 25;
const PAUSE_FACTOR = 4;

/**
 * Makes the answers that many ask for anew when there is a new dataset version, so that nobody has to wait for them: one
 * after the other, with a turn for everybody else between two. Each is asked for like any other question, so whoever
 * asks for it meanwhile shares the computation.
 */
class Remaking {
  #round: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #restUntil = 0;
  #over = false;
  #again = false;

  constructor(
    private readonly app: FastifyInstance,
    private readonly deps: Dependencies,
    private readonly cache: AnswerCache,
    private readonly metrics: Metrics | null,
  ) {}

  /** There may be a new version. */
  wake(): void {
    this.#again = this.#round !== null;
    if (this.#over || this.#round !== null || this.#timer !== null) return;
    const wait = Math.max(0, this.#restUntil - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#round = this.#remake().finally(() => {
        this.#round = null;
        if (this.#again) this.wake();
      });
    }, wait).unref();
  }

  /** Ends after the answer that is being made. */
  async stop(): Promise<void> {
    this.#over = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#round;
  }

  async #remake(): Promise<void> {
    const { db, stores } = this.deps;
    const begun = performance.now();
    try {
      const { version } = await stores.versions.currentVersion(db);
      for (const wording of this.cache.popular(version)) {
        if (this.#over) return;
        await this.#ask(wording);
        if (this.metrics !== null) this.metrics.remade += 1;
        await breathe();
      }
    } catch (error) {
      // Whoever asks next makes it himself, and is told what is wrong.
      this.app.log.warn({ err: error }, 'an answer was not made anew');
    } finally {
      const now = performance.now();
      this.#restUntil = now + Math.max(PAUSE_MS, PAUSE_FACTOR * (now - begun));
    }
  }

  async #ask({ url, accept, encodings }: Wording): Promise<void> {
    await this.app.inject({
      url,
      remoteAddress: BACKGROUND,
      headers: {
        ...(accept !== undefined && { accept }),
        ...(encodings !== undefined && { 'accept-encoding': encodings }),
      },
    });
  }
}

/** Makes popular answers anew after every write, of this process or of another, until the server ends. */
export function remakeAnswers(
  app: FastifyInstance,
  deps: Dependencies,
  cache: AnswerCache,
  metrics: Metrics | null,
): void {
  const remaking = new Remaking(app, deps, cache, metrics);
  const forget = deps.watch.subscribe(() => remaking.wake());
  // Before the database may be closed.
  app.addHook('preClose', async () => {
    forget();
    await remaking.stop();
  });
}
