import { Writable } from 'node:stream';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildApp } from '../../src/app.js';
import type { Config } from '../../src/config.js';
import { Connection } from '../../src/storage/connection.js';
import { createKey, revokeKey } from '../../src/storage/key-store.js';
import { currentVersion } from '../../src/storage/versions.js';
import { makeKey, TEST_CONFIG, type TestApp, testApp } from '../support/test-app.js';

let clock = 0;
let test: TestApp;
const start = async (settings: Partial<Config> = {}): Promise<void> => {
  clock = 0;
  const limits = { RATE_LIMIT_PER_MINUTE: 3, RATE_LIMIT_KEYED_PER_MINUTE: 5 };
  test = await testApp('file::memory:', { ...limits, ...settings }, () => clock);
};
afterEach(() => test.close());

const from = (remoteAddress: string, options: InjectOptions = {}) =>
  test.request({ method: 'GET', url: '/munitions', remoteAddress, ...options });
const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
const limitsOf = ({ headers }: LightMyRequestResponse) => [
  headers['ratelimit-policy'],
  headers['ratelimit'],
];

const expectRefused = (answer: LightMyRequestResponse, seconds: number, policy = 'anonymous') => {
  expect(answer.statusCode).toBe(429);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': String(seconds),
    ratelimit: `"${policy}";r=0;t=${seconds}`,
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  });
};

describe('limits of an address', () => {
  it('says on every answer what the policy is and what is left', async () => {
    await start();
    const policy = '"anonymous";q=3;w=60';
    expect(limitsOf(await from('192.0.2.1'))).toEqual([policy, '"anonymous";r=2;t=60']);
    clock = 17_500;
    expect(limitsOf(await from('192.0.2.1'))).toEqual([policy, '"anonymous";r=1;t=43']);
    const bad = await from('192.0.2.1', { url: '/munitions?x=1' });
    expect([bad.statusCode, ...limitsOf(bad)]).toEqual([400, policy, '"anonymous";r=0;t=43']);
  });

  it('refuses with 429 beyond them, and answers again exactly when Retry-After says', async () => {
    await start();
    clock = 1_000;
    for (let count = 0; count < 3; count += 1) {
      expect((await from('192.0.2.1')).statusCode).toBe(200);
    }
    clock = 31_250;
    const refused = await from('192.0.2.1');
    expectRefused(refused, 30);
    expect(refused.json()).toMatchObject({ type: '/problems/too-many-requests', status: 429 });
    clock = 60_999;
    expectRefused(await from('192.0.2.1'), 1);
    clock = 31_250 + 30_000;
    expect((await from('192.0.2.1')).statusCode).toBe(200);
  });

  it('counts unknown addresses, wrong methods, unreadable addresses, HEAD and refused writes', async () => {
    const asked: InjectOptions[] = [
      { url: '/nowhere' },
      { method: 'PUT', url: '/stats' },
      { url: '/%zz' },
      { url: `/claims/${'x'.repeat(300)}` },
      { method: 'HEAD', url: '/munitions' },
      { method: 'POST', url: '/sources', payload: {} },
      { url: '/docs/' },
    ];
    for (const options of asked) {
      await start({ RATE_LIMIT_PER_MINUTE: 1 });
      const first = await from('192.0.2.1', options);
      expect(first.headers['ratelimit'], options.url as string).toBe('"anonymous";r=0;t=60');
      expect(first.statusCode).not.toBe(429);
      const { statusCode, headers } = await from('192.0.2.1', options);
      expect([statusCode, headers['retry-after']], options.url as string).toEqual([429, '60']);
      expect(headers['content-type']).toMatch('application/problem+json');
      if (options.url !== '/docs/') await test.close();
    }
  });

  it('leaves other addresses alone, and takes an IPv6 network for one client', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: 1 });
    expect((await from('192.0.2.1')).statusCode).toBe(200);
    expect((await from('192.0.2.2')).statusCode).toBe(200);
    expect((await from('::ffff:192.0.2.1')).statusCode).toBe(429);
    expect((await from('2001:db8:1:2::1')).statusCode).toBe(200);
    expect((await from('2001:db8:1:2:ffff::9')).statusCode).toBe(429);
    expect((await from('2001:db8:1:3::1')).statusCode).toBe(200);
  });

  it('never limits those who look after the service, nor preflights', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: 1 });
    await from('192.0.2.1');
    for (const url of ['/healthz', '/readyz', '/healthz', '/readyz']) {
      const answer = await from('192.0.2.1', { url });
      expect([answer.statusCode, ...limitsOf(answer)]).toEqual([200, undefined, undefined]);
    }
    const options = await from('192.0.2.1', { method: 'OPTIONS', url: '/stats' });
    expect(options.statusCode).toBe(204);
    expectRefused(await from('192.0.2.1'), 60);
  });

  it('refuses before the body is looked at and anything is written', async () => {
    await start({ RATE_LIMIT_KEYED_PER_MINUTE: 1 });
    const body = { slug: 'some-wire', name: 'Some wire', kind: 'media' };
    expect((await test.post('/sources', '{"broken')).statusCode).toBe(400);
    expect((await test.post('/sources', body)).statusCode).toBe(429);
    clock = 60_000;
    expect((await test.post('/sources', body)).statusCode).toBe(201);
  });

  it('is off at 0: no refusals, no headers', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: 0, RATE_LIMIT_KEYED_PER_MINUTE: 0 });
    for (let count = 0; count < 20; count += 1) {
      const answer = await from('192.0.2.1');
      expect([answer.statusCode, ...limitsOf(answer)]).toEqual([200, undefined, undefined]);
    }
  });
});

describe('limits of a key', () => {
  it('are its own: beside those of its address and of other keys', async () => {
    await start();
    const [one, two] = [await makeKey(test.db, 'read'), await makeKey(test.db, 'read')];
    for (let left = 4; left >= 0; left -= 1) {
      const answer = await from('192.0.2.1', bearer(one));
      expect(limitsOf(answer)).toEqual(['"keyed";q=5;w=60', `"keyed";r=${left};t=60`]);
    }
    expectRefused(await from('192.0.2.1', bearer(one)), 60, 'keyed');
    // From another address it is the same client.
    expectRefused(await from('192.0.2.99', bearer(one)), 60, 'keyed');
    expect((await from('192.0.2.1', bearer(two))).headers['ratelimit']).toBe('"keyed";r=4;t=60');
    expect((await from('192.0.2.1')).headers['ratelimit']).toBe('"anonymous";r=2;t=60');
  });

  it('are for keys that are taken only: others count against the address', async () => {
    await start();
    const expires_at = new Date(Date.now() - 1).toISOString();
    const expired = await createKey(test.db, { name: 'x', scope: 'read', expires_at });
    const revoked = await createKey(test.db, { name: 'x', scope: 'read', expires_at: null });
    expect((await from('192.0.2.1', bearer(revoked.secret))).headers['ratelimit']).toMatch('keyed');
    await revokeKey(test.db, revoked.id);
    for (const [index, key] of ['nonsense', expired.secret, revoked.secret].entries()) {
      const answer = await from('192.0.2.1', bearer(key));
      expect(answer.headers['ratelimit']).toBe(`"anonymous";r=${2 - index};t=60`);
    }
    expectRefused(await from('192.0.2.1', bearer('bst_another')), 60);
  });
});

describe('an unchanged answer (304)', () => {
  const url = '/dataset.sqlite';
  const tagged = async () => {
    const etag = String((await from('192.0.2.200', { method: 'HEAD', url })).headers.etag);
    return { url, headers: { 'if-none-match': etag } };
  };

  it('costs nothing', async () => {
    await start();
    const asked = await tagged();
    expect((await from('192.0.2.1')).headers['ratelimit']).toBe('"anonymous";r=2;t=60');
    for (let count = 0; count < 10; count += 1) {
      const answer = await from('192.0.2.1', asked);
      expect(answer.statusCode).toBe(304);
      expect(answer.headers['ratelimit']).toBe('"anonymous";r=2;t=60');
    }
    expect((await from('192.0.2.1')).headers['ratelimit']).toBe('"anonymous";r=1;t=60');
  });

  it('costs one if it is not unchanged after all', async () => {
    await start();
    const headers = { 'if-none-match': '"other"' };
    const changed = await from('192.0.2.1', { headers });
    expect([changed.statusCode, changed.headers['ratelimit']]).toEqual([
      200,
      '"anonymous";r=2;t=60',
    ]);
  });
});

describe('at the limit, If-None-Match', () => {
  const spend = async () => {
    for (let count = 0; count < 3; count += 1) await from('192.0.2.1');
  };

  it('is answered if nothing has changed, as often as it is asked', async () => {
    await start();
    const { headers } = await from('192.0.2.200', { method: 'HEAD', url: '/dataset.sqlite' });
    await spend();
    for (const method of ['GET', 'HEAD', 'GET', 'HEAD'] as const) {
      const asked = { method, url: '/dataset.sqlite' };
      const same = { ...asked, headers: { 'if-none-match': String(headers.etag) } };
      const answer = await from('192.0.2.1', same);
      expect([answer.statusCode, answer.headers['ratelimit']]).toEqual([
        304,
        '"anonymous";r=0;t=60',
      ]);
      const old = { ...asked, headers: { 'if-none-match': '"old"' } };
      expectRefused(await from('192.0.2.1', old), 60);
    }
  });

  it.each([
    ['another answer', '/munitions'],
    ['a list', '/barrages'],
    ['a wrong parameter', '/munitions?x=1'],
    ['an unknown address', '/nowhere'],
    ['an unreadable address', '/%zz'],
    ['a page of the documentation', '/docs/'],
  ])('does not help to %s', async (_, url) => {
    await start();
    await spend();
    for (const method of ['GET', 'HEAD'] as const) {
      const headers = { 'if-none-match': '"old"' };
      const { statusCode, headers: answered } = await from('192.0.2.1', { method, url, headers });
      expect([statusCode, answered['ratelimit']]).toEqual([429, '"anonymous";r=0;t=60']);
      expect(answered['content-type']).toMatch('application/problem+json');
    }
    const any = await from('192.0.2.1', { url, headers: { 'if-none-match': '*' } });
    // `*` is any answer there is: the one that was spent on is at hand, and a 304 is free.
    if (url === '/munitions') expect(any.statusCode).toBe(304);
    else expectRefused(any, 60);
  });

  it('starts no work: the database is not asked', async () => {
    let log = '';
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        log += chunk;
        done();
      },
    });
    await start();
    const config = { ...TEST_CONFIG, RATE_LIMIT_PER_MINUTE: 1 };
    const app = await buildApp(test.db, config, { level: 'error', stream });
    await app.inject({ url: '/nowhere' });
    await currentVersion(test.db);
    const queries = vi.spyOn(Connection.prototype, 'prepare');
    const headers = { 'if-none-match': '"old"' };
    expect((await app.inject({ url: '/munitions', headers })).statusCode).toBe(429);
    expect(queries).not.toHaveBeenCalled();
    expect(log).toBe('');
    queries.mockRestore();
    await app.close();
  });

  it('does not help to write', async () => {
    await start();
    await spend();
    const headers = { 'if-none-match': '"x"' };
    const options = { method: 'POST', url: '/sources', headers, payload: {} } as const;
    expect((await from('192.0.2.1', options)).statusCode).toBe(429);
  });
});

describe('behind a proxy', () => {
  const forwarded = (address: string, proxy = '10.0.0.5') =>
    from(proxy, { headers: { 'x-forwarded-for': address } });

  it('believes no forwarded address unless told to', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: 1 });
    expect((await forwarded('198.51.100.1')).statusCode).toBe(200);
    expect((await forwarded('198.51.100.2')).statusCode).toBe(429);
  });

  it('takes the address from a trusted proxy, and only what that proxy added', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: 1, TRUST_PROXY: ['10.0.0.0/8'] });
    expect((await forwarded('198.51.100.1')).statusCode).toBe(200);
    expect((await forwarded('198.51.100.2')).statusCode).toBe(200);
    expect((await forwarded('203.0.113.9, 198.51.100.1')).statusCode).toBe(429);
    expect((await forwarded('198.51.100.3', '192.0.2.1')).statusCode).toBe(200);
    expect((await forwarded('198.51.100.4', '192.0.2.1')).statusCode).toBe(429);
  });
});
