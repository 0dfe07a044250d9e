import { Writable } from 'node:stream';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildApp } from '../../src/app.js';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { Database } from '../../src/storage/database.js';
import { run } from '../storage/fixtures.js';
import { rawClient } from '../support/raw-client.js';
import { makeKey, TEST_CONFIG } from '../support/test-app.js';

let db: Database;
let app: FastifyInstance;
let key: string;
let log: string;
beforeEach(async () => {
  log = '';
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      log += chunk;
      done();
    },
  });
  db = await Database.open('file::memory:');
  app = await buildApp(db, TEST_CONFIG, { level: 'trace', stream });
  key = await makeKey(db);
});
afterEach(async () => {
  await app.close();
  await db.close().catch(() => undefined);
});

const note = (text: string): void => {
  log += text;
};

interface Line {
  msg: string;
  url?: string;
  status?: number;
  count?: number;
  reqId?: string;
}
const lines = (): Line[] =>
  log.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
const ask = (options: InjectOptions) => app.inject({ method: 'GET', ...options });
const urlOf = async (url: string): Promise<string | undefined> => {
  await ask({ url });
  return lines().at(-1)?.url;
};

describe('the log', () => {
  it('has one line for every answer, unreadable addresses included', async () => {
    await ask({ url: '/munitions' });
    await ask({ url: '/nowhere' });
    await ask({ url: '/%zz' });
    await ask({ method: 'OPTIONS', url: '/stats' });
    const answered = lines().filter(({ msg }) => msg === 'answered');
    expect(answered.map(({ url, status }) => [url, status])).toEqual([
      ['/munitions', 200],
      ['/nowhere', 404],
      ['/%zz', 400],
      ['/stats', 204],
    ]);
  });

  it('has one line for many unchanged answers, with their count, and none is forgotten', async () => {
    const every = await buildApp(
      db,
      { ...TEST_CONFIG, LOG_UNCHANGED_EVERY: 4 },
      { level: 'info', stream: { write: (text: string) => note(text) } },
    );
    const { headers } = await every.inject('/munitions');
    const unchanged = { url: '/munitions', headers: { 'if-none-match': String(headers.etag) } };
    for (let count = 0; count < 10; count += 1) await every.inject(unchanged);
    const counts = () => lines().flatMap(({ status, count }) => (status === 304 ? [count] : []));
    expect(counts()).toEqual([4, 4]);
    const wire = await rawClient(every);
    for (let count = 0; count < 3; count += 1) {
      expect((await wire('/munitions', unchanged)).status).toBe(304);
    }
    expect(counts()).toEqual([4, 4, 4]);
    await every.close();
    expect(counts()).toEqual([4, 4, 4, 1]);
  });

  it('has the same line for an answer that was given before routing', async () => {
    const ask = await rawClient(app);
    await ask('/munitions?as_of=1');
    await ask('/munitions?as_of=1');
    await ask(`/problems/validation?${key}`);
    await vi.waitFor(() => expect(lines().filter(({ msg }) => msg === 'answered')).toHaveLength(3));
    const [first, again] = lines().filter(({ msg }) => msg === 'answered');
    expect(Object.keys(again ?? {}).toSorted()).toEqual(Object.keys(first ?? {}).toSorted());
    expect(again).toMatchObject({ method: 'GET', url: '/munitions?as_of=1', status: 200 });
    expect(again?.reqId).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(log).not.toContain(key.slice(4));
  });

  it('holds the query of an answered question, and of any other the names alone', async () => {
    expect(await urlOf('/munitions?as_of=1')).toBe('/munitions?as_of=1');
    expect(await urlOf('/stats?from=2024-09-07&token=hunter2')).toBe('/stats?from&token');
    expect(await urlOf('/openapi.json?password=hunter2')).toBe('/openapi.json?password');
    await ask({ method: 'OPTIONS', url: '/stats?token=hunter2' });
    expect(log).not.toContain('hunter2');
  });

  it('holds no key, wherever it was put and however it was encoded', async () => {
    const hex = (text: string) =>
      text.replace(/./g, (char) => `%${char.charCodeAt(0).toString(16)}`);
    const once = hex(key.slice(0, 4)) + key.slice(4);
    const twice = once.replaceAll('%', '%25');
    const often = Array.from({ length: 9 }).reduce<string>(
      (text) => text.replaceAll('%', '%25'),
      once,
    );
    const secret = key.slice(4);
    for (const spelt of [key, once, twice, often, key.toUpperCase()]) {
      const places = [`/stats?key=${spelt}`, `/stats?${spelt}=1`, `/stats?${spelt}`, `/${spelt}`];
      for (const url of [...places, `/claims/${spelt}`, `/docs/?a=${spelt}`, `/%zz${spelt}`]) {
        const { statusCode } = await ask({ url });
        if (url.startsWith('/stats')) expect(statusCode).toBe(400);
      }
    }
    await ask({ method: 'OPTIONS', url: `/stats?key=${key}` });
    await ask({ method: 'PUT', url: `/stats?key=${key}` });
    expect(lines().length).toBeGreaterThan(35);
    expect(log.toLowerCase()).not.toContain(secret.toLowerCase());
  });

  it('holds no header and no body, of what was written and of what was refused', async () => {
    const headers = { authorization: `Bearer ${key}`, cookie: 'session=hunter3' };
    const idempotent = { ...headers, 'idempotency-key': 'idem-4711' };
    const post = { method: 'POST', url: '/barrages', headers: idempotent } as const;
    expect((await ask({ ...post, payload: { ...CARD_NIGHT, note: 'note-4712' } })).statusCode).toBe(
      201,
    );
    expect((await ask({ ...post, payload: { note: 'note-4712' } })).statusCode).toBe(422);
    const broken = { ...headers, 'content-type': 'application/json' };
    await ask({ ...post, headers: broken, payload: '{"note-4712' });
    await ask({ ...post, headers: { authorization: `Bearer ${key}x` }, payload: {} });
    await ask({ url: '/stats', headers: { ...headers, 'x-forwarded-for': 'note-4712' } });
    expect(lines().filter(({ msg }) => msg === 'answered')).toHaveLength(5);
    expect(log).not.toMatch(/hunter3|idem-4711|note-4712/);
    expect(log).not.toContain(key.slice(4));
  });

  it('tells of an unexpected error what failed, without the values', async () => {
    await run(db, 'drop table idempotency_keys');
    const answer = await ask({
      method: 'POST',
      url: '/barrages',
      headers: { authorization: `Bearer ${key}`, 'idempotency-key': 'idem-4711' },
      payload: { ...CARD_NIGHT, note: 'note-4712' },
    });
    expect(answer.statusCode).toBe(500);
    const [line] = lines().filter(({ msg }) => msg === 'unexpected error');
    expect(JSON.stringify(line)).toContain('no such table: idempotency_keys');
    expect(JSON.stringify(line)).toMatch(/src\/storage\/idempotency/);
    expect(log).not.toMatch(/idem-4711|note-4712/);
  });
});
