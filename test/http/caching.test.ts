import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { Connection } from '../../src/storage/connection.js';
import { type TestApp, testApp } from '../support/test-app.js';

const LIVE = 'public, max-age=60, stale-while-revalidate=300, stale-if-error=86400';
const PINNED = 'public, max-age=31536000, immutable';
const ID = 'rus-ukr-2024-09-07';

let test: TestApp;
let claim: string;
beforeEach(async () => {
  test = await testApp();
  claim = (await test.post('/barrages', CARD_NIGHT)).json().data.claims[0].id;
});
afterEach(() => test.close());

const get = (url: string, headers: Record<string, string> = {}) => test.get(url, headers);
const tagOf = async (url: string, headers: Record<string, string> = {}) =>
  String((await get(url, headers)).headers.etag);
const correct = (changes: object) =>
  test.patch(`/claims/${claim}`, { ...changes, reason: 'a test' });

/** Everything that follows from the dataset and is the same for everybody. */
const QUESTIONS = [
  '/stats',
  '/stats?group_by=month',
  '/stats/series?bucket=month',
  '/stats/trend',
  '/stats/compare?a_to=2024-01-01&b_from=2024-01-02',
  '/stats/salvo-size',
  '/stats/records',
  '/stats/coverage',
  '/stats/decoys',
  '/stats/revisions',
  '/stats/measures',
  '/barrages',
  '/claims',
  '/debris-sites',
  '/sources',
  '/munitions',
  '/regions',
  '/reporting-eras',
  '/changes',
  '/dataset',
  '/dataset/versions',
  `/barrages/${ID}/revisions`,
  '/',
];

describe.each(QUESTIONS)('GET %s', (url) => {
  it('has a weak validator, 304 for it in every form, and another one after a correction', async () => {
    const first = await get(url);
    const tag = String(first.headers.etag);
    expect(tag).toMatch(/^W\/"\d+\.[\w-]{16}"$/);
    expect(first.headers['cache-control']).toBe(LIVE);
    expect(first.headers['vary']).toBe('Accept, Accept-Encoding');
    for (const named of [tag, tag.slice(2), `"x,y", ${tag}`, '*']) {
      const again = await get(url, { 'if-none-match': named });
      expect(again.statusCode, named).toBe(304);
      expect(again.body).toBe('');
      expect(again.headers).toMatchObject({
        etag: tag,
        'cache-control': LIVE,
        vary: 'Accept, Accept-Encoding',
      });
      expect(again.headers['content-type']).toBeUndefined();
    }
    expect((await get(url, { 'if-none-match': '"other"' })).statusCode).toBe(200);
    await correct({ intercepted: 57 });
    const after = await get(url, { 'if-none-match': tag });
    expect(after.statusCode).toBe(200);
    expect(after.headers.etag).not.toBe(tag);
  });

  it('answers HEAD with the headers of GET, and 304 too', async () => {
    // A page of a list is kept when it is asked for again, and what is not kept is made at another moment.
    await get(url);
    const got = await get(url);
    const head = await test.request({ method: 'HEAD', url });
    expect(head.statusCode).toBe(200);
    expect(head.body).toBe('');
    for (const name of ['etag', 'content-type', 'content-length', 'cache-control', 'repr-digest']) {
      expect(head.headers[name], name).toBe(got.headers[name]);
    }
    const headers = { 'if-none-match': String(got.headers.etag) };
    expect((await test.request({ method: 'HEAD', url, headers })).statusCode).toBe(304);
  });
});

describe('a validator', () => {
  it('is compared before any query runs', async () => {
    const tag = await tagOf('/stats?group_by=month');
    // Every query passes here, also one that was compiled before.
    const queries = vi.spyOn(Connection.prototype, 'prepare');
    onTestFinished(() => queries.mockRestore());
    const other = {
      'if-none-match': tag,
      'accept-encoding': 'identity',
      accept: 'application/json',
    };
    expect((await get('/stats?group_by=month', other)).statusCode).toBe(304);
    expect(queries).not.toHaveBeenCalled();
    // The spy would have seen one: no region is told by the sums that are kept in memory.
    await get('/stats?group_by=month&region=UA-32');
    expect(queries).toHaveBeenCalled();
  });

  it('is one for equal questions however they are written, and another for each other question', async () => {
    const tag = await tagOf('/stats?from=2024-01-01&to=2024-12-31');
    expect(await tagOf('/stats?to=2024-12-31&from=2024-01-01')).toBe(tag);
    expect(await tagOf('/stats?to=2024-12-31&from=2024-01-01&scope=national')).toBe(tag);
    expect(await tagOf('/stats?to=2024-12-31&from=2024-01-02')).not.toBe(tag);
    expect(await tagOf('/stats/series?from=2024-01-01&to=2024-12-31')).not.toBe(tag);
    expect(await tagOf('/claims?format=csv&limit=5')).not.toBe(await tagOf('/claims?limit=5'));
  });

  it('is no licence for a wrong question: 400 with If-None-Match: *', async () => {
    const any = { 'if-none-match': '*' };
    expect((await get('/stats?limit=5', any)).statusCode).toBe(400);
    expect((await get('/stats?as_of=999', any)).statusCode).toBe(400);
    expect((await get('/claims/clm_00000000000000000000000000', any)).statusCode).toBe(404);
    const error = await get('/stats?limit=5');
    expect(error.headers['cache-control']).toBe('no-store');
    expect(error.headers.etag).toBeUndefined();
  });

  it('goes by date too, once the second is over in which the version was seen', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      vi.setSystemTime(Date.now() + 1000);
      await correct({ intercepted: 57 });
      expect((await get('/stats?to=2024-12-01')).headers['last-modified']).toBeUndefined();
      vi.setSystemTime(Date.now() + 2000);
      const { headers } = await get('/stats?to=2024-12-02');
      const since = { 'if-modified-since': String(headers['last-modified']) };
      expect((await get('/stats?to=2024-12-02', since)).statusCode).toBe(304);
      expect((await get('/stats?to=2024-12-03', since)).statusCode).toBe(304);
      // A date names no question: it must not make a wrong one look answered.
      for (const wrong of [
        '/stats?munition=nonsense',
        '/stats?as_of=999',
        '/claims?source=nobody',
      ]) {
        expect((await get(wrong, since)).statusCode, wrong).toBe(400);
      }
      expect((await get('/stats', { ...since, 'if-none-match': '"x"' })).statusCode).toBe(200);
      await correct({ intercepted: 56 });
      expect((await get('/stats?to=2024-12-02', since)).statusCode).toBe(200);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a pinned answer', () => {
  it('may be kept for ever, and stays what it is after a write', async () => {
    const { dataset_version } = (await get('/stats')).json().meta;
    const url = `/stats?as_of=${dataset_version}`;
    const pinned = await get(url);
    expect(pinned.headers['cache-control']).toBe(PINNED);
    await correct({ intercepted: 57 });
    const later = await get(url);
    expect(later.body).toBe(pinned.body);
    expect(later.headers.etag).toBe(pinned.headers.etag);
    const conditional = { 'if-none-match': String(pinned.headers.etag) };
    expect((await get(url, conditional)).statusCode).toBe(304);
    expect((await get(`/claims/${claim}?as_of=${dataset_version}`)).headers['cache-control']).toBe(
      PINNED,
    );
  });

  it('is one by its cursor as well', async () => {
    await test.post(`/barrages/${ID}/claims`, {
      ...CARD_NIGHT.claims[0],
      munition: 'kalibr',
    });
    const { next_cursor } = (await get('/claims?limit=1')).json().page;
    const url = `/claims?limit=1&cursor=${encodeURIComponent(next_cursor)}`;
    expect((await get(url)).headers['cache-control']).toBe(PINNED);
  });

  it('is not yet one for an instant of the last minute', async () => {
    const recent = new Date().toISOString();
    expect((await get(`/stats?as_of=${recent}`)).headers['cache-control']).toBe(LIVE);
  });
});

describe('a record', () => {
  const url = () => `/claims/${claim}`;

  it('has a strong validator of id and revision: equal tags, equal bytes', async () => {
    const first = await get(url());
    expect(first.headers.etag).toBe(`"${claim}.1"`);
    await test.post('/sources', { slug: 'gazette', name: 'Gazette', kind: 'media' });
    const later = await get(url());
    expect(later.headers.etag).toBe(first.headers.etag);
    expect(later.body).toBe(first.body);
    expect((await get(url(), { 'if-none-match': `"${claim}.1"` })).statusCode).toBe(304);
    await correct({ intercepted: 57 });
    expect((await get(url(), { 'if-none-match': `"${claim}.1"` })).headers.etag).toBe(
      `"${claim}.2"`,
    );
  });

  it('tells its codings apart by tag, and takes each of them for a correction', async () => {
    await correct({ note: 'x'.repeat(1500) });
    const plain = await get(url());
    const gzip = await get(url(), { 'accept-encoding': 'gzip' });
    const br = await get(url(), { 'accept-encoding': 'br' });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(br.headers['content-encoding']).toBe('br');
    expect(new Set([plain, gzip, br].map(({ headers }) => headers.etag)).size).toBe(3);
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body);
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(plain.body);
    const known = { 'if-none-match': String(gzip.headers.etag), 'accept-encoding': 'gzip' };
    expect((await get(url(), known)).statusCode).toBe(304);
    const patch = { note: null, reason: 'a test' };
    const written = await test.patch(url(), patch, String(gzip.headers.etag));
    expect(written.statusCode).toBe(200);
    const stale = await test.patch(url(), patch, `W/${written.headers.etag}`);
    expect(stale.statusCode).toBe(412);
  });

  it('of a barrage moves with everything in it', async () => {
    const tag = await tagOf(`/barrages/${ID}`);
    await correct({ intercepted: 57 });
    expect(await tagOf(`/barrages/${ID}`)).not.toBe(tag);
  });
});

describe('a coding', () => {
  it('is made once per body and named in Vary, and Repr-Digest is of the bytes that are sent', async () => {
    const { createHash } = await import('node:crypto');
    for (const coding of ['gzip', 'br', 'identity']) {
      const first = await get('/munitions', { 'accept-encoding': coding });
      const again = await get('/munitions', { 'accept-encoding': coding });
      expect(again.rawPayload.equals(first.rawPayload)).toBe(true);
      expect(first.headers['content-length']).toBe(String(first.rawPayload.length));
      const digest = createHash('sha256').update(first.rawPayload).digest('base64');
      expect(first.headers['repr-digest']).toBe(`sha-256=:${digest}:`);
    }
  });

  it('never lets gzip and identity share a strong tag, anywhere', async () => {
    for (const url of [...QUESTIONS, `/claims/${claim}`, `/barrages/${ID}`, '/openapi.json']) {
      const plain = await tagOf(url);
      const coded = await get(url, { 'accept-encoding': 'gzip' });
      if (coded.headers['content-encoding'] === undefined) continue;
      if (!plain.startsWith('W/')) expect(coded.headers.etag, url).not.toBe(plain);
    }
  });
});

describe('the specification and the problem types', () => {
  it.each(['/openapi.json', '/openapi.yaml'])('%s takes no parameter', async (url) => {
    expect((await get(`${url}?x=1`)).statusCode).toBe(400);
  });

  it.each(['/openapi.json', '/openapi.yaml', '/problems/validation'])(
    '%s is 304 when known',
    async (url) => {
      const { headers } = await get(url);
      const conditional = { 'if-none-match': String(headers.etag) };
      expect((await get(url, conditional)).statusCode).toBe(304);
      await correct({ intercepted: 57 });
      expect((await get(url, conditional)).statusCode).toBe(304);
    },
  );
});

describe('what is nobody else’s business', () => {
  it('is never stored: writes, health, errors', async () => {
    const written = await test.post('/sources', {
      slug: 'gazette',
      name: 'Gazette',
      kind: 'media',
    });
    expect(written.headers['cache-control']).toBe('no-store');
    expect((await get('/healthz')).headers['cache-control']).toBe('no-store');
    expect((await get('/nowhere')).headers['cache-control']).toBe('no-store');
  });

  it('406 with the offers where nothing acceptable can be given', async () => {
    const refused = await get('/stats/trend', { accept: 'text/csv' });
    expect(refused.statusCode).toBe(406);
    expect(refused.json().detail).toContain('application/json');
    expect((await get('/stats/trend', { accept: 'text/csv;q=0.5, */*;q=0.1' })).statusCode).toBe(
      200,
    );
  });
});
