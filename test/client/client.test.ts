import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient, ProblemError } from '../../src/client/client.js';
import { type DemoServer, demoServer } from './demo-server.js';

const PAIR = { attacker: 'XXA', defender: 'XXB' } as const;
const night = (date: string, launched: number) => ({
  ...PAIR,
  claims: [
    {
      source: 'xxb-air-defence',
      munition: 'synthetic-uav',
      window_start: date,
      window_end: `${date}T08:00`,
      launched,
      intercepted: 1,
    },
  ],
});

let server: DemoServer;
let api: Client;
beforeAll(async () => {
  server = await demoServer();
  api = createClient(server.base, { key: server.key });
});
afterAll(() => server.test.close());

/** What a call that has to fail failed with. */
async function problemOf(call: Promise<unknown>): Promise<ProblemError> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return error as ProblemError;
}

describe('reading', () => {
  it('answers with the typed document and the response', async () => {
    const { data, response } = await api.GET('/stats', {
      params: { query: { from: '2024-09-07', to: '2024-09-07' } },
    });
    expect(data.data).toMatchObject({ launched: 67, intercepted: 58 });
    expect(data.meta.citation.permalink).toContain('as_of=');
    expect(response.headers.get('etag')).not.toBe('');
  });

  it('joins the parts of an address that starts with a path of its own', async () => {
    const asked: string[] = [];
    const proxied = createClient('https://example.org/barrages-api/', {
      fetch: (request) => {
        asked.push(request.url);
        return fetch(request.url.replace('https://example.org/barrages-api', server.base));
      },
    });
    await proxied.GET('/barrages/{id}', { params: { path: { id: 'rus-ukr-2024-09-07' } } });
    expect(asked).toEqual(['https://example.org/barrages-api/barrages/rus-ukr-2024-09-07']);
  });

  it('gives the bytes of what is no JSON', async () => {
    const { data } = await api.GET('/dataset.sqlite', { parseAs: 'arrayBuffer' });
    expect(Buffer.from(data).subarray(0, 15).toString()).toBe('SQLite format 3');
  });
});

describe('walking a list', () => {
  it('gives every row once, in order, and none of what is written meanwhile', async () => {
    const query = { ...PAIR, sort: 'night', limit: 200 } as const;
    const { data: all } = await api.GET('/barrages', {
      params: { query: { ...query, limit: 500 } },
    });
    expect(all.page.has_more).toBe(true);
    const nights: string[] = [];
    let written = 0;
    for await (const page of api.pages('/barrages', { params: { query } })) {
      nights.push(...page.data.map((barrage) => barrage.night));
      written += 1;
      await api.POST('/barrages', { body: night(`2025-12-0${written}`, 9) });
    }
    expect(written).toBeGreaterThan(3);
    expect(nights).toEqual([...new Set(nights)].toSorted());
    expect(nights.slice(0, 500)).toEqual(all.data.map((barrage) => barrage.night));
    expect(nights.at(-1)).toBe('2024-12-31');
  });

  it('gives the rows of all pages as one', async () => {
    const sources = new Set<string>();
    let rows = 0;
    const query = { ...PAIR, from: '2023-01-01', to: '2023-12-31', limit: 100 } as const;
    for await (const claim of api.rows('/claims', { params: { query } })) {
      sources.add(claim.source);
      rows += 1;
    }
    expect(rows).toBeGreaterThan(300);
    expect([...sources].toSorted()).toContain('xxb-air-defence');
  });

  it('ends with the caller, not with the list', async () => {
    let asked = 0;
    const counting = createClient(server.base, {
      fetch: (request) => {
        asked += 1;
        return fetch(request);
      },
    });
    for await (const claim of counting.rows('/claims', {
      params: { query: { ...PAIR, limit: 2 } },
    })) {
      expect(claim.launched).not.toBeUndefined();
      break;
    }
    expect(asked).toBe(1);
  });
});

describe('writing', () => {
  it('replays a repeated write and writes it once', async () => {
    const post = () =>
      api.POST('/barrages', {
        params: { header: { 'idempotency-key': 'client-test-1' } },
        body: night('2026-01-05', 40),
      });
    const first = await post();
    const { data: before } = await api.GET('/dataset/versions');
    const second = await post();
    const { data: after } = await api.GET('/dataset/versions');
    expect(first.response.status).toBe(201);
    expect(second.response.headers.get('idempotent-replayed')).toBe('true');
    expect(second.data).toEqual(first.data);
    expect(after.data).toEqual(before.data);
  });

  it('makes an Idempotency-Key for every write when asked, and none for reads', async () => {
    const keys: [string, string | null][] = [];
    const careful = createClient(server.base, {
      key: server.key,
      idempotent: true,
      fetch: (request) => {
        keys.push([request.method, request.headers.get('idempotency-key')]);
        return fetch(request);
      },
    });
    await careful.POST('/barrages', { body: night('2026-01-06', 40) });
    await careful.POST('/barrages', { body: night('2026-01-07', 40) });
    await careful.GET('/healthz');
    const [[, one], [, two], [method, none]] = keys as [
      [string, string],
      [string, string],
      [string, null],
    ];
    expect(one).toMatch(/^[0-9a-f-]{36}$/);
    expect(two).not.toBe(one);
    expect([method, none]).toEqual(['GET', null]);
  });

  it('corrects and retracts under If-Match', async () => {
    const posted = await api.POST('/barrages', { body: night('2026-01-08', 40) });
    const [claim] = posted.data.data.claims ?? [];
    const path = { id: claim?.id ?? '' };
    const read = await api.GET('/claims/{id}', { params: { path } });
    const corrected = await api.PATCH('/claims/{id}', {
      params: { path, header: { 'if-match': read.response.headers.get('etag') ?? '' } },
      body: { launched: 41, reason: 'bulletin 2' },
    });
    expect(corrected.data.data.launched).toBe(41);
    const etag = corrected.response.headers.get('etag') ?? '';
    const gone = await api.DELETE('/claims/{id}', {
      params: { path, header: { 'if-match': etag }, query: { reason: 'withdrawn' } },
    });
    expect(gone.response.status).toBe(204);
    expect(gone.data).toBeUndefined();
    const { slug } = await problemOf(api.GET('/claims/{id}', { params: { path } }));
    expect(slug).toBe('gone');
  });
});

describe('a problem', () => {
  it('is thrown as a typed document: 409 names what differs', async () => {
    await api.POST('/barrages', { body: night('2026-01-09', 40) });
    const error = await problemOf(api.POST('/barrages', { body: night('2026-01-09', 41) }));
    expect(error.slug).toBe('conflict');
    expect(error.response.status).toBe(409);
    expect(error.problem.errors).toEqual([
      expect.objectContaining({ pointer: '/claims/0/launched', code: 'differs' }),
    ]);
    expect(error.message).toMatch(/^409 /);
  });

  it('is thrown for a write without a key', async () => {
    const { slug } = await problemOf(
      createClient(server.base).POST('/sources', {
        body: { slug: 'x', name: 'X', kind: 'media' } as never,
      }),
    );
    expect(slug).toBe('unauthorized');
  });

  it('is made from the text where something between answers', async () => {
    const proxy = createClient('http://proxy.invalid', {
      fetch: async () =>
        new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' }),
    });
    const { problem, slug } = await problemOf(proxy.GET('/healthz'));
    expect(slug).toBe('about:blank');
    expect(problem).toMatchObject({ status: 502, title: 'Bad Gateway' });
    expect(problem.detail).toBe('<h1>Bad gateway</h1>');
  });
});
