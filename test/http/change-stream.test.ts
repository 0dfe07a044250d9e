import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { ChangeFeed } from '../../src/http/change-feed.js';
import { ChangePages } from '../../src/http/change-pages.js';
import { type FeedPosition, listChanges } from '../../src/storage/change-store.js';
import { Connection } from '../../src/storage/connection.js';
import { VersionWatch } from '../../src/storage/version-watch.js';
import {
  munitionRow,
  openDatabase,
  run,
  sourceRow,
  temporaryFolder,
  write,
} from '../storage/fixtures.js';
import { EventReader, listen } from '../support/event-stream.js';
import { pipelineAndHangUp } from '../support/pipeline.js';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
afterEach(() => test.close());

const readers: EventReader[] = [];
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});
async function open(url: string, headers: Record<string, string> = {}): Promise<EventReader> {
  const reader = await EventReader.open(url, headers);
  readers.push(reader);
  return reader;
}

async function start(settings: Parameters<typeof testApp>[1] = {}, url?: string): Promise<string> {
  test = await testApp(url, settings);
  return listen(test.app);
}

const source = (number: number) => ({ slug: `agency-${number}`, name: 'Agency', kind: 'media' });
const allChanges = async (): Promise<{ version: number; seq: number }[]> => {
  const all: { version: number; seq: number }[] = [];
  for (let after = '0'; ; ) {
    const { data, page } = (await test.get(`/changes?after=${after}&limit=500`)).json();
    all.push(...data);
    after = page.next_after;
    if (!page.has_more) return all;
  }
};

describe('GET /changes as text/event-stream', () => {
  it('replays what is missing in pages, then goes on with every write as it is committed', async () => {
    const address = await start();
    const missing = await allChanges();
    expect(missing.length).toBeGreaterThan(30);
    const reader = await open(`${address}/changes?limit=7`);
    expect(reader.response.status).toBe(200);
    expect(reader.response.headers.get('content-type')).toBe('text/event-stream');
    expect(reader.response.headers.get('cache-control')).toBe('no-store');
    expect(reader.response.headers.get('vary')).toBe('Accept');
    const replayed = await reader.take(missing.length);
    expect(replayed.map(({ data }) => data)).toEqual(missing);
    expect(replayed[0]).toMatchObject({ id: '1.0', event: 'change' });
    expect(reader.retry).toBe('3000');
    const live = reader.take(4);
    await test.post('/sources', source(1));
    await test.post('/barrages', CARD_NIGHT);
    const written = (await live).map(({ id, data }) => `${id} ${data.op} ${data.entity}`);
    expect(written).toEqual([
      '2.0 created source',
      '3.0 created barrage',
      '3.1 created claim',
      '3.2 created debris_site',
    ]);
  });

  it('goes on after Last-Event-ID, which wins over after, with no gap and no repeat while writes go on', async () => {
    const address = await start();
    const writes = (async () => {
      for (let number = 0; number < 60; number += 1) await test.post('/sources', source(number));
    })();
    const ids: string[] = [];
    let last = '1';
    while (ids.length < 60) {
      const reader = await open(`${address}/changes?after=0&limit=3`, { 'last-event-id': last });
      for (const { id } of await reader.take(Math.min(7, 60 - ids.length))) ids.push(id);
      reader.close();
      last = ids.at(-1) ?? last;
    }
    await writes;
    expect(ids).toEqual(Array.from({ length: 60 }, (_, index) => `${index + 2}.0`));
  });

  it('goes on in the middle of a version', async () => {
    const address = await start();
    await test.post('/barrages', CARD_NIGHT);
    const reader = await open(`${address}/changes?after=2.0`);
    expect((await reader.take(2)).map(({ id }) => id)).toEqual(['2.1', '2.2']);
  });

  it('lets a mirror that applies the stream from 0 hold exactly what is current', async () => {
    const address = await start();
    await test.post('/barrages', CARD_NIGHT);
    const { data: claims } = (await test.get('/claims')).json();
    const held = new Map<string, number>();
    const reader = await open(`${address}/changes?limit=5`);
    const apply = (async () => {
      for (let event = await reader.next(); event !== null; event = await reader.next()) {
        const { op, entity, id, revision } = event.data;
        if (op === 'retracted') held.delete(`${entity} ${id}`);
        else held.set(`${entity} ${id}`, revision);
      }
    })();
    await test.patch(`/claims/${claims[0].id}`, { intercepted: 57, reason: 'misread' });
    const [site] = (await test.get('/debris-sites')).json().data;
    await test.retract(`/debris-sites/${site.id}`);
    await test.post('/sources', source(1));
    const heldOf = (entity: string) =>
      Object.fromEntries([...held].filter(([key]) => key.startsWith(`${entity} `)));
    await vi.waitFor(() => expect(held.has('source agency-1')).toBe(true));
    expect(heldOf('claim')).toEqual({ [`claim ${claims[0].id}`]: 2 });
    expect(heldOf('debris_site')).toEqual({});
    const { data: sources } = (await test.get('/sources')).json();
    expect(Object.keys(heldOf('source')).toSorted()).toEqual(
      sources.map(({ slug }: { slug: string }) => `source ${slug}`).toSorted(),
    );
    await test.app.close();
    await apply;
  });

  it('tells of a write of another process within one poll', async () => {
    const url = `file:${temporaryFolder()}/shared.db`;
    const address = await start({ FEED_POLL_MS: 20 }, url);
    const reader = await open(`${address}/changes?after=1`);
    const other = await openDatabase(url);
    const next = reader.next();
    await write(other, (draft) => draft.create('source', sourceRow()));
    expect((await next)?.data).toMatchObject({ version: 2, id: 'xxb-staff' });
  });

  it('sends a sign of life into a silence', async () => {
    const address = await start({ FEED_HEARTBEAT_MS: 20 });
    const reader = await open(`${address}/changes?after=1`);
    const next = reader.next();
    await vi.waitFor(() => expect(reader.comments.length).toBeGreaterThan(2));
    await test.post('/sources', source(1));
    expect((await next)?.id).toBe('2.0');
    expect(new Set(reader.comments)).toEqual(new Set(['still here']));
  });

  it('503 with Retry-After beyond the cap, and room again when a listener has left', async () => {
    const address = await start({ FEED_LISTENERS: 2, FEED_LISTENERS_PER_ADDRESS: 2 });
    const first = await open(`${address}/changes`);
    await open(`${address}/changes`);
    const refused = await fetch(`${address}/changes`, { headers: { accept: 'text/event-stream' } });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.headers.get('retry-after')).toBe('30');
    expect(await refused.json()).toMatchObject({ type: '/problems/unavailable', status: 503 });
    // Pages are no streams.
    expect((await test.get('/changes')).statusCode).toBe(200);
    for (let round = 0; round < 5; round += 1) {
      (round === 0 ? first : readers.at(-1))?.close();
      await vi.waitFor(async () => {
        expect((await open(`${address}/changes`)).response.status).toBe(200);
      });
    }
  });

  it('forgets listeners whose pipelined answer never had its turn, when their connection is gone', async () => {
    const address = await start();
    await pipelineAndHangUp(address, '/changes', 1100, 'text/event-stream');
    await vi.waitFor(async () => {
      expect((await open(`${address}/changes`)).response.status).toBe(200);
    });
  });

  it('503 for a second stream on one connection, and beyond the share of one address', async () => {
    const address = await start({ FEED_LISTENERS: 8 });
    const wired = wire(address, 3);
    await wired.begun;
    // The three that were pipelined count as one: the others would never be sent.
    expect((await open(`${address}/changes`)).response.status).toBe(200);
    expect((await open(`${address}/changes`)).response.status).toBe(503);
    expect((await test.app.inject('/changes')).statusCode).toBe(200);
  });

  it.each(['x', '-1', '1.', '1.2.3', '1e3'])('400 for Last-Event-ID: %s', async (id) => {
    test = await testApp();
    const headers = { accept: 'text/event-stream', 'last-event-id': id };
    const response = await test.get('/changes', headers);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({
      detail: 'The header breaks the rules named in errors.',
      errors: [{ parameter: 'last-event-id' }],
    });
  });

  it.each([
    ['text/event-stream', true],
    ['text/event-stream;q=0.9, application/json;q=0.8', true],
    ['text/event-stream, */*;q=0.5', true],
    ['TEXT/*;q=0.9, */*;q=0.1', true],
    ['text/event-stream;q=0.5, application/json', false],
    ['text/event-stream, application/json', true],
    ['application/json, text/event-stream', false],
    ['text/event-stream;q=0, */*', false],
    ['application/json', false],
    ['*/*', false],
    [undefined, false],
  ])('Accept: %s is a stream: %s', async (accept, isStream) => {
    test = await testApp();
    // HEAD tells the type and, unlike a stream, ends.
    const headers = accept === undefined ? {} : { accept };
    const { statusCode, headers: told } = await test.app.inject({
      method: 'HEAD',
      url: '/changes',
      headers,
    });
    expect(statusCode).toBe(200);
    expect(told['content-type']?.toString().startsWith('text/event-stream')).toBe(isStream);
  });

  const LAST_CHUNK = '0\r\n\r\n';

  /** Everything that comes over the wire until the connection ends. */
  function wire(address: string, times = 1): { begun: Promise<unknown>; whole: Promise<string> } {
    const { hostname, port } = new URL(address);
    const client = connect(Number(port), hostname);
    onTestFinished(() => void client.destroy());
    const asked = 'GET /changes?after=1 HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n';
    client.write(asked.repeat(times));
    let text = '';
    client.on('data', (bytes) => {
      text += bytes.toString();
    });
    return { begun: once(client, 'data'), whole: once(client, 'close').then(() => text) };
  }

  it('ends cleanly when the server closes, which does not hang', async () => {
    const { begun, whole } = wire(await start());
    await begun;
    const started = performance.now();
    await test.app.close();
    expect((await whole).endsWith(LAST_CHUNK)).toBe(true);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('breaks the connection when the database fails, rather than ending as if all had been told', async () => {
    const { begun, whole } = wire(await start());
    await begun;
    await run(test.db, 'alter table changes rename to elsewhere');
    expect((await whole).endsWith(LAST_CHUNK)).toBe(false);
  });
});

describe('a reader that does not read', () => {
  const COUNT = 60_000;

  async function stuckReader() {
    const address = new URL(await start());
    await write(test.db, (draft) => {
      for (let number = 0; number < COUNT; number += 1) {
        draft.create('munition', munitionRow({ slug: `synthetic-${number}` }));
      }
    });
    const accepted = once(test.app.server, 'connection');
    const client = connect(Number(address.port), address.hostname);
    onTestFinished(() => void client.destroy());
    client.pause();
    client.write(
      'GET /changes?after=1&limit=100 HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n',
    );
    const [socket] = await accepted;
    return { client, socket };
  }

  it('costs no more than a page, and misses nothing once it reads', async () => {
    const { client, socket } = await stuckReader();
    let last = -1;
    // Until the buffers of the system are full and nothing moves any more.
    await vi.waitFor(
      async () => {
        const sent = socket.bytesWritten;
        const moved = sent !== last;
        last = sent;
        expect(moved).toBe(false);
      },
      { interval: 200, timeout: 10_000 },
    );
    const page = 100 * 300;
    expect(socket.writableLength).toBeLessThan(2 * page);
    const whole = COUNT * 150;
    expect(last).toBeLessThan(whole);
    let text = '';
    const done = new Promise<void>((resolve) => {
      client.on('data', (bytes) => {
        text += bytes.toString('latin1');
        if (text.includes(`"id":"synthetic-${COUNT - 1}"`)) resolve();
      });
    });
    client.resume();
    await done;
    const ids = [...text.matchAll(/"id":"synthetic-(\d+)"/g)].map(([, id]) => Number(id));
    // A chunk of the transfer may cut an id in two; none may be out of order.
    expect(ids.length).toBeGreaterThan(COUNT * 0.99);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('does not hold up the end of the server', async () => {
    await stuckReader();
    await pause(100);
    const started = performance.now();
    await test.app.close();
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('ChangeFeed', () => {
  it('counts no listener that has gone, and asks the database nothing when nobody listens', async () => {
    test = await testApp();
    const db = await openDatabase();
    const watch = new VersionWatch(db, 10);
    const subscribe = vi.spyOn(db, 'onWrite');
    const settings = { listeners: 10, listeners_per_address: 10, heartbeat_ms: 1_000 };
    const pages = new ChangePages((after, limit) => listChanges(db, after, limit));
    const feed = new ChangeFeed(watch, pages, settings);
    const { PassThrough } = await import('node:stream');
    const outputs = Array.from({ length: 5 }, () => new PassThrough());
    const streams = outputs.map((output) =>
      feed.open({ version: 0, seq: 0 }, 10, { socket: new Socket(), output }),
    );
    expect(feed.listeners).toBe(5);
    expect(subscribe).toHaveBeenCalledTimes(1);
    for (const output of outputs) output.destroy();
    await vi.waitFor(() => expect(feed.listeners).toBe(0));
    expect(streams.map((stream) => stream?.destroyed)).toEqual(Array(5).fill(true));
    const asked = vi.spyOn(Connection.prototype, 'prepare');
    await pause(50);
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  it('reads and writes out a full page once for all, and lets other work between pages', async () => {
    test = await testApp();
    const db = await openDatabase();
    await write(db, (draft) => {
      for (let number = 0; number < 500; number += 1) {
        draft.create('munition', munitionRow({ slug: `synthetic-${number}` }));
      }
    });
    const list = vi.fn((after: FeedPosition, limit: number) => listChanges(db, after, limit));
    const settings = { listeners: 50, listeners_per_address: 50, heartbeat_ms: 1_000 };
    const feed = new ChangeFeed(new VersionWatch(db, 1_000), new ChangePages(list), settings);
    let turns = 0;
    const count = (): void => {
      turns += 1;
      if (turns < 1_000) setImmediate(count);
    };
    setImmediate(count);
    const texts: string[] = [];
    for (let reader = 0; reader < 10; reader += 1) {
      const { PassThrough } = await import('node:stream');
      const output = new PassThrough({ highWaterMark: 10_000_000 });
      const connection = { socket: new Socket(), output };
      feed.open({ version: 1, seq: 1_000_000 }, 50, connection)?.pipe(output);
      let text = '';
      output.on('data', (bytes) => {
        text += bytes;
      });
      await vi.waitFor(() => expect(text).toContain('synthetic-499"'));
      texts.push(text);
      onTestFinished(() => void output.destroy());
    }
    expect(new Set(texts).size).toBe(1);
    // Ten full pages, read by the first; and what comes after, which each must look for itself.
    expect(list.mock.calls.length).toBeLessThanOrEqual(10 + 10);
    expect(turns).toBeGreaterThan(50);
  });

  it('gives a page that was not full again with what came since', async () => {
    test = await testApp();
    const db = await openDatabase();
    const settings = { listeners: 50, listeners_per_address: 50, heartbeat_ms: 1_000 };
    const list = (after: FeedPosition, limit: number) => listChanges(db, after, limit);
    const feed = new ChangeFeed(new VersionWatch(db, 1_000), new ChangePages(list), settings);
    const { PassThrough } = await import('node:stream');
    for (const expected of [0, 1, 2]) {
      if (expected > 0) {
        await write(db, (draft) => draft.create('source', sourceRow({ slug: `s-${expected}` })));
      }
      const output = new PassThrough();
      onTestFinished(() => void output.destroy());
      let text = '';
      output.on('data', (bytes) => {
        text += bytes;
      });
      const connection = { socket: new Socket(), output };
      feed.open({ version: 1, seq: 1_000_000 }, 50, connection)?.pipe(output);
      await vi.waitFor(() => expect(text.match(/^id: /gm)?.length ?? 0).toBe(expected));
    }
  });
});
