import { type AddressInfo, connect } from 'node:net';
import type { InjectOptions } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
const start = async (settings: Parameters<typeof testApp>[1] = {}): Promise<void> => {
  test = await testApp('file::memory:', settings);
};
afterEach(() => test.close());

const STANDING = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'cross-origin',
};
const READS: InjectOptions[] = [
  { url: '/' },
  { url: '/stats' },
  { url: '/healthz' },
  { url: '/openapi.yaml' },
  { url: '/dataset.sqlite' },
  { url: '/stats?x=1' },
  { url: '/nowhere' },
  { url: '/%zz' },
  { url: `/claims/${'x'.repeat(300)}` },
  { method: 'HEAD', url: '/stats' },
  { method: 'HEAD', url: '/%zz' },
];
const OTHERS: InjectOptions[] = [
  { method: 'POST', url: '/barrages', payload: CARD_NIGHT },
  { method: 'POST', url: '/nowhere' },
  { method: 'PUT', url: '/stats' },
  { method: 'OPTIONS', url: '/barrages' },
  { method: 'DELETE', url: '/claims/clm_x?reason=none' },
  { method: 'PATCH', url: '/%zz' },
];

describe('every answer', () => {
  it('tells browsers to take it for nothing but data', async () => {
    await start();
    for (const options of [...READS, ...OTHERS]) {
      const { headers } = await test.request(options);
      expect(headers, `${options.method} ${options.url}`).toMatchObject(STANDING);
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('strict-transport-security');
    }
  });

  it('tells them to stay with https where the service is reached by it', async () => {
    await start({ PUBLIC_URL: 'https://stats.example' });
    for (const options of [...READS, ...OTHERS]) {
      const { headers } = await test.request(options);
      expect(headers['strict-transport-security']).toBe('max-age=31536000');
    }
    await test.close();
    await start({ PUBLIC_URL: 'http://stats.example' });
    expect((await test.get('/')).headers).not.toHaveProperty('strict-transport-security');
  });

  it('of the documentation has a policy under which the page works', async () => {
    await start();
    const { headers } = await test.get('/docs/');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('has them even if it never became a request', async () => {
    await start({ PUBLIC_URL: 'https://stats.example' });
    await test.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = test.app.server.address() as AddressInfo;
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('hello\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    for (const [name, value] of Object.entries(STANDING)) {
      expect(answer).toContain(`\r\n${name}: ${value}\r\n`);
    }
    expect(answer).toContain('\r\nstrict-transport-security: max-age=31536000\r\n');
  });
});

describe('pages of other origins', () => {
  const preflight = (url: string, method: string) =>
    test.request({
      method: 'OPTIONS',
      url,
      headers: { origin: 'https://a.example', 'access-control-request-method': method },
    });

  it('may read every answer to a read, errors included, with the headers that matter', async () => {
    await start();
    for (const options of READS) {
      const { headers } = await test.request(options);
      expect(headers['access-control-allow-origin'], String(options.url)).toBe('*');
      const exposed = String(headers['access-control-expose-headers']).split(', ');
      for (const name of ['ETag', 'Link', 'Location', 'RateLimit', 'RateLimit-Policy']) {
        expect(exposed).toContain(name);
      }
      expect(exposed).toEqual(expect.arrayContaining(['Repr-Digest', 'Retry-After']));
    }
  });

  // What the fetch standard lets a page see unasked, what is about the connection, and what speaks to browsers.
  const UNASKED =
    /^(cache-control|content-(language|length|type)|expires|last-modified|connection|date|transfer-encoding|keep-alive|vary|accept-ranges|x-accel-buffering|access-control-.*)$/;

  it('are shown every header of an answer that says something', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: 100 });
    for (const options of [...READS, { url: '/barrages?limit=1' }, { url: '/stats/series' }]) {
      const { headers } = await test.request(options);
      const exposed = String(headers['access-control-expose-headers']).toLowerCase().split(', ');
      const known = [...exposed, ...Object.keys(STANDING)];
      const unseen = Object.keys(headers).filter((name) => !UNASKED.test(name));
      expect(unseen.filter((name) => !known.includes(name))).toEqual([]);
    }
  });

  it('may ask for what is there to be read, with the headers that reads understand', async () => {
    await start();
    for (const url of ['/stats', '/barrages', '/changes', '/barrages/rus-ukr-2024-09-07']) {
      const { statusCode, headers, body } = await preflight(url, 'GET');
      expect([statusCode, body]).toEqual([204, '']);
      expect(headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET, HEAD',
        'access-control-allow-headers': 'Accept, Cache-Control, If-None-Match, Last-Event-ID',
        'access-control-max-age': '86400',
      });
    }
    expect((await preflight('/stats', 'HEAD')).headers['access-control-allow-origin']).toBe('*');
  });

  it('may not write: a preflight gets no word of it, nor does the answer', async () => {
    await start();
    const asked = [
      ['/barrages', 'POST'],
      ['/barrages/batch', 'POST'],
      ['/barrages/batch', 'GET'],
      ['/claims/clm_1', 'PATCH'],
      ['/claims/clm_1', 'DELETE'],
      ['/stats', 'DELETE'],
      ['/nowhere', 'GET'],
    ] as const;
    for (const [url, method] of asked) {
      const { headers } = await preflight(url, method);
      const allowed = Object.keys(headers).filter((name) => name.startsWith('access-control'));
      expect(allowed, `${method} ${url}`).toEqual([]);
    }
    for (const options of OTHERS) {
      const headers = { origin: 'https://a.example', authorization: `Bearer ${test.key}` };
      const answer = await test.request({ ...options, headers });
      expect(answer.headers, String(options.url)).not.toHaveProperty('access-control-allow-origin');
    }
  });
});
