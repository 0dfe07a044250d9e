import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { FeedPosition } from '../../storage/change-store.js';
import { requireReached, versionFor } from '../as-of.js';
import { askedFormat, type PublicAnswer } from '../asked-question.js';
import { ChangeFeed } from '../change-feed.js';
import { ChangePages } from '../change-pages.js';
import { connectionOf } from '../connection.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { metaOf } from '../meta.js';
import { MEDIA_TYPES } from '../negotiation.js';
import { Problem } from '../problem.js';
import { asOfParameter, feedLimit } from '../query-schemas.js';
import { problemResponses } from '../schemas/envelope.js';
import { changesSchema } from '../schemas/history.js';

const CHANGES: PublicAnswer = { validator: 'question', formats: ['json', 'event-stream'] };
const EVENT_STREAM = MEDIA_TYPES['event-stream'];
// The connection is good for nothing else afterwards; a proxy must not hold events back.
const STREAM_HEADERS = {
  'cache-control': 'no-store',
  vary: 'Accept',
  connection: 'close',
  'x-accel-buffering': 'no',
};
const RETRY_AFTER_S = 30;
const position = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,9})?$/, 'a dataset version, or next_after of the page before')
  .describe('A dataset version, all of which is known, or `next_after` of the page before.');

const querystring = z.strictObject({
  after: position.default('0'),
  limit: feedLimit,
  as_of: asOfParameter,
});
type FeedQuery = z.output<typeof querystring>;

// A version alone means all of it; the last change within a version is named by its place too.
const WHOLE_VERSION = Number.MAX_SAFE_INTEGER;

const positionOf = (text: string): FeedPosition => {
  const [version = 0, seq = WHOLE_VERSION] = text.split('.').map(Number);
  return { version, seq };
};

function feedOf(app: ZodApp, { db, stores, watch, settings }: Dependencies): ChangeFeed {
  const list = (after: FeedPosition, most: number) => stores.changes.listChanges(db, after, most);
  const feed = new ChangeFeed(watch, new ChangePages(list), settings.feed);
  // Before the server stops: it waits for open connections, and these would never end by themselves.
  app.addHook('preClose', () => feed.close());
  return feed;
}

async function page({ db, stores }: Dependencies, { after, limit }: FeedQuery, upTo: number) {
  const rows = await stores.changes.listChanges(db, positionOf(after), limit + 1, upTo);
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  // An empty page leaves the reader where it was.
  const next_after = last === undefined ? after : `${last.version}.${last.seq}`;
  return { data, page: { limit, has_more: rows.length > limit, next_after } };
}

function requireLatest(asOf: string): void {
  if (asOf === 'latest') return;
  const detail = 'a stream goes on with what is new and takes `latest` alone';
  throw new Problem('invalid-parameter', 'The query breaks the rules named in errors.', {
    errors: [{ parameter: 'as_of', code: 'not_for_streams', detail }],
  });
}

function sendStream(feed: ChangeFeed, reply: FastifyReply, { after, limit }: FeedQuery) {
  reply.headers(STREAM_HEADERS).type(EVENT_STREAM);
  // Asked for its head alone, a stream would be read to its end, and it has none.
  if (reply.request.method === 'HEAD') return reply.send(Readable.from([]) as never);
  const stream = feed.open(positionOf(after), limit, connectionOf(reply.request, reply));
  if (stream !== null) return reply.send(stream as never);
  const headers = { 'retry-after': String(RETRY_AFTER_S) };
  throw new Problem(
    'unavailable',
    'Too many are listening already, from everywhere or from here.',
    { headers },
  );
}

/** `/changes`: what was written, in order, as pages or as a stream. */
export async function changeRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  const feed = feedOf(app, deps);
  app.route({
    method: 'GET',
    url: '/changes',
    config: { answer: CHANGES },
    schema: {
      operationId: 'listChanges',
      summary: 'Everything that was created, corrected or retracted, in order',
      description:
        'With `Accept: text/event-stream` it goes on for ever: first what is missing, then every change as it is committed. `id` of an event is its place in the feed, `data` the same object as in a page.',
      tags: ['history'],
      security: [],
      querystring,
      headers: z.looseObject({
        'last-event-id': position
          .optional()
          .describe('For a stream: the id of the last event that was received. Wins over `after`.'),
      }),
      response: {
        200: {
          description: 'A page, or a stream of events.',
          content: {
            'application/json': { schema: changesSchema },
            [EVENT_STREAM]: { schema: z.string() },
          },
        },
        ...problemResponses('invalid-parameter', 'unavailable'),
      },
    },
    handler: async (request, reply) => {
      const { query, headers } = request;
      const isStream = askedFormat(request) === 'event-stream';
      if (isStream) requireLatest(query.as_of);
      const resumed = isStream ? headers['last-event-id'] : undefined;
      const after = resumed ?? query.after;
      const version = await versionFor(deps, query.as_of);
      const named = resumed === undefined ? 'after' : 'last-event-id';
      requireReached(positionOf(after).version, version, named);
      if (isStream) return sendStream(feed, reply, { ...query, after });
      const { data, page: info } = await page(deps, query, version.version);
      return { data, page: info, meta: metaOf(version, query) } as never;
    },
  });
}
