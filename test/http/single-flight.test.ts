import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnswerCache } from '../../src/http/answer-cache.js';
import type { Dependencies } from '../../src/http/dependencies.js';
import { handleErrors } from '../../src/http/error-handler.js';
import { Problem } from '../../src/http/problem.js';
import { answerPublicly, DOCUMENT, QUESTION, RECORD } from '../../src/http/public-answers.js';
import { Database } from '../../src/storage/database.js';
import * as versions from '../../src/storage/versions.js';
import { sourceRow, write } from '../storage/fixtures.js';

// The hooks of the application around handlers that count and wait, on a real database.
let db: Database;
let app: FastifyInstance;
let cache: AnswerCache;
let runs: number;
let open: () => void;
let sending: () => Promise<void>;
let handle: () => Promise<unknown>;
beforeEach(async () => {
  db = await Database.open('file::memory:');
  const settings = { public_url: '' };
  const deps = { db, stores: { versions }, settings } as unknown as Dependencies;
  app = Fastify();
  handleErrors(app);
  cache = new AnswerCache(2 ** 20);
  answerPublicly(app, deps, { cache, standing: {} });
  sending = async () => undefined;
  app.addHook('onSend', () => sending());
  runs = 0;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  handle = async () => ({ runs });
  const handler = async () => {
    runs += 1;
    await gate;
    return handle();
  };
  app.get('/question', { config: { answer: QUESTION }, handler });
  app.get('/page', { config: { answer: { ...QUESTION, mostlyOnce: true } }, handler });
  app.get('/record', { config: { answer: RECORD }, handler });
  app.get('/document', { config: { answer: DOCUMENT }, handler });
});
afterEach(async () => {
  await app.close();
  await db.close();
});

const MANY = 50;
const askAll = (url: string, headers = {}) =>
  Array.from({ length: MANY }, () => app.inject({ url, headers }));
const started = async (count = 1): Promise<void> => {
  while (runs < count) await pause(1);
  // Whoever asks at the same time is there by then.
  await pause(20);
};

describe('many who ask the same at once', () => {
  it.each(['/question', '/record', '/document'])('of %s are given one computation', async (url) => {
    const asked = askAll(url);
    await started();
    open();
    const answers = await Promise.all(asked);
    expect(runs).toBe(1);
    const bodies = new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`));
    expect([...bodies]).toEqual(['200 {"runs":1}']);
    const tags = new Set(answers.map(({ headers }) => headers.etag));
    expect(tags.size).toBe(1);
  });

  it('are given it though it takes a while to be sent', async () => {
    sending = () => pause(5);
    const asked = askAll('/question');
    await started();
    open();
    await Promise.all(asked);
    expect(runs).toBe(1);
  });

  it.each(['/page', '/question'])('of %s leave nothing behind if it is not kept', async (url) => {
    if (url === '/question') handle = async () => ({ text: 'x'.repeat(2 ** 18) });
    const asked = askAll(url);
    await started();
    open();
    await Promise.all(asked);
    expect([runs, cache.bytes]).toEqual([1, 0]);
  });

  it('share an error, which is not kept', async () => {
    handle = async () => {
      throw new Problem('unavailable', 'not now');
    };
    const asked = askAll('/question');
    await started();
    open();
    const answers = await Promise.all(asked);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(MANY).fill(503));
    // Each has a name of its own.
    expect(new Set(answers.map((answer) => answer.json().instance)).size).toBe(MANY);
    expect(runs).toBe(1);
    handle = async () => ({ runs });
    expect((await app.inject('/question')).json()).toEqual({ runs: 2 });
  });

  it('get their answer though the one for whom it is computed hangs up', async () => {
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const first = connect(port, '127.0.0.1');
    first.write('GET /question HTTP/1.1\r\nHost: x\r\n\r\n');
    await started();
    const asked = askAll('/question');
    await pause(20);
    const closed = once(first, 'close');
    first.destroy();
    await closed;
    await pause(20);
    open();
    const answers = await Promise.all(asked);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(MANY).fill(200));
    expect(runs).toBe(1);
  });

  it('are not given what was begun before a write that they know of', async () => {
    const before = app.inject('/question');
    await started();
    await write(db, (draft) => draft.create('source', sourceRow({ slug: 'wire' })));
    const after = app.inject('/question');
    await started(2);
    open();
    expect((await after).headers.etag).not.toBe((await before).headers.etag);
    expect(runs).toBe(2);
  });

  it('compute by themselves what is streamed, or written for another format', async () => {
    handle = async () => Readable.from([`${runs}`]);
    const asked = askAll('/question');
    await started();
    open();
    const answers = await Promise.all(asked);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(MANY).fill(200));
    expect(runs).toBe(MANY);
  });

  it('are each compared with what they know', async () => {
    const asked = askAll('/record', { 'if-none-match': '*' });
    await started();
    open();
    const answers = await Promise.all(asked);
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual(
      Array(MANY).fill([304, '']),
    );
    expect(runs).toBe(1);
  });
});
