import { setImmediate as next } from 'node:timers/promises';
import type { InjectOptions } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKey, listKeys, revokeKey } from '../../src/storage/key-store.js';
import { currentVersion } from '../../src/storage/versions.js';
import { specificationOf } from '../support/specification.js';
import { makeKey, type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(() => test.close());

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** Every operation of the specification that needs a key. */
async function guarded(): Promise<[method: string, path: string][]> {
  const { paths } = await specificationOf<{
    paths: Record<string, Record<string, { security: object[] }>>;
  }>(test.app);
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { security }]) => security.length > 0)
      .map(([method]): [string, string] => [method.toUpperCase(), path.replace(/\{id\}/, 'clm_1')]),
  );
}

describe('a key that reads', () => {
  it('reads like everybody', async () => {
    const headers = bearer(await makeKey(test.db, 'read'));
    const [open, keyed] = [await test.get('/munitions'), await test.get('/munitions', headers)];
    expect(keyed.statusCode).toBe(200);
    expect(keyed.json().data).toEqual(open.json().data);
  });

  it('is 403 for everything that writes, as the specification says, and nothing is written', async () => {
    const headers = bearer(await makeKey(test.db, 'read'));
    const operations = await guarded();
    expect(operations.length).toBeGreaterThan(10);
    for (const [method, url] of operations) {
      const answer = await test.request({ method, url, headers } as InjectOptions);
      expect(answer.statusCode, `${method} ${url}`).toBe(403);
      expect(answer.json()).toMatchObject({ type: '/problems/forbidden' });
      expect(answer.json().detail).toMatch(/scope read; this needs (write|admin)/);
    }
    expect((await currentVersion(test.db)).version).toBe(1);
  });
});

describe('everything that writes', () => {
  it('is 401 with a challenge for a key that is missing, unknown, revoked or expired', async () => {
    const revoked = await createKey(test.db, { name: 'x', scope: 'admin', expires_at: null });
    await revokeKey(test.db, revoked.id);
    const expires_at = new Date().toISOString();
    const expired = await createKey(test.db, { name: 'x', scope: 'admin', expires_at });
    const wrong = [bearer('bst_unknown'), bearer(revoked.secret), bearer(expired.secret)];
    for (const [method, url] of await guarded()) {
      const none = await test.request({ method, url } as InjectOptions);
      expect([none.statusCode, none.headers['www-authenticate']]).toEqual([
        401,
        'Bearer realm="barrage-stats"',
      ]);
      for (const headers of wrong) {
        const answer = await test.request({ method, url, headers } as InjectOptions);
        expect(answer.statusCode).toBe(401);
        expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
      }
    }
  });
});

describe('the use of a key', () => {
  it('is noted, for a read that needs none too, and changes nothing of the dataset', async () => {
    const secret = await makeKey(test.db, 'read');
    const limited = await testApp('file::memory:', { RATE_LIMIT_KEYED_PER_MINUTE: 100 });
    const reader = await makeKey(limited.db, 'read');
    await limited.get('/munitions', bearer(reader));
    await test.post('/sources', {}, secret);
    await next();
    await next();
    for (const { db } of [limited, test]) {
      const used = (await listKeys(db)).map(({ scope, last_used_at }) => [scope, last_used_at]);
      expect(used).toEqual([
        ['write', null],
        ['read', expect.stringMatching(/^\d{4}-.*Z$/)],
      ]);
      expect((await currentVersion(db)).version).toBe(1);
    }
    await limited.close();
  });
});
