import { Readable } from 'node:stream';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Dependencies } from '../../src/http/dependencies.js';
import { handleErrors } from '../../src/http/error-handler.js';
import { accountForAnswers, limitRequests } from '../../src/http/limit-requests.js';
import { RequestLimits } from '../../src/http/request-limits.js';

// What other hooks of the application do with answers, each in the plainest form: the limits must bear them all.
let app: FastifyInstance;
let handled: number;
let file: Readable;
beforeEach(() => {
  app = Fastify();
  handled = 0;
  file = Readable.from(['x']);
  // Nobody here has a key, so nothing is looked up.
  const limits = new RequestLimits({} as Dependencies, { anonymous: 2, keyed: 0 }, () => 0);
  handleErrors(app);
  limitRequests(app, limits);
  app.addHook('onRequest', (request, reply, done) => {
    const isKnown = request.headers['if-none-match'] === '"same"';
    if (request.url === '/finished') {
      reply.headers({ etag: '"same"', 'content-encoding': 'gzip', 'repr-digest': 'x' });
      void (isKnown ? reply.code(304).send() : reply.send(Buffer.from('zipped')));
    } else if (request.url === '/file') {
      void reply.header('content-length', 1).send(file);
    } else done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const isKnown = request.headers['if-none-match'] === '"body"';
    if (request.url === '/by-body' && isKnown) {
      reply.code(304);
      return done(null, '');
    }
    done(null, payload);
  });
  accountForAnswers(app, limits);
  app.get('/by-body', async () => {
    handled += 1;
    return { a: 1 };
  });
});
afterEach(() => app.close());

const ask = (url: string, tag?: string) =>
  app.inject({ url, headers: tag === undefined ? {} : { 'if-none-match': tag } });
const spend = async () => {
  await ask('/nowhere');
  await ask('/nowhere');
};
const left = async () => (await ask('/by-body', '"body"')).headers['ratelimit'];

describe('limits among other hooks', () => {
  it('cost nothing for a 304 that a hook gives before the route', async () => {
    for (let count = 0; count < 5; count += 1) {
      expect((await ask('/finished', '"same"')).statusCode).toBe(304);
    }
    expect(await left()).toBe('"anonymous";r=2;t=60');
  });

  it('cost nothing for a 304 that an answer becomes as it is sent', async () => {
    for (let count = 0; count < 5; count += 1) {
      const { statusCode, headers } = await ask('/by-body', '"body"');
      expect([statusCode, headers['ratelimit']]).toEqual([304, '"anonymous";r=2;t=60']);
    }
  });

  it('give a 304 at the limit, but no finished answer in its place', async () => {
    await spend();
    expect((await ask('/finished', '"same"')).statusCode).toBe(304);
    const refused = await ask('/finished', '"old"');
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({ type: '/problems/too-many-requests' });
    for (const name of ['etag', 'content-encoding', 'repr-digest']) {
      expect(refused.headers).not.toHaveProperty(name);
    }
    expect(refused.headers['content-length']).toBe(String(refused.rawPayload.length));
  });

  it('let go of a file that is not sent', async () => {
    await spend();
    const refused = await ask('/file', '"old"');
    expect([refused.statusCode, refused.json().status]).toEqual([429, 429]);
    expect(file.destroyed).toBe(true);
  });

  it('keep a handler from starting at the limit', async () => {
    await spend();
    expect((await ask('/by-body', '"old"')).statusCode).toBe(429);
    expect(handled).toBe(0);
  });
});
