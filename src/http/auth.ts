import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { KeyScope } from '../domain/api-key.js';
import type { Cause } from '../storage/draft.js';
import type { ApiKey } from '../storage/key-store.js';
import type { Dependencies } from './dependencies.js';
import { Problem } from './problem.js';

const CHALLENGE = { 'www-authenticate': 'Bearer realm="barrage-stats"' };
// The key's id, never its secret, is what a request is remembered by.
const actors = new WeakMap<FastifyRequest, string>();

// Limits ask for the key before routes do: it is looked up once for a request.
const found = new WeakMap<FastifyRequest, Promise<ApiKey | null>>();

const secretIn = (request: FastifyRequest): string | undefined =>
  /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];

async function lookUp({ db, stores }: Dependencies, secret: string): Promise<ApiKey | null> {
  const key = await stores.keys.findKey(db, secret);
  if (key !== null) stores.keyUse.noteKeyUse(db, key.id);
  return key;
}

/** The key that a request carries, or null if it has none that is taken. */
export function keyOf(deps: Dependencies, request: FastifyRequest): Promise<ApiKey | null> {
  const secret = secretIn(request);
  if (secret === undefined) return Promise.resolve(null);
  const known = found.get(request);
  if (known !== undefined) return known;
  const key = lookUp(deps, secret);
  found.set(request, key);
  return key;
}

/** Before a byte of the body is read: lets a request through that carries a key with the scope; an admin key may do everything. */
export function requireKey(deps: Dependencies, scope: KeyScope): onRequestAsyncHookHandler {
  return async (request) => {
    if (secretIn(request) === undefined) {
      const detail = 'Send "Authorization: Bearer <key>"; npm run keys -- create makes a key.';
      throw new Problem('unauthorized', detail, { headers: CHALLENGE });
    }
    const key = await keyOf(deps, request);
    if (key === null) {
      const detail = 'The key is unknown, revoked or expired.';
      const headers = {
        'www-authenticate': `${CHALLENGE['www-authenticate']}, error="invalid_token"`,
      };
      throw new Problem('unauthorized', detail, { headers });
    }
    if (key.scope !== 'admin' && key.scope !== scope) {
      throw new Problem('forbidden', `The key has the scope ${key.scope}; this needs ${scope}.`);
    }
    actors.set(request, key.id);
  };
}

/** Who writes in a request that {@link requireKey} let through. */
export function causeOf(request: FastifyRequest): Cause {
  return { actor: actors.get(request) ?? 'anonymous', reason: null };
}
