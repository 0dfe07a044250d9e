import type { OpenAPIV3_1 } from 'openapi-types';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadDemo } from '../../src/demo/load-demo.js';
import type { AnswerExample } from '../../src/http/examples/example.js';
import { sha256Of } from '../../src/http/meta.js';
import { operationsOf, responsesOf } from '../../src/http/openapi-operations.js';
import { writtenJson } from '../../src/http/written-json.js';
import { operationAt, type SpecDocument, schemaCompiler } from '../support/answer-checker.js';
import { EventReader, listen } from '../support/event-stream.js';
import { askForExamples, type ExampleRequest, NDJSON } from '../support/example-requests.js';
import { specificationOf } from '../support/specification.js';
import { makeKey, type TestApp, testApp } from '../support/test-app.js';

const NOW = '2026-12-08T09:30:00.000Z';
const FOLDER = '../../src/http/examples';
const MANY = 3;
const SHOWN = 2;

let test: TestApp;
let spec: SpecDocument;
/** By tag, operation and status. */
const made: Record<string, Record<string, Record<string, AnswerExample>>> = {};

/** Long lists cut to their first entries: an example is read by people. */
function cut(value: unknown): unknown {
  if (Array.isArray(value)) {
    const objects = value.length > MANY && value.every((item) => typeof item === 'object');
    return (objects ? value.slice(0, SHOWN) : value).map(cut);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cut(part)]));
}

const ids = new Map<string, string>();
/** Ids are drawn by lot: each is given a number instead, the same wherever it appears. */
function stable(text: string): string {
  return text.replaceAll(/(?<![0-9A-Z])[0-7][0-9A-HJKMNP-TV-Z]{25}(?![0-9A-Z])/g, (id) => {
    const known = ids.get(id) ?? `01J7AB3N5WQ4E2R8T6Y0K1${String(ids.size + 1).padStart(4, '0')}`;
    ids.set(id, known);
    return known;
  });
}

// In the specification such a body is the list of its lines, as OpenAPI 3.2 puts it.
const linesOf = (items: unknown): string =>
  (items as unknown[]).map((item) => `${JSON.stringify(item)}\n`).join('');

async function firstEvent(url: string): Promise<{ media: string; text: string }> {
  const base = await listen(test.app);
  const reader = await EventReader.open(`${base}${url}`);
  const event = await reader.next();
  const media = String(reader.response.headers.get('content-type')).split(';', 1)[0] ?? '';
  reader.close();
  const data = JSON.stringify(event?.data);
  return { media, text: `id: ${event?.id}\nevent: ${event?.event}\ndata: ${data}\n\n` };
}

/** An answer with steady ids; its digest covers them, so it is told again. */
function steady(text: string): unknown {
  const answer = JSON.parse(stable(text));
  const citation = answer.meta?.citation;
  if (citation !== undefined) citation.digest = sha256Of(writtenJson(answer.data).canonical);
  return answer;
}

function keep(request: ExampleRequest, status: number, media: string, text: string): void {
  const { method, url, body, headers } = request;
  const found = operationAt(spec, method, url);
  if (found === undefined) throw new Error(`${method} ${url} is not documented`);
  const { operation } = found;
  const [tag = ''] = (operation as unknown as { tags: string[] }).tags;
  made[tag] ??= {};
  made[tag][operation.operationId] ??= {};
  const isJson = /[/+]json$/.test(media);
  const sent = headers?.['content-type'];
  const previous = made[tag][operation.operationId]?.[status];
  const value = isJson ? cut(steady(text)) : stable(text);
  Object.assign(made[tag][operation.operationId] ?? {}, {
    [status]: {
      asked: previous?.asked ?? `${method} ${decodeURIComponent(stable(url))}`,
      ...(sent !== undefined && { body: { [sent]: JSON.parse(stable(JSON.stringify(body))) } }),
      answer: { ...previous?.answer, ...(media !== '' && { [media]: value }) },
    },
  });
}

beforeAll(async () => {
  // Every instant of every answer is told here: what is left to differ between two runs are the ids.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(NOW) });
  test = await testApp();
  await loadDemo(test.db);
  spec = await specificationOf<SpecDocument>(test.app);
  const key = await makeKey(test.db, 'admin');
  await askForExamples(async (request) => {
    const { method, url, body, headers } = request;
    // Ids sort by their millisecond, and by lot within one.
    vi.setSystemTime(Date.now() + 1_000);
    if (request.streamed === true) {
      const { media, text } = await firstEvent(url);
      return keep(request, 200, media, text);
    }
    const response = await test.request({
      method,
      url,
      headers: { host: 'localhost:3000', authorization: `Bearer ${key}`, ...headers },
      ...(body !== undefined && {
        payload: headers?.['content-type'] === NDJSON ? linesOf(body) : JSON.stringify(body),
      }),
    });
    expect(response.statusCode, `${method} ${url} ${response.body}`).toBeLessThan(300);
    const media = String(response.headers['content-type'] ?? '').split(';', 1)[0] ?? '';
    keep(request, response.statusCode, media, response.body);
    return /json$/.test(media) ? response.json().data : null;
  });
});
afterAll(async () => {
  vi.useRealTimers();
  await test.close();
});

const FILES = [
  ['barrages', 'BARRAGE'],
  ['claims', 'CLAIM'],
  ['debris sites', 'DEBRIS_SITE'],
  ['statistics', 'STATISTICS'],
  ['history', 'HISTORY'],
  ['dataset', 'DATASET'],
  ['code lists', 'CODE_LIST'],
  ['service', 'SERVICE'],
] as const;

describe('the examples of the specification', () => {
  // After a change: npx vitest run test/contract/examples.test.ts -u
  it.each(FILES)('are what a new service answers: %s', async (tag, name) => {
    const text = [
      '// Real answers of a new service, written by test/contract/examples.test.ts; as long as these are.',
      "import type { Examples } from './example.js';",
      '',
      `export const ${name}_EXAMPLES: Examples = ${JSON.stringify(made[tag], null, 2)};`,
      '',
    ].join('\n');
    await expect(text).toMatchFileSnapshot(`${FOLDER}/${tag.replace(' ', '-')}.ts`);
  });

  it('show the figures of the night the service began with', () => {
    const night = { launched: 67, intercepted: 58, suppressed: 3, left_airspace: 6 };
    const answer = made['statistics']?.['getStats']?.[200]?.answer['application/json'];
    expect(answer).toMatchObject({ data: night });
  });
});

interface Shown {
  name: string;
  media: string;
  described: OpenAPIV3_1.MediaTypeObject;
}

/** What an operation takes and gives, by media type; a file of bytes cannot be shown. */
function shownOf(operation: OpenAPIV3_1.OperationObject): Shown[] {
  const { content = {} } = (operation.requestBody ?? {}) as Partial<OpenAPIV3_1.RequestBodyObject>;
  const parts: [string, Record<string, OpenAPIV3_1.MediaTypeObject>][] = [['body', content]];
  for (const [status, response] of responsesOf(operation)) {
    parts.push([status, response.content ?? {}]);
  }
  return parts
    .flatMap(([name, one]) =>
      Object.entries(one).map(([media, described]) => ({ name, media, described })),
    )
    .filter(({ described }) => Reflect.get(described.schema ?? {}, 'format') !== 'binary');
}

describe('every operation', () => {
  it('has an example for each body and each answer, and it meets its schema', async () => {
    const document = await specificationOf(test.app);
    const compile = schemaCompiler(spec);
    const shared = document.components?.examples ?? {};
    let count = 0;
    for (const { operation } of operationsOf(document)) {
      for (const { name, media, described } of shownOf(operation)) {
        const at = `${operation.operationId} ${name} ${media}`;
        const examples = Object.values(described.examples ?? {});
        expect(examples.length, at).toBeGreaterThan(0);
        for (const example of examples) {
          const named = '$ref' in example ? shared[example.$ref.split('/').at(-1) ?? ''] : example;
          const { value } = named as OpenAPIV3_1.ExampleObject;
          expect(value, at).toBeDefined();
          count += 1;
          // Events are text.
          if (typeof value === 'string' && !/[/+]json$/.test(media)) continue;
          const validate = compile(described.schema ?? {});
          expect(validate(value) ? [] : validate.errors, at).toEqual([]);
        }
      }
    }
    expect(count).toBeGreaterThan(100);
  });

  it('has an example of every query parameter, which meets its schema and which the service takes', async () => {
    const document = await specificationOf(test.app);
    const compile = schemaCompiler(spec);
    for (const { path, method, operation } of operationsOf(document)) {
      const parameters = (operation.parameters ?? []) as OpenAPIV3_1.ParameterObject[];
      for (const { name, schema, example } of parameters.filter((one) => one.in === 'query')) {
        const at = `${operation.operationId} ${name}`;
        // A cursor is what the page before gave, and nothing that can be written by hand.
        if (name === 'cursor') continue;
        expect(example, at).toBeDefined();
        const validate = compile(schema ?? {});
        expect(validate(example) ? [] : validate.errors, at).toEqual([]);
        if (method !== 'GET' || path.includes('{')) continue;
        // Pages are of an explanation only.
        const beside = path === '/stats' && name === 'limit' ? { explain: 'true' } : {};
        const query = new URLSearchParams({ [name]: String(example), ...beside });
        const response = await test.get(`${path}?${query}`);
        expect(response.statusCode, `${at} ${response.body}`).toBe(200);
      }
    }
  });
});
