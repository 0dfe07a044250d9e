import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { clientErrorHandler } from './client-errors.js';
import { MERGE_PATCH } from './correction-routes.js';
import { newRequestId } from './request-id.js';
import { LOG_SERIALIZERS } from './request-log.js';
import { answerUnroutable, type Frame } from './unroutable.js';
import { validatorCompiler } from './validator.js';

const BODY_LIMIT = 1024 * 1024;
const MAX_PARAM_LENGTH = 200;

// A batch of 5 MiB over a slow line takes a minute; a head does not.
const HEADERS_TIMEOUT_MS = 15_000;
const TIMEOUT_CHECK_MS = 2_000;
// Longer than proxies keep theirs, so that none sends a request into a connection that is just being closed.
const KEEP_ALIVE_MS = 72_000;

export type Logger = NonNullable<FastifyServerOptions['logger']>;

/** What can be set of the server from outside. */
export interface ServerSettings {
  /** Proxies whose forwarded addresses are believed. */
  proxies: readonly string[];
  /** How long a request may take to arrive, in ms. */
  request_timeout_ms: number;
}

// Standing for Fastify's own: what it logs by itself must hold no secret either.
const quiet = (logger: Logger): Logger =>
  typeof logger === 'boolean' ? logger : { ...logger, serializers: LOG_SERIALIZERS };

/** How bodies are read and written. */
function useCodecs(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser(MERGE_PATCH, { parseAs: 'string' }, parseJson);
}

type SchemaController = NonNullable<FastifyServerOptions['schemaController']>;

// In place of Fastify's own, which load a hundred modules. The routes' response schemas are the specification; tests
// hold every answer to them, production does not pay for it. Fastify's types know factories of JSON Schema alone.
export const COMPILERS = {
  buildValidator: () => validatorCompiler,
  buildSerializer: () => () => (data: unknown) => JSON.stringify(data),
} as unknown as NonNullable<SchemaController['compilersFactory']>;

/** Fastify without a route: its limits, its times, and what it answers outside of its hooks. */
export function makeServer(
  framed: Frame,
  { proxies, request_timeout_ms }: ServerSettings,
  logger: Logger,
): FastifyInstance {
  const app = Fastify({
    logger: quiet(logger),
    schemaController: { compilersFactory: COMPILERS },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: request_timeout_ms,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: {
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, request_timeout_ms),
      // Node looks for late requests now and then, by default every half minute.
      connectionsCheckingInterval: Math.min(TIMEOUT_CHECK_MS, request_timeout_ms / 2),
      // Node would refuse it without a problem document.
      requireHostHeader: false,
    },
    // What arrives while the server ends is still answered: Fastify's own 503 is no problem document.
    return503OnClosing: false,
    ...(proxies.length > 0 && { trustProxy: [...proxies] }),
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    genReqId: newRequestId,
    clientErrorHandler: clientErrorHandler(framed.standing.read),
    frameworkErrors: (error, request, reply) =>
      void answerUnroutable(framed, error, request, reply),
  });
  useCodecs(app);
  return app;
}
