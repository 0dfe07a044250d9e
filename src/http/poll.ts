import type { IncomingMessage, ServerResponse } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';
import type { FastifyInstance } from 'fastify';
import { type AnswerCache, type Found, wordingKey } from './answer-cache.js';
import type { Metrics } from './metrics.js';
import { newRequestId } from './request-id.js';
import type { RequestLimits } from './request-limits.js';
import type { AnswerLog } from './request-log.js';
import { HeadEnd, sendStraight, straightWay } from './straight.js';
import { isNotModified } from './validators.js';

/** What a poll is answered from, and what is told of it. */
export interface PollParts {
  cache: AnswerCache;
  /** The newest dataset version; null if it is not known. */
  newest: () => number | null;
  limits: RequestLimits;
  log: AnswerLog;
  metrics: Metrics | null;
  /** Who asks, forwarded addresses of trusted proxies considered. */
  addressOf: (request: IncomingMessage) => string | undefined;
}

/** Finds out who asks, as Fastify does: the last address of X-Forwarded-For that no trusted proxy has. */
export function peerOf(proxies: readonly string[]): PollParts['addressOf'] {
  if (proxies.length === 0) return ({ socket }) => socket.remoteAddress;
  const isTrusted = proxyAddress.compile([...proxies]);
  return (request) => proxyAddress(request, isTrusted);
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Answers what was asked in the same words before, and not been changed by a write since, before the framework sees it:
 * routing, hooks and reply objects cost more than all that is left to do. Whatever is not quite ordinary (a key, a
 * client at its limit, a connection or a server that ends) takes the long way, which gives the same answer.
 */
export class Polls {
  #closing = false;
  readonly #end: HeadEnd;

  constructor(
    private readonly app: FastifyInstance,
    private readonly parts: PollParts,
  ) {
    this.#end = new HeadEnd(app.server);
    app.addHook('preClose', async () => {
      this.#closing = true;
    });
  }

  /** Puts itself before the framework's listener. */
  goFirst(): void {
    const { server } = this.app;
    const [route] = server.listeners('request') as [Listener];
    server.removeListener('request', route);
    server.on('request', (request, response) => {
      if (!this.#answer(request, response)) route(request, response);
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): boolean {
    const begun = performance.now();
    const socket = straightWay(request, response);
    if (socket === null) return false;
    const found = this.#find(request);
    if (found === undefined) return false;
    const { answer, address } = found;
    const { cache, limits, log, metrics, addressOf } = this.parts;
    const { method = 'GET' } = request;
    const isSame = isNotModified(request.headers, answer.headers);
    const limit = limits.poll(addressOf(request), isSame);
    if (limit === null) return false;
    const status = isSame ? 304 : 200;
    const head = (isSame ? answer.unchanged : answer.whole) + limit + this.#end.text;
    const hasBody = !isSame && method === 'GET';
    sendStraight(socket, response, status, head, hasBody ? answer.body : undefined);
    cache.noteHit(hasBody ? answer.body.length : 0);
    metrics?.polled(answer.route, method, status);
    const count = log.due(status);
    if (count > 0) {
      const ms = performance.now() - begun;
      const line = { reqId: newRequestId(), method, url: address, status, ms };
      log.write(this.app.log, line, count);
    }
    return true;
  }

  #find({ method, url = '', headers }: IncomingMessage): Found | undefined {
    if (this.#closing || (method !== 'GET' && method !== 'HEAD')) return undefined;
    const isOrdinary =
      headers.authorization === undefined &&
      headers['last-event-id'] === undefined &&
      headers.host !== undefined;
    if (!isOrdinary) return undefined;
    const { accept, 'accept-encoding': encodings } = headers;
    const found = this.parts.cache.find(
      wordingKey({ url, accept, encodings: encodings as string }),
    );
    const version = found?.answer.version;
    if (version === undefined) return undefined;
    return version === null || version === this.#newest() ? found : undefined;
  }

  #newest(): number | null {
    try {
      return this.parts.newest();
    } catch {
      // A database that does not answer is somebody else's to report: here it would end the process.
      return null;
    }
  }
}
