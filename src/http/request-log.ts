import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isBackground } from './background.js';

const SECRET = /bst_[\w-]*/gi;
const HIDDEN = '[hidden]';
const ENCODED = /%([0-9a-f]{2})/gi;
const CODINGS_MAX = 4;
const CAUSES_MAX = 5;

const decoded = (text: string): string =>
  text.replace(ENCODED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Text without anything that looks like a key, percent-encoded or not, or encoded several times. */
function withoutKeys(text: string): string {
  let clear = text;
  for (let round = 0; clear.includes('%'); round += 1) {
    const next = decoded(clear);
    if (next === clear) break;
    // Nobody means well who encodes more often, and each round would cost as much as the one before.
    if (round === CODINGS_MAX) return HIDDEN;
    clear = next;
  }
  return clear.search(SECRET) < 0 ? text : clear.replace(SECRET, HIDDEN);
}

/**
 * An address as it may be logged. A query that was answered holds known parameters only; of any other the names are
 * enough, since a mistaken `?token=…` holds what it must not.
 */
function loggedAddress(url: string, answered: boolean): string {
  const start = url.indexOf('?');
  if (answered || start < 0) return withoutKeys(url);
  const names = url
    .slice(start + 1)
    .split('&')
    .map((pair) => pair.split('=', 1)[0]);
  return withoutKeys(`${url.slice(0, start)}?${names.join('&')}`);
}

interface LoggedError {
  type: string;
  message: string;
  stack: string;
  code?: unknown;
  cause?: LoggedError;
}

/** An error as it may be logged: drizzle puts the values of a failed statement into its message. */
function loggedError(thrown: unknown, depth = 0): LoggedError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const message = error.message.split('\nparams: ', 1)[0] ?? '';
  const stack = error.stack?.replace(error.message, () => message) ?? '';
  const { name: type, cause } = error;
  const { code } = error as { code?: unknown };
  const logged = { type, code, message: withoutKeys(message), stack: withoutKeys(stack) };
  if (cause === undefined || depth === CAUSES_MAX) return logged;
  return { ...logged, cause: loggedError(cause, depth + 1) };
}

/** What the framework itself puts into the log passes through these. */
export const LOG_SERIALIZERS = {
  err: (error: unknown): LoggedError & Record<string, unknown> => ({ ...loggedError(error) }),
  req: ({ method, url }: { method: string; url: string }) => ({
    method,
    url: loggedAddress(url, false),
  }),
};

// The documentation's addresses and OPTIONS take any query without looking at it.
const isChecked = ({ method, routeOptions }: FastifyRequest): boolean =>
  method !== 'OPTIONS' && routeOptions.schema?.querystring !== undefined;

/** What is logged of an answered request: no headers and no body, so that nothing secret can get into it. */
export interface AnswerLine {
  reqId?: string;
  method: string;
  url: string;
  status: number;
  ms: number;
  /** Of a 304: how many it stands for. */
  count?: number;
}

/**
 * One line for every answer, except that unchanged ones (304) share a line: each says in `count` how many there were
 * since the one before, so that the counts of all lines add up to the requests.
 */
export class AnswerLog {
  #unchanged = 0;

  /** @param every so many unchanged answers share a line; 1 gives each its own */
  constructor(private readonly every: number) {}

  /** Counts an answer. @returns how many its line stands for; 0 if it needs none */
  due(status: number): number {
    if (status !== 304) return 1;
    this.#unchanged += 1;
    if (this.#unchanged < this.every) return 0;
    return this.#take();
  }

  write(log: FastifyBaseLogger, line: AnswerLine, count: number): void {
    line.ms = Math.round(line.ms * 10) / 10;
    if (line.status === 304) line.count = count;
    log.info(line, 'answered');
  }

  /** Logs the unchanged answers that have no line yet. */
  finish(log: FastifyBaseLogger): void {
    const count = this.#take();
    if (count > 0) log.info({ status: 304, count }, 'answered');
  }

  #take(): number {
    const count = this.#unchanged;
    this.#unchanged = 0;
    return count;
  }
}

/** The address of a question that was answered, as it may be logged. */
export const answeredAddress = (url: string): string => loggedAddress(url, true);

/** Logs the answer to a request. */
export function logAnswer(answers: AnswerLog, request: FastifyRequest, reply: FastifyReply): void {
  const status = reply.statusCode;
  const count = answers.due(status);
  if (count === 0) return;
  const { method } = request;
  const url = loggedAddress(request.url, status < 400 && isChecked(request));
  answers.write(request.log, { method, url, status, ms: reply.elapsedTime }, count);
}

export function logRequests(app: FastifyInstance, answers: AnswerLog): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (!isBackground(request)) logAnswer(answers, request, reply);
    done();
  });
  app.addHook('onClose', async () => answers.finish(app.log));
}
