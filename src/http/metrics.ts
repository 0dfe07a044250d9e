import type { FastifyInstance } from 'fastify';
import type { AnswerCache } from './answer-cache.js';
import { isBackground } from './background.js';
import type { Dependencies } from './dependencies.js';
import { Durations } from './durations.js';
import type { Figure } from './metrics-text.js';

/** Requests of one kind, in plain numbers: a label set that is looked up for each would cost as much as the request. */
interface Tally {
  route: string;
  method: string;
  status: string;
  requests: number;
  durations: Durations;
}

const OTHER = 'other';

/** What the service counts about itself, in the text that Prometheus reads. */
export class Metrics {
  readonly #tallies = new Map<string, Map<string, Tally>>();

  /** How many answers were made anew in the background. */
  remade = 0;

  constructor(
    private readonly cache: AnswerCache,
    private readonly deps: Dependencies,
  ) {}

  /** Everything, as text. What writes it is loaded with the first question: most services are never asked. */
  async text(): Promise<{ contentType: string; text: string }> {
    const { metricsText } = await import('./metrics-text.js');
    return metricsText([
      this.#durations(),
      this.#requests(),
      ...this.#ofCache(),
      await this.#version(),
    ]);
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
    tally.durations.observe(ms / 1000);
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
      tally = {
        route,
        method,
        status: String(status),
        requests: 0,
        durations: new Durations(),
      };
      kinds.set(kind, tally);
    }
    return tally;
  }

  get #all(): Tally[] {
    return [...this.#tallies.values()].flatMap((kinds) => [...kinds.values()]);
  }

  #durations(): Figure {
    const name = 'http_request_duration_seconds';
    const classes = new Map<string, { labels: Record<string, string>; durations: Durations }>();
    for (const { route, status, durations } of this.#all) {
      if (durations.isEmpty) continue;
      const labels = { route, status_class: `${status[0]}xx` };
      const key = Object.values(labels).join(' ');
      const own = classes.get(key) ?? { labels, durations: new Durations() };
      own.durations.add(durations);
      classes.set(key, own);
    }
    return {
      name,
      help: 'Time to the end of an answer, of all that were not given from the cache before routing.',
      type: 'histogram',
      values: Array.from(classes.values(), ({ labels, durations }) =>
        durations.valuesOf(name, labels),
      ).flat(),
    };
  }

  #requests(): Figure {
    return {
      name: 'http_requests_total',
      help: 'Answers by route, method and status; 429 are those over the limit.',
      type: 'counter',
      values: this.#all.map(({ route, method, status, requests }) => ({
        labels: { route, method, status },
        value: requests,
      })),
    };
  }

  #ofCache(): Figure[] {
    const { cache } = this;
    const counters: [name: string, help: string, value: number][] = [
      ['hits', 'Answers given from the cache, 304 included.', cache.hits],
      ['hit_bytes', 'Bytes of bodies given so.', cache.hitBytes],
      ['misses', 'Answers that were made and kept.', cache.misses],
      ['remade', 'Popular answers made anew in the background.', this.remade],
    ];
    return [
      ...counters.map(([name, help, value]) =>
        single('counter', `answer_cache_${name}_total`, help, value),
      ),
      single(
        'gauge',
        'answer_cache_bytes',
        'What the cache holds, bounded by CACHE_MB.',
        cache.bytes,
      ),
    ];
  }

  async #version(): Promise<Figure> {
    const { db, stores } = this.deps;
    // What else there is to tell matters most when the database does not answer.
    const version = await stores.versions.currentVersion(db).then(
      (newest) => newest.version,
      () => Number.NaN,
    );
    return single(
      'gauge',
      'dataset_version',
      'The newest dataset version; NaN if unknown.',
      version,
    );
  }
}

const single = (type: Figure['type'], name: string, help: string, value: number): Figure => ({
  name,
  help,
  type,
  values: [{ labels: {}, value }],
});

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
