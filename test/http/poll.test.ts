import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Config } from '../../src/config.js';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { RequestLimits } from '../../src/http/request-limits.js';
import { Database } from '../../src/storage/database.js';
import { sourceRow, write } from '../storage/fixtures.js';
import { type RawAnswer, rawClient } from '../support/raw-client.js';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
let ask: Awaited<ReturnType<typeof rawClient>>;
// The limits are asked in this way by what answers before routing, and by nothing else.
const beforeRouting = vi.spyOn(RequestLimits.prototype, 'poll');
const start = async (settings: Partial<Config> = {}, url?: string): Promise<void> => {
  test = await testApp(url, settings);
  await test.post('/barrages', CARD_NIGHT);
  ask = await rawClient(test.app);
  beforeRouting.mockClear();
};
afterEach(() => test.close());

const URLS = [
  '/',
  '/stats',
  '/stats?group_by=month',
  '/stats/series?bucket=month&format=csv',
  '/barrages?limit=1',
  '/barrages/rus-ukr-2024-09-07',
  '/claims?limit=1&format=ndjson&count=exact',
  '/debris-sites?format=geojson',
  '/dataset/versions',
  '/openapi.yaml',
  '/problems/validation',
];
const ENCODINGS = ['identity', 'gzip', 'br'];
const isList = (url: string): boolean => /^\/(barrages|claims|debris-sites)(\?|$)/.test(url);
/** A page of a list is kept when it is asked for again. */
const askOfLists = async (url: string, headers: Record<string, string> = {}): Promise<void> => {
  if (isList(url)) await ask(url, { headers });
};

/** Everything about an answer but the moment. */
function lasting({ status, headers, body }: RawAnswer): object {
  const { date = '', ratelimit = '', ...rest } = headers;
  expect(Math.abs(Date.parse(date) - Date.now())).toBeLessThan(2_500);
  const limit = ratelimit.replace(/\d+/g, 'n');
  return { status, headers: { ...rest, ratelimit: limit }, body: body.toString('latin1') };
}

describe('a poll', () => {
  it('is answered before routing, header for header and byte for byte as it was the first time', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: 1_000 });
    // Until the second is over there is no Last-Modified.
    await pause(1_100);
    for (const url of URLS) {
      for (const coding of ENCODINGS) {
        const headers = { 'accept-encoding': coding };
        await askOfLists(url, headers);
        beforeRouting.mockClear();
        const first = await ask(url, { headers });
        expect(beforeRouting, url).not.toHaveBeenCalled();
        const again = await ask(url, { headers });
        expect(beforeRouting, url).toHaveBeenCalledTimes(1);
        expect(first.status).toBe(200);
        expect(lasting(again), url).toEqual(lasting(first));
        const head = await ask(url, { method: 'HEAD', headers });
        expect(lasting(head), url).toEqual({ ...lasting(first), body: '' });
        expect(beforeRouting, url).toHaveBeenCalledTimes(2);
      }
    }
  });

  it('is 304 with the same headers as the framework gives', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: 1_000 });
    await pause(1_100);
    for (const url of URLS) {
      await askOfLists(url);
      const etag = String((await ask(url)).headers['etag']);
      for (const method of ['GET', 'HEAD']) {
        const headers = { 'if-none-match': etag };
        // A key takes the long way.
        const authorization = 'Bearer bst_nobody';
        const long = await ask(url, { method, headers: { ...headers, authorization } });
        beforeRouting.mockClear();
        const short = await ask(url, { method, headers });
        expect(beforeRouting, url).toHaveBeenCalledTimes(1);
        expect(short.status).toBe(304);
        expect(short.headers).not.toHaveProperty('content-length');
        expect(lasting(short), url).toEqual(lasting(long));
      }
    }
  });

  it('is 304 with the same headers for whoever is the first to ask', async () => {
    await start();
    const tags = new Map<string, string>();
    for (const url of URLS) tags.set(url, String((await test.get(url)).headers.etag));
    await test.close();
    await start();
    await pause(1_100);
    for (const [url, etag] of tags) {
      const headers = { 'if-none-match': etag };
      const first = await ask(url, { headers });
      await askOfLists(url);
      await ask(url);
      beforeRouting.mockClear();
      const again = await ask(url, { headers });
      expect([first.status, again.status], url).toEqual([304, 304]);
      expect(lasting(first), url).toEqual(lasting(again));
      expect(beforeRouting).toHaveBeenCalledTimes(1);
    }
  });

  it('tells what it was answered to a write of this process and of another, at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'barrage-stats-'));
    const url = `file:${join(folder, 'a.db')}`;
    await start({}, url);
    const other = await Database.open(url);
    try {
      const versionOf = async () => JSON.parse(String((await ask('/sources')).body)).meta;
      await versionOf();
      const { dataset_version } = await versionOf();
      await test.post('/sources', { slug: 'wire', name: 'Wire', kind: 'media' });
      expect(await versionOf()).toMatchObject({ dataset_version: dataset_version + 1 });
      await versionOf();
      await write(other, (draft) => draft.create('source', sourceRow({ slug: 'other-wire' })));
      expect(await versionOf()).toMatchObject({ dataset_version: dataset_version + 2 });
    } finally {
      await other.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is one answer for one question, however it is written', async () => {
    await start();
    const first = await ask('/stats?from=2024-01-01&to=2024-12-31');
    const again = await ask('/stats?to=2024-12-31&scope=national&from=2024-01-01');
    // Made once: the moment of making is the same.
    expect(again.body.equals(first.body)).toBe(true);
    const table = { headers: { accept: 'text/csv' } };
    const named = await ask('/claims?limit=1&sort=night&format=csv');
    expect(String((await ask('/claims?sort=night&limit=1', table)).body)).toBe(String(named.body));
  });

  it('of what names the host is answered for that host', async () => {
    await start();
    const at = async (host: string) => String((await ask('/dataset', { headers: { host } })).body);
    for (const host of ['a.example', 'b.example', 'a.example']) {
      expect(await at(host)).toContain(`http://${host}/`);
      expect(await at(host)).not.toContain(host === 'a.example' ? 'b.example' : 'a.example');
    }
  });

  it('takes the long way if anything about it is not ordinary', async () => {
    await start();
    await ask('/stats');
    const asked: [string, Parameters<typeof ask>[1]][] = [
      ['/stats', { headers: { authorization: `Bearer ${test.key}` } }],
      ['/stats', { headers: { 'last-event-id': '1' } }],
      ['/stats', { method: 'POST' }],
      ['/stats', { headers: { accept: 'text/html;q=0.1, application/json' } }],
    ];
    beforeRouting.mockClear();
    const statuses: number[] = [];
    for (const [url, options] of asked) statuses.push((await ask(url, options)).status);
    expect(statuses).toEqual([200, 200, 405, 200]);
    expect(beforeRouting).not.toHaveBeenCalled();
  });

  const line = (url: string, more = '', version = '1.1') =>
    `GET ${url} HTTP/${version}\r\nHost: x\r\n${more}\r\n`;
  const LAST = 'Connection: close\r\n';
  /** All that comes back until the server hangs up. */
  const tellAll = (sent: string): Promise<string> => {
    const { port } = test.app.server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1').setEncoding('utf8');
      let answer = '';
      socket.on('data', (piece) => {
        answer += piece;
      });
      socket.on('error', reject);
      socket.on('end', () => resolve(answer));
      socket.write(sent);
    });
  };
  const placesOf = (text: string, parts: readonly string[]): number[] => {
    let end = 0;
    return parts.map((part) => {
      const place = text.indexOf(part, end);
      end = place + part.length;
      return place;
    });
  };

  it('that was pipelined gets its answer in its turn', async () => {
    await start();
    const bodies = await Promise.all(['/munitions', '/regions'].map((url) => ask(url)));
    const [munitions = '', regions = ''] = bodies.map(({ body }) => String(body));
    const behind = ['/munitions', '/nowhere', '/regions', '/munitions'].map((url) => line(url));
    const text = await tellAll([...behind, line('/regions', LAST)].join(''));
    const inTurn = [munitions, '/problems/not-found', regions, munitions, regions];
    const places = placesOf(text, inTurn);
    expect(places[0]).toBeGreaterThan(0);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    // The first one alone: what stands behind an answer of the framework is answered by it too.
    expect(beforeRouting).toHaveBeenCalledTimes(1);
  });

  it('is one of many on a connection, with a body that nobody asked for or without', async () => {
    await start();
    const known = String((await ask('/munitions')).body);
    const withBody = line('/munitions', 'Content-Length: 5\r\n').concat('extra');
    const many = [line('/munitions'), withBody, line('/munitions'), withBody, line('/munitions')];
    const text = await tellAll(many.join('') + line('/munitions', LAST));
    expect(beforeRouting).toHaveBeenCalledTimes(many.length);
    expect(text.split('HTTP/1.1 200 OK')).toHaveLength(many.length + 2);
    expect(text.split(known)).toHaveLength(many.length + 2);
  });

  it('takes the long way on a connection that does not stay open', async () => {
    await start();
    const known = String((await ask('/munitions')).body);
    const closed = [
      line('/munitions', LAST),
      // The parser takes it for the other one, and nothing that comes after.
      line('/munitions', 'Proxy-Connection: close\r\n'),
      line('/munitions', '', '1.0'),
    ];
    for (const sent of [
      ...closed,
      line('/munitions', 'Connection: keep-alive\r\n', '1.0') + closed[0],
    ]) {
      const text = await tellAll(sent);
      expect(text).toMatch(/^HTTP\/1\.1 200 OK/);
      expect(text).toContain(known);
      expect(text).toMatch(/\r\nconnection: close\r\n/i);
    }
    expect(beforeRouting).not.toHaveBeenCalled();
  });

  it('leaves a connection that rests too long to the server, which hangs up', async () => {
    await start();
    await ask('/munitions');
    test.app.server.keepAliveTimeout = 100;
    const text = await tellAll(line('/munitions') + line('/munitions'));
    expect(beforeRouting).toHaveBeenCalledTimes(2);
    expect(text.split('HTTP/1.1 200 OK')).toHaveLength(3);
  });

  it('is sent to its end to a client that takes it slowly', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: 0 });
    const url = '/openapi.yaml';
    await ask(url);
    const { body } = await ask(url);
    beforeRouting.mockClear();
    test.app.server.keepAliveTimeout = 100;
    const { port } = test.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1').pause();
    // More than the system keeps for a client that reads nothing.
    const ASKED = 40;
    socket.write(line(url).repeat(ASKED));
    await vi.waitFor(() => expect(beforeRouting).toHaveBeenCalled());
    // Node gives a second more than it says, and the same again where something was sent meanwhile.
    await pause(3_000);
    let length = 0;
    socket.resume();
    socket.on('data', (piece) => {
      length += piece.length;
    });
    await new Promise((resolve) => {
      socket.on('close', resolve);
    });
    expect(length).toBeGreaterThan(ASKED * body.length);
  });

  it('waits where nobody reads the answers', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: 0 });
    const { server } = test.app;
    const { port } = server.address() as AddressInfo;
    // Short enough that all of them would be answered at once to a client that reads.
    const url = '/munitions';
    await ask(url);
    await ask(url);
    beforeRouting.mockClear();
    let read = 0;
    server.on('request', () => {
      read += 1;
    });
    const socket = connect(port, '127.0.0.1').pause();
    const ASKED = 50_000;
    socket.write(line(url).repeat(ASKED));
    await vi.waitFor(() => expect(beforeRouting).toHaveBeenCalled());
    let seen = 0;
    while (read > seen) {
      seen = read;
      await pause(1_000);
    }
    // What the system takes, and one piece of what came.
    expect(seen).toBeLessThan(ASKED / 10);
    socket.destroy();
    expect((await ask(url)).status).toBe(200);
  });

  it('finds a database that does not answer without ending the process', async () => {
    await start();
    await ask('/stats');
    await test.db.close();
    expect((await ask('/stats')).status).toBe(500);
    expect((await ask('/healthz')).status).toBe(200);
    // Closing twice would fail.
    test.db.close = async () => undefined;
  });
});

describe('limits of polls', () => {
  it('count every answer, and no 304', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: 3 });
    const first = await ask('/stats');
    const same = { headers: { 'if-none-match': String(first.headers['etag']) } };
    const left = async (options = {}) => {
      const { status, headers } = await ask('/stats', options);
      return [status, headers['ratelimit']?.split(';')[1]];
    };
    expect(await left(same)).toEqual([304, 'r=2']);
    expect(await left()).toEqual([200, 'r=1']);
    expect(await left(same)).toEqual([304, 'r=1']);
    expect(await left()).toEqual([200, 'r=0']);
    expect(await left(same)).toEqual([304, 'r=0']);
    expect(beforeRouting).toHaveBeenCalledTimes(5);
    const refused = await ask('/stats');
    expect([refused.status, refused.headers['ratelimit']?.split(';')[1]]).toEqual([429, 'r=0']);
    expect(JSON.parse(String(refused.body)).type).toBe('/problems/too-many-requests');
    expect(await left({ headers: { 'if-none-match': '"other"' } })).toEqual([429, 'r=0']);
  });

  it('hold each client behind a trusted proxy by itself', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: 2, TRUST_PROXY: ['loopback'] });
    const from = async (address: string) => {
      const { status } = await ask('/stats', { headers: { 'x-forwarded-for': address } });
      return status;
    };
    expect([await from('192.0.2.1'), await from('192.0.2.1')]).toEqual([200, 200]);
    expect(await from('192.0.2.1')).toBe(429);
    expect(await from('203.0.113.9, 192.0.2.2')).toBe(200);
    expect(await from('192.0.2.2')).toBe(200);
    expect(await from('192.0.2.2')).toBe(429);
  });
});

describe('a server that ends', () => {
  it('hangs up with the answer to a poll', async () => {
    await start();
    await ask('/stats');
    const { port } = test.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    const text = new Promise<string>((resolve) => {
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('close', () => resolve(answer));
    });
    socket.write('GET /stats HTTP/1.1\r\nHo');
    await pause(100);
    const closed = test.app.close();
    await pause(50);
    socket.write('st: x\r\n\r\n');
    expect(await text).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*connection: close/i);
    await closed;
  });
});
