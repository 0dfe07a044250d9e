import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDemo } from '../../src/demo/load-demo.js';
import { currentVersion } from '../../src/storage/versions.js';
import { type TestApp, testApp } from '../support/test-app.js';
import { knownFor, knownValues } from './known.js';
import { Specification } from './specification.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
// A question that the address answers without more being said.
const QUERIES: Record<string, string> = { '/cite': '?url=/stats?as_of=1' };

let test: TestApp;
let addresses: { at: string; methods: string[] }[];
beforeAll(async () => {
  test = await testApp('file::memory:', { METRICS: 'on' });
  await loadDemo(test.db);
  const known = await knownValues(test);
  const { methodsByPath } = new Specification((await test.app.inject('/openapi.json')).json());
  addresses = methodsByPath.map(([path, methods]) => {
    const [id = ''] = knownFor(known, path).get('id') ?? [];
    const at = path.replace('{id}', String(id)).replace('{slug}', 'conflict');
    return { at: at + (QUERIES[path] ?? ''), methods };
  });
});
afterAll(() => test.close());

const send = (method: (typeof METHODS)[number], url: string): Promise<LightMyRequestResponse> =>
  test.app.inject({ method, url });
const allowed = (response: LightMyRequestResponse): string[] =>
  String(response.headers['allow']).split(', ').toSorted();
const expectedOf = (methods: string[]): string[] =>
  [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].toSorted();

describe('every address of the specification', () => {
  it('answers each method that it does not document with 405, and says which there are', async () => {
    let refused = 0;
    for (const { at, methods } of addresses) {
      for (const method of METHODS.filter((name) => !expectedOf(methods).includes(name))) {
        const response = await send(method, at);
        expect([method, at, response.statusCode]).toEqual([method, at, 405]);
        expect(allowed(response)).toEqual(expectedOf(methods));
        const told = method === 'HEAD' ? '' : '/problems/method-not-allowed';
        expect(response.body).toContain(told);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(addresses.length);
  });

  it('answers OPTIONS with the methods, and writes nothing', async () => {
    const before = await currentVersion(test.db);
    for (const { at, methods } of addresses) {
      const response = await send('OPTIONS', at);
      expect([at, response.statusCode]).toEqual([at, 204]);
      expect(allowed(response)).toEqual(expectedOf(methods));
    }
    expect(await currentVersion(test.db)).toEqual(before);
  });

  it('answers HEAD as it answers GET, without the body, and writes nothing', async () => {
    const before = await currentVersion(test.db);
    for (const { at } of addresses.filter(({ methods }) => methods.includes('GET'))) {
      const head = await send('HEAD', at);
      const get = await send('GET', at);
      expect([at, head.statusCode, head.body]).toEqual([at, get.statusCode, '']);
      expect(get.statusCode, at).toBe(200);
      for (const name of ['content-type', 'etag', 'cache-control']) {
        expect(head.headers[name], `${name} of ${at}`).toBe(get.headers[name]);
      }
    }
    expect(await currentVersion(test.db)).toEqual(before);
  });
});
