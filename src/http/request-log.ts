import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

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

/** One line for an answered request: no headers and no body, so that nothing secret can get into it. */
export function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const { method, url } = request;
  const status = reply.statusCode;
  const ms = Math.round(reply.elapsedTime * 10) / 10;
  const address = loggedAddress(url, status < 400 && isChecked(request));
  request.log.info({ method, url: address, status, ms }, 'answered');
}

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => logAnswer(request, reply));
}
