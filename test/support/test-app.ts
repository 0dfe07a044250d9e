import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../src/app.js';
import { type Config, readConfig } from '../../src/config.js';
import type { KeyScope } from '../../src/domain/api-key.js';
import { Database } from '../../src/storage/database.js';
import { createKey } from '../../src/storage/key-store.js';
import { checkerOf } from './answer-checker.js';

// Tests ask from one address, and more often than a client may.
export const TEST_CONFIG = readConfig({
  RATE_LIMIT_PER_MINUTE: '0',
  RATE_LIMIT_KEYED_PER_MINUTE: '0',
});

/** The real application on a real database; every answer is held to the specification. */
export interface TestApp {
  app: FastifyInstance;
  db: Database;
  key: string;
  request: (options: InjectOptions) => Promise<LightMyRequestResponse>;
  get: (url: string, headers?: Record<string, string>) => Promise<LightMyRequestResponse>;
  post: (url: string, body: unknown, key?: string | null) => Promise<LightMyRequestResponse>;
  /** Corrects a record, by default whichever revision of it there is. */
  patch: (url: string, body: object, ifMatch?: string) => Promise<LightMyRequestResponse>;
  /** Retracts a record, by default whichever revision of it there is. */
  retract: (url: string, reason?: string, ifMatch?: string) => Promise<LightMyRequestResponse>;
  close: () => Promise<void>;
}

export async function makeKey(db: Database, scope: KeyScope = 'write'): Promise<string> {
  const { secret } = await createKey(db, { name: 'test', scope, expires_at: null });
  return secret;
}

export async function testApp(
  url = 'file::memory:',
  settings: Partial<Config> = {},
  now?: () => number,
): Promise<TestApp> {
  const db = await Database.open(url);
  const app = await buildApp(db, { ...TEST_CONFIG, ...settings }, false, now);
  const key = await makeKey(db);
  const check = await checkerOf(app);
  const request = async (options: InjectOptions): Promise<LightMyRequestResponse> => {
    const response = await app.inject(options);
    check(options.method ?? 'GET', String(options.url), response);
    return response;
  };
  return {
    app,
    db,
    key,
    request,
    get: (address, headers = {}) => request({ method: 'GET', url: address, headers }),
    post: (address, body, secret = key) =>
      request({
        method: 'POST',
        url: address,
        headers: {
          'content-type': 'application/json',
          ...(secret !== null && { authorization: `Bearer ${secret}` }),
        },
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    patch: (address, body, ifMatch = '*') =>
      request({
        method: 'PATCH',
        url: address,
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/merge-patch+json',
          'if-match': ifMatch,
        },
        payload: JSON.stringify(body),
      }),
    retract: (address, reason = 'a test', ifMatch = '*') =>
      request({
        method: 'DELETE',
        url: `${address}?reason=${encodeURIComponent(reason)}`,
        headers: { authorization: `Bearer ${key}`, 'if-match': ifMatch },
      }),
    close: async () => {
      await app.close();
      await db.close();
    },
  };
}
