import type { InjectOptions } from 'fastify';
import type { OpenAPIV3_1 } from 'openapi-types';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { WriterBusy } from '../../src/domain/record-error.js';
import {
  operationsOf,
  type Placed,
  type Specification,
} from '../../src/http/openapi-operations.js';
import type { ProblemSlug } from '../../src/http/problem.js';
import { commit } from '../../src/storage/commit.js';
import { CAUSE } from '../storage/fixtures.js';
import { expectProblem } from '../support/problem-shape.js';
import { specificationOf } from '../support/specification.js';
import { makeKey, type TestApp, testApp } from '../support/test-app.js';

const BODY_LIMIT = 6 * 1024 * 1024;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

interface Walked extends Placed {
  name: string;
  /** The address with an id that is there, and with what must be asked. */
  url: string;
  secured: boolean;
  /** Media types of the body, the preferred one first. */
  types: string[];
  body: string;
  query: OpenAPIV3_1.ParameterObject[];
}

let test: TestApp;
let key: string;
let ids: Record<string, string>;

const spec = async (): Promise<Specification> => {
  const one = await testApp();
  const document = await specificationOf(one.app);
  await one.close();
  return document;
};

/** What is known of an operation from the specification alone. */
function walked(placed: Placed): Walked {
  const { path, method, operation } = placed;
  const parameters = (operation.parameters ?? []) as OpenAPIV3_1.ParameterObject[];
  const query = parameters.filter((one) => one.in === 'query');
  const needed = query.filter((one) => one.required === true);
  const asked = new URLSearchParams(
    needed.map(({ name, example }): [string, string] => [name, String(example)]),
  );
  const { content = {} } = (operation.requestBody ?? {}) as Partial<OpenAPIV3_1.RequestBodyObject>;
  const [type] = Object.keys(content);
  const example = Object.values(content[type ?? '']?.examples ?? {})[0];
  return {
    ...placed,
    name: `${method} ${path}`,
    url: asked.size > 0 ? `${path}?${asked}` : path,
    secured: (operation.security ?? []).length > 0,
    types: Object.keys(content),
    body: JSON.stringify((example as OpenAPIV3_1.ExampleObject | undefined)?.value),
    query,
  };
}

const OPERATIONS = operationsOf(await spec()).map(walked);
const READS = OPERATIONS.filter(({ method }) => method === 'GET');
const WITH_BODY = OPERATIONS.filter(({ types }) => types.length > 0);
const SECURED = OPERATIONS.filter(({ secured }) => secured);
const WITH_ID = OPERATIONS.filter(({ path }) => path.includes('{'));
const named = (list: readonly Walked[]) => list.map((one) => [one.name, one] as const);

const resourceOf = (path: string): string => path.split('/')[1] ?? '';
/** The address of an operation with the id of something that is there, or with another one. */
const addressOf = ({ url, path }: Walked, id = ids[resourceOf(path)] ?? ''): string =>
  url.replace(/\{[^}]+\}/, id);
const withQuery = (address: string, more: string): string =>
  `${address}${address.includes('?') ? '&' : '?'}${more}`;

function sending(one: Walked, more: InjectOptions = {}): InjectOptions {
  const { method, types, body } = one;
  const [type] = types;
  return {
    method: method as NonNullable<InjectOptions['method']>,
    url: addressOf(one),
    ...(type !== undefined && { payload: body }),
    ...more,
    headers: {
      authorization: `Bearer ${key}`,
      'if-match': '*',
      ...(type !== undefined && { 'content-type': type }),
      ...more.headers,
    },
  };
}
const ask = (one: Walked, more: InjectOptions = {}) => test.request(sending(one, more));

async function expectRefusal(one: Walked, more: InjectOptions, slug: ProblemSlug) {
  const response = await ask(one, more);
  expectProblem(response, slug, `${one.name} ${String(more.url ?? '')}`);
  return response;
}

beforeAll(async () => {
  test = await testApp('file::memory:', { METRICS: 'on' });
  await loadDemo(test.db);
  key = await makeKey(test.db, 'admin');
  const first = async (list: string) => (await test.get(`${list}?limit=1`)).json().data[0].id;
  ids = {
    barrages: 'rus-ukr-2024-09-07',
    claims: await first('/claims'),
    'debris-sites': await first('/debris-sites'),
    problems: 'validation',
  };
});
afterAll(() => test.close());

describe('the walk', () => {
  it('knows every operation', () => {
    expect(OPERATIONS.length).toBeGreaterThan(40);
    expect(WITH_BODY.length).toBeGreaterThan(8);
    expect(SECURED.length).toBeGreaterThanOrEqual(WITH_BODY.length);
  });
});

describe('400', () => {
  it.each(named(OPERATIONS))('for a parameter that there is not: %s', async (_, one) => {
    const url = withQuery(addressOf(one), 'no_such_parameter=1');
    const response = await expectRefusal(one, { url }, 'invalid-parameter');
    expect(response.json().errors).toMatchObject([
      { parameter: 'no_such_parameter', code: 'unknown' },
    ]);
  });

  it.each(named(OPERATIONS))('for a parameter given twice, or empty: %s', async (_, one) => {
    for (const { name, example } of one.query) {
      const bare = addressOf(one).split('?', 1)[0] ?? '';
      const value = `${name}=${encodeURIComponent(String(example ?? 'x'))}`;
      const twice = await expectRefusal(
        one,
        { url: `${bare}?${value}&${value}` },
        'invalid-parameter',
      );
      expect(twice.json().errors, name).toContainEqual(
        expect.objectContaining({ parameter: name, code: 'repeated' }),
      );
      const empty = await expectRefusal(one, { url: `${bare}?${name}=` }, 'invalid-parameter');
      expect(empty.json().errors, name).toContainEqual(
        expect.objectContaining({ parameter: name, code: 'empty' }),
      );
    }
  });

  it.each(named(WITH_ID))('or 404 for an id that is none: %s', async (_, one) => {
    const slug = resourceOf(one.path) === 'problems' ? 'not-found' : 'invalid-parameter';
    await expectRefusal(one, { url: addressOf(one, '!') }, slug);
  });

  it.each(named(WITH_BODY))('for JSON that is none, or no body: %s', async (_, one) => {
    for (const payload of ['{"', '']) await expectRefusal(one, { payload }, 'malformed-request');
  });

  it.each(named(OPERATIONS))('for an address that cannot be read: %s', async (_, one) => {
    const [bare = ''] = addressOf(one).split('?', 1);
    await expectRefusal(one, { url: `${bare.replace(/\/$/, '')}/%zz` }, 'malformed-request');
  });
});

describe('401 and 403', () => {
  it.each(named(SECURED))('before anything is said about the body: %s', async (_, one) => {
    for (const authorization of ['', 'Basic eDp5', 'Bearer wrong']) {
      const more = { headers: { authorization }, ...(one.types.length > 0 && { payload: '{"' }) };
      const response = await expectRefusal(one, more, 'unauthorized');
      expect(response.headers['www-authenticate']).toMatch(/^Bearer realm="/);
    }
  });

  it.each(named(SECURED))(
    'for a key that may not do it, where some may not: %s',
    async (_, one) => {
      const broken = one.types.length > 0 && { payload: '{"' };
      const more = {
        headers: {
          authorization: `Bearer ${await makeKey(test.db, 'read')}`,
          'if-match': '"stale.9"',
        },
        ...broken,
      };
      if (one.operation.responses?.['403'] !== undefined)
        await expectRefusal(one, more, 'forbidden');
      else expect((await ask(one, more)).statusCode).not.toBe(403);
    },
  );
});

describe('404', () => {
  const absent: Record<string, string> = {
    barrages: 'rus-ukr-1999-01-01',
    claims: 'clm_01J7AB3N5WQ4E2R8T6Y0K10001',
    'debris-sites': 'dbs_01J7AB3N5WQ4E2R8T6Y0K10001',
    problems: 'no-such-problem',
  };
  it.each(named(WITH_ID))('for what was never recorded: %s', async (_, one) => {
    await expectRefusal(one, { url: addressOf(one, absent[resourceOf(one.path)]) }, 'not-found');
  });

  it.each(named(OPERATIONS))('for an address below it that is none: %s', async (_, one) => {
    const [bare = ''] = addressOf(one).split('?', 1);
    await expectRefusal(one, { url: `${bare.replace(/\/$/, '')}/nothing/here` }, 'not-found');
  });

  it.each(named(WITH_ID))('or 414 for an id that is too long: %s', async (_, one) => {
    await expectRefusal(one, { url: addressOf(one, 'x'.repeat(201)) }, 'uri-too-long');
  });
});

describe('405, HEAD and OPTIONS', () => {
  const paths = [...new Set(OPERATIONS.map(({ path }) => path))];
  it.each(paths)('%s', async (path) => {
    const here = OPERATIONS.filter((one) => one.path === path);
    const [one] = here;
    if (one === undefined) throw new Error(path);
    const supported = new Set(here.map(({ method }) => method));
    const allowed = [...supported, ...(supported.has('GET') ? ['HEAD'] : []), 'OPTIONS'];
    for (const method of METHODS.filter((name) => !supported.has(name))) {
      const response = await test.request({ method, url: addressOf(one) });
      expectProblem(response, 'method-not-allowed', `${method} ${path}`);
      const { allow } = response.headers;
      expect(String(allow).split(', ').toSorted(), path).toEqual(allowed.toSorted());
    }
    const options = await test.request({ method: 'OPTIONS', url: addressOf(one) });
    expect([options.statusCode, options.body]).toEqual([204, '']);
    expect(String(options.headers.allow).split(', ').toSorted()).toEqual(allowed.toSorted());
  });

  it.each(named(READS))('HEAD is GET without a body, right or wrong: %s', async (_, one) => {
    for (const url of [addressOf(one), withQuery(addressOf(one), 'no_such_parameter=1')]) {
      const [get, head] = [
        await test.request({ method: 'GET', url }),
        await test.request({ method: 'HEAD', url }),
      ];
      expect([head.statusCode, head.body]).toEqual([get.statusCode, '']);
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
      expect(head.headers['cache-control']).toBe(get.headers['cache-control']);
    }
  });
});

describe('406', () => {
  it.each(named(READS))('where the address gives several types: %s', async (_, one) => {
    const response = await ask(one, { headers: { accept: 'image/png' } });
    if (one.operation.responses?.['406'] === undefined) expect(response.statusCode).toBe(200);
    else expectProblem(response, 'not-acceptable', one.name);
  });
});

describe('413 and 415', () => {
  it.each(named(WITH_BODY))('for too much: %s', async (_, one) => {
    await expectRefusal(one, { payload: 'x'.repeat(BODY_LIMIT) }, 'payload-too-large');
  });

  it.each(named(WITH_BODY))('for a type that is not taken: %s', async (_, one) => {
    for (const type of ['text/plain', 'application/xml', 'nonsense']) {
      const more = { headers: { 'content-type': type } };
      const response = await expectRefusal(one, more, 'unsupported-media-type');
      const header = one.method === 'PATCH' ? 'accept-patch' : 'accept-post';
      expect(response.headers[header], type).toBe(one.types.join(', '));
    }
  });
});

describe('422 and 428', () => {
  it.each(named(WITH_BODY))('for a body that is something else: %s', async (_, one) => {
    for (const payload of ['null', '"text"']) await expectRefusal(one, { payload }, 'validation');
  });

  const corrections = SECURED.filter(({ method }) => method !== 'POST');
  it.each(named(corrections))('without If-Match: %s', async (_, one) => {
    const options = sending(one);
    const { 'if-match': _tag, ...headers } = options.headers ?? {};
    const response = await test.request({ ...options, headers });
    expectProblem(response, 'precondition-required', one.name);
  });
});

describe('409, 410, 412 and 422 of corrections and retractions', () => {
  const changes = SECURED.filter(({ method }) => method !== 'POST');
  let own: TestApp;
  let addresses: Record<string, string>;
  beforeEach(async () => {
    own = await testApp();
    const { id, claims, debris_sites } = (await own.post('/barrages', CARD_NIGHT)).json().data;
    addresses = { barrages: id, claims: claims[0].id, 'debris-sites': debris_sites[0].id };
  });
  afterEach(() => own.close());

  const change = (one: Walked, headers: Record<string, string> = {}) => {
    const url = addressOf(one, addresses[resourceOf(one.path)]);
    const key = { authorization: `Bearer ${own.key}` };
    const note = one.method === 'PATCH' && { payload: '{"note":"x","reason":"x"}' };
    return own.request(sending(one, { url, ...note, headers: { ...key, ...headers } }));
  };

  it.each(named(changes))('%s', async (_, one) => {
    const stale = await change(one, { 'if-match': '"stale.9"' });
    expectProblem(stale, 'precondition-failed', one.name);
    // While another write holds the database, the first request with the key is still running.
    let finish = (): void => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const busy = commit(own.db, CAUSE, () => held);
    const once = { 'idempotency-key': 'once' };
    const first = change(one, once);
    const second = await change(one, once);
    expectProblem(second, 'idempotency-key-in-use', one.name);
    expect(second.headers['retry-after']).toBe('1');
    finish();
    await busy;
    expect((await first).statusCode).toBeLessThan(300);
    const other = await change(one, { ...once, 'if-match': '"other.1"' });
    expectProblem(other, 'idempotency-key-reused', one.name);
    const retract = changes.find(({ path, method }) => path === one.path && method === 'DELETE');
    if (retract === undefined) throw new Error(one.path);
    await change(retract);
    expectProblem(await change(one), 'gone', one.name);
  });

  it.each(named(changes.filter(({ method }) => method === 'DELETE')))(
    '413 and 415 for a body that a retraction does not need: %s',
    async (_, one) => {
      for (const [type, payload, slug] of [
        ['application/json', 'x'.repeat(BODY_LIMIT), 'payload-too-large'],
        ['text/plain', 'x', 'unsupported-media-type'],
      ] as const) {
        const response = await ask(one, { payload, headers: { 'content-type': type } });
        expectProblem(response, slug, one.name);
      }
    },
  );
});

describe('304', () => {
  const kept = READS.filter(({ operation }) => Object.hasOwn(operation.responses ?? {}, '304'));
  it.each(named(kept))('for who has the answer already: %s', async (_, one) => {
    const first = await ask(one);
    expect(first.statusCode, first.body).toBe(200);
    for (const tag of [String(first.headers.etag), '*']) {
      const again = await ask(one, { headers: { 'if-none-match': tag } });
      expect([again.statusCode, again.body]).toEqual([304, '']);
    }
  });
});

describe('429', () => {
  let limited: TestApp;
  beforeAll(async () => {
    limited = await testApp('file::memory:', { RATE_LIMIT_PER_MINUTE: 1 });
    await limited.get('/nowhere');
  });
  afterAll(() => limited.close());

  const counted = OPERATIONS.filter(({ operation }) =>
    Object.hasOwn(operation.responses ?? {}, '429'),
  );
  it.each(named(counted))('for who has asked too often: %s', async (_, one) => {
    const response = await limited.request(sending(one));
    expectProblem(response, 'too-many-requests', one.name);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('503 for a write while another one holds the database', () => {
  it.each(named(SECURED))('%s', async (_, one) => {
    const busy = vi.spyOn(test.db, 'exclusively').mockRejectedValueOnce(new WriterBusy(5));
    const response = await expectRefusal(one, {}, 'unavailable');
    busy.mockRestore();
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('and for the file of the dataset, which is made from it', async () => {
    const [download] = READS.filter(({ path }) => path === '/dataset.sqlite');
    if (download === undefined) throw new Error('there is no such operation');
    const busy = vi.spyOn(test.db, 'stamp').mockImplementationOnce(() => {
      throw new WriterBusy(5);
    });
    await expectRefusal(download, {}, 'unavailable');
    busy.mockRestore();
  });
});

describe('500 and 503', () => {
  // They answer without the database, and lose nothing with it.
  const independent = ['getHealth', 'getMetrics', 'getProblemType'];
  it.each(named(OPERATIONS))('tell nothing of the inside: %s', async (_, one) => {
    await test.db.close();
    const { operationId = '' } = one.operation;
    const answers500 = Object.hasOwn(one.operation.responses ?? {}, '500');
    expect(answers500).toBe(![...independent, 'getReadiness'].includes(operationId));
    if (independent.includes(operationId)) expect((await ask(one)).statusCode).toBe(200);
    else await expectRefusal(one, {}, operationId === 'getReadiness' ? 'unavailable' : 'internal');
  });
});
