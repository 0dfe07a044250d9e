import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(() => test.close());

const expectProblem = (
  response: Awaited<ReturnType<TestApp['get']>>,
  status: number,
  slug: string,
) => {
  expect(response.statusCode).toBe(status);
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(response.headers['cache-control']).toBe('no-store');
  expect(response.json()).toMatchObject({
    type: `/problems/${slug}`,
    status,
    instance: expect.stringMatching(/^urn:request:/),
  });
  expect(response.body).not.toMatch(/node_modules|\.[jt]s:\d+/);
};

describe('every error is a problem document', () => {
  it('404 for an unknown address, 400 for one that cannot be read', async () => {
    expectProblem(await test.get('/nowhere'), 404, 'not-found');
    expectProblem(await test.get('/%zz'), 400, 'malformed-request');
    expectProblem(await test.get(`/claims/${'x'.repeat(300)}`), 414, 'uri-too-long');
  });

  it('405 with Allow for a method that an address does not support', async () => {
    const response = await test.request({ method: 'DELETE', url: '/stats' });
    expectProblem(response, 405, 'method-not-allowed');
    expect(response.headers.allow).toBe('GET, HEAD, OPTIONS');
    const trace = await test.request({ method: 'TRACE' as 'GET', url: '/stats' });
    expectProblem(trace, 405, 'method-not-allowed');
    const put = await test.request({ method: 'PUT', url: '/barrages' });
    expect(put.headers.allow).toBe('GET, HEAD, POST, OPTIONS');
  });

  it('400 for broken or missing JSON, 413 for too much, 415 for another type', async () => {
    expectProblem(await test.post('/sources', '{"slug":'), 400, 'malformed-request');
    expectProblem(await test.post('/sources', ''), 400, 'malformed-request');
    expectProblem(await test.post('/sources', 'x'.repeat(1_100_000)), 413, 'payload-too-large');
    const headers = { 'content-type': 'text/plain', authorization: `Bearer ${test.key}` };
    const response = await test.request({
      method: 'POST',
      url: '/sources',
      headers,
      payload: 'hello',
    });
    expectProblem(response, 415, 'unsupported-media-type');
    expect(response.headers['accept-post']).toBe('application/json');
  });

  it('415 for a coded body of any type and method, and says so', async () => {
    const bodies = [
      ['POST', '/sources', 'application/json'],
      ['POST', '/barrages/batch', 'application/json'],
      ['POST', '/barrages/batch', 'application/x-ndjson'],
      ['PATCH', '/claims/clm_01J00000000000000000000000', 'application/merge-patch+json'],
    ] as const;
    for (const [method, url, type] of bodies) {
      for (const coding of ['gzip', 'br', 'identity, gzip']) {
        const response = await test.request({
          method,
          url,
          headers: {
            'content-type': type,
            'content-encoding': coding,
            'if-match': '*',
            authorization: `Bearer ${test.key}`,
          },
          payload: gzipSync('{}'),
        });
        expectProblem(response, 415, 'unsupported-media-type');
        expect(response.json().detail).toContain('Content-Encoding');
        expect(response.headers['accept-encoding']).toBe('identity');
      }
    }
    const headers = { 'content-encoding': 'identity', authorization: `Bearer ${test.key}` };
    const plain = { method: 'POST', url: '/sources', headers } as const;
    const source = { slug: 'plain', name: 'Plain', kind: 'media' };
    expect((await test.request({ ...plain, payload: source })).statusCode).toBe(201);
    expect((await test.get('/sources', { 'content-encoding': 'gzip' })).statusCode).toBe(200);
  });

  it('401 before anything is said about the body', async () => {
    for (const body of ['{"slug":', '{}', '[1,2]']) {
      expectProblem(await test.post('/sources', body, null), 401, 'unauthorized');
    }
  });

  it('422 for a body nested beyond reason, and no answer longer than the mistakes deserve', async () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    expectProblem(await test.post('/sources', deep), 422, 'validation');
    const many = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`key${index}`, 1]),
    );
    const response = await test.post('/sources', many);
    expectProblem(response, 422, 'validation');
    expect(response.json().errors.length).toBeLessThanOrEqual(100);
  });

  it('500 without a word of the inside', async () => {
    await test.db.close();
    const response = await test.get('/stats');
    expectProblem(response, 500, 'internal');
    expect(response.body).not.toMatch(/database|sqlite/i);
    expectProblem(await test.get('/readyz'), 503, 'unavailable');
    expect((await test.get('/healthz')).statusCode).toBe(200);
  });
});

describe('the service', () => {
  it('says where to start, and lives', async () => {
    const { data } = (await test.get('/')).json();
    expect(data.links.stats).toBe('/stats');
    for (const link of Object.values<string>(data.links)) {
      expect((await test.get(link)).statusCode, link).toBeLessThan(400);
    }
    expect((await test.get('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await test.get('/readyz')).json()).toEqual({ status: 'ready' });
  });

  it('answers HEAD like GET without a body, and OPTIONS with Allow', async () => {
    const head = await test.request({ method: 'HEAD', url: '/stats' });
    expect([head.statusCode, head.body]).toEqual([200, '']);
    const options = await test.request({ method: 'OPTIONS', url: '/stats' });
    expect([options.statusCode, options.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });

  it('explains every type of problem', async () => {
    expect((await test.get('/problems/validation')).json()).toMatchObject({ status: 422 });
    expect((await test.get('/problems/no-such-problem')).statusCode).toBe(404);
  });

  it('serves its own documentation page, without another host', async () => {
    const page = await test.get('/docs/');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toBeDefined();
    expect(page.body).not.toMatch(/(src|href)="https?:/);
  });
});

describe('what never becomes a request', () => {
  const answerTo = async (raw: string): Promise<string> => {
    await test.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = test.app.server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(raw));
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });
  };

  it('431 for oversized headers, as a problem document', async () => {
    const answer = await answerTo(
      `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('application/problem+json');
    expect(answer).toContain('"/problems/headers-too-large"');
  });

  it('400 for what is not HTTP, as a problem document', async () => {
    const answer = await answerTo('hello there\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"/problems/malformed-request"');
  });

  it('400 for a request without Host, as a problem document like any other', async () => {
    const answer = await answerTo('GET /stats HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"/problems/malformed-request"');
    expect(answer).toContain('x-content-type-options: nosniff');
  });

  it('answers an HTTP/1.0 request without Host', async () => {
    expect(await answerTo('GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('ignores an expectation that nobody knows', async () => {
    const asked = 'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: more\r\nConnection: close\r\n\r\n';
    const answer = await answerTo(asked);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('x-content-type-options: nosniff');
  });
});

describe('a parameter that an address does not have', () => {
  const pair = { attacker: 'XXA', defender: 'XXB', night: '2026-01-01' };
  const source = { slug: 'gazette', name: 'Gazette', kind: 'media' };
  const site = { source: 'ua-air-force', place: 'A field' };
  it.each([
    ['POST', '/barrages', pair],
    ['POST', '/sources', source],
    ['POST', '/barrages/rus-ukr-2024-09-07/debris-sites', site],
    ['PATCH', '/barrages/rus-ukr-2024-09-07', { reason: 'none' }],
  ] as const)('is refused by writes too: %s %s', async (method, url, body) => {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const headers = { authorization: `Bearer ${test.key}`, 'content-type': type };
    const payload = JSON.stringify(body);
    const response = await test.request({ method, url: `${url}?dry_run=true`, headers, payload });
    expect(response.statusCode).toBe(400);
    expect(response.json().errors).toEqual([
      expect.objectContaining({ parameter: 'dry_run', code: 'unknown' }),
    ]);
  });
});
