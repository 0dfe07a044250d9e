import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AnswerCache } from './answer-cache.js';
import { isBackground } from './background.js';
import type { Dependencies } from './dependencies.js';

/** Requests of one kind, in plain numbers: a label set that is looked up for each would cost as much as the request. */
interface Tally {
  route: string;
  method: string;
  status: string;
  requests: number;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const OTHER = 'other';

// Of the process there is one, however many applications run in it; what watches it never stops.
let ofProcess: Registry | null = null;
function processMetrics(): Registry {
  if (ofProcess !== null) return ofProcess;
  ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  return ofProcess;
}

/** What the service counts about itself, in the text that Prometheus reads. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #process = processMetrics();
  readonly contentType = this.#registry.contentType;
  readonly #tallies = new Map<string, Map<string, Tally>>();
  readonly #durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to the end of an answer, of all that were not given from the cache before routing.',
    labelNames: ['route', 'status_class'],
    buckets: SECONDS,
    registers: [this.#registry],
  });

  /** How many answers were made anew in the background. */
  remade = 0;

  constructor(cache: AnswerCache, { db, stores }: Dependencies) {
    this.#countRequests();
    this.#countCache(cache);
    // What else there is to tell matters most when the database does not answer.
    this.#gauge('dataset_version', 'The newest dataset version; NaN if unknown.', () =>
      stores.versions.currentVersion(db).then(
        ({ version }) => version,
        () => Number.NaN,
      ),
    );
  }

  /** Everything, as text. */
  async text(): Promise<string> {
    return (await this.#registry.metrics()) + (await this.#process.metrics());
  }

  /** Counts an answer that was given from the cache before routing. */
  polled(route: string, method: string, status: number): void {
    this.#tally(route, method, status).requests += 1;
  }

  /** Counts any other answer. */
  answered(route: string | undefined, method: string, status: number, ms: number): void {
    // Addresses that nobody serves and methods that nobody knows are as many as a client likes.
    const tally = this.#tally(route ?? OTHER, method, status);
    tally.requests += 1;
    const status_class = `${Math.floor(status / 100)}xx`;
    this.#durations.observe({ route: tally.route, status_class }, ms / 1000);
  }

  #tally(route: string, method: string, status: number): Tally {
    const kind = `${method} ${status}`;
    let kinds = this.#tallies.get(route);
    if (kinds === undefined) {
      kinds = new Map();
      this.#tallies.set(route, kinds);
    }
    let tally = kinds.get(kind);
    if (tally === undefined) {
      tally = { route, method, status: String(status), requests: 0 };
      kinds.set(kind, tally);
    }
    return tally;
  }

  get #all(): Tally[] {
    return [...this.#tallies.values()].flatMap((kinds) => [...kinds.values()]);
  }

  #countRequests(): void {
    const all = () => this.#all;
    new Counter({
      name: 'http_requests_total',
      help: 'Answers by route, method and status; 429 are those over the limit.',
      labelNames: ['route', 'method', 'status'],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const { route, method, status, requests } of all())
          this.inc({ route, method, status }, requests);
      },
    });
  }

  #countCache(cache: AnswerCache): void {
    const counters: [name: string, help: string, value: () => number][] = [
      ['hits', 'Answers given from the cache, 304 included.', () => cache.hits],
      ['hit_bytes', 'Bytes of bodies given so.', () => cache.hitBytes],
      ['misses', 'Answers that were made and kept.', () => cache.misses],
      ['remade', 'Popular answers made anew in the background.', () => this.remade],
    ];
    for (const [name, help, value] of counters) {
      new Counter({
        name: `answer_cache_${name}_total`,
        help,
        registers: [this.#registry],
        collect() {
          this.reset();
          this.inc(value());
        },
      });
    }
    this.#gauge(
      'answer_cache_bytes',
      'What the cache holds, bounded by CACHE_MB.',
      () => cache.bytes,
    );
  }

  #gauge(name: string, help: string, value: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        this.set(await value());
      },
    });
  }
}

/** Counts every answer that passes through the hooks. */
export function countAnswers(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (!isBackground(request)) {
      const { url } = request.routeOptions;
      metrics.answered(url, request.method, reply.statusCode, reply.elapsedTime);
    }
    done();
  });
}
