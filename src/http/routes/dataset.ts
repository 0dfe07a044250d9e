import { Readable } from 'node:stream';
import { z } from 'zod';
import { versionFor } from '../as-of.js';
import { askedFormat, type PublicAnswer } from '../asked-question.js';
import { baseAddress } from '../base-address.js';
import { connectionOf, occupy, whenGone } from '../connection.js';
import { datasetDescription, SQLITE_TYPE } from '../dataset-description.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { isNamedIn } from '../entity-tag.js';
import { MEDIA_TYPES } from '../negotiation.js';
import { Problem } from '../problem.js';
import { asOfParameter } from '../query-schemas.js';
import { datasetSchema } from '../schemas/dataset.js';
import { problemResponses } from '../schemas/envelope.js';

const JSON_LD = MEDIA_TYPES.jsonld;
const DESCRIPTION: PublicAnswer = {
  validator: 'question',
  formats: ['jsonld', 'json'],
  namesHost: true,
};
const noQuery = z.strictObject({});
const tags = ['dataset'];
const tagOf = (version: number): string => `W/"dataset-${version}"`;

const oneAtATime = (): Problem =>
  new Problem('unavailable', 'This connection is already taken by another download.', {
    headers: { 'retry-after': '1' },
  });

function descriptionRoute(app: ZodApp, deps: Dependencies): void {
  const { db, stores } = deps;
  app.route({
    method: 'GET',
    url: '/dataset',
    config: { answer: DESCRIPTION },
    schema: {
      operationId: 'describeDataset',
      summary: 'The dataset as a schema.org Dataset, for catalogues and search engines',
      description:
        'JSON-LD with the span of nights, the licence, the measures and every form of download.',
      tags,
      security: [],
      querystring: z.strictObject({ as_of: asOfParameter }),
      response: {
        200: {
          description: 'A JSON-LD document.',
          content: {
            [JSON_LD]: { schema: datasetSchema },
            'application/json': { schema: datasetSchema },
          },
        },
        ...problemResponses('invalid-parameter'),
      },
    },
    handler: async (request, reply) => {
      const { as_of } = request.query;
      const version = await versionFor(deps, as_of);
      const first = (await stores.versions.versionNumbered(db, 1)) ?? version;
      const coverage = await stores.barrages.coverageAt(db, version.version);
      const at = { base: baseAddress(request, deps), pinned: as_of !== 'latest' };
      const description = datasetDescription(at, version, first, coverage);
      const type = MEDIA_TYPES[askedFormat(request)];
      return reply.type(type).send(JSON.stringify(description) as never);
    },
  });
}

function fileRoute(app: ZodApp, { db, stores, files, aside }: Dependencies): void {
  // Together: a file that is being made is waited for until the work aside ends.
  app.addHook('onClose', () => Promise.all([aside.close(), files.close()]));
  app.route({
    method: 'GET',
    url: '/dataset.sqlite',
    schema: {
      operationId: 'downloadDataset',
      summary: 'The whole dataset as a SQLite file that this service can be started on',
      description:
        'All public tables with every version, cut at the newest dataset version; no keys and no stored requests.',
      tags,
      security: [],
      querystring: noQuery,
      headers: z.looseObject({ 'if-none-match': z.string().optional() }),
      response: {
        200: {
          description: 'The file.',
          content: { [SQLITE_TYPE]: { schema: z.string().meta({ format: 'binary' }) } },
        },
        304: z.null().describe('The file is the one whose ETag was sent.'),
        ...problemResponses('invalid-parameter', 'unavailable'),
      },
    },
    // Before the handler, so that it is answered at the limit of requests too.
    preHandler: async (request, reply) => {
      const current = tagOf((await stores.versions.currentVersion(db)).version);
      reply.header('cache-control', 'public, no-cache');
      if (!isNamedIn(request.headers['if-none-match'] ?? '', current)) return;
      return reply
        .code(304)
        .header('etag', current)
        .send(undefined as never);
    },
    handler: async (request, reply) => {
      const connection = connectionOf(request, reply);
      const isRead = request.method !== 'HEAD';
      if (isRead && !occupy(connection)) throw oneAtATime();
      const file = await files.newest();
      // Asked for its head alone, the file is not read.
      const bytes = isRead ? file.read() : Readable.from([]);
      whenGone(connection, () => bytes.destroy());
      return reply
        .headers({
          'content-length': file.size,
          // A connection kept for more would hold up a server that ends just after the last byte.
          connection: 'close',
          'content-disposition': `attachment; filename="barrage-stats-v${file.version}.sqlite"`,
          etag: tagOf(file.version),
          'repr-digest': `sha-256=:${file.sha256}:`,
        })
        .type(SQLITE_TYPE)
        .send(bytes as never);
    },
  });
}

/** The dataset as a whole: what it is, and all of it. */
export async function datasetRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  descriptionRoute(app, deps);
  fileRoute(app, deps);
}
