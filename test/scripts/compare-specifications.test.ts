import { describe, expect, it } from 'vitest';
// @ts-expect-error Scripts are plain JavaScript: they run before anything is installed.
import { breaksBetween, unannounced } from '../../scripts/compare-specifications.mjs';

// biome-ignore lint/suspicious/noExplicitAny: a document that each case bends in its own way.
type Doc = any;

const document = (): Doc => ({
  paths: {
    '/things': {
      get: {
        operationId: 'listThings',
        security: [],
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 500 } },
          { name: 'kind', in: 'query', schema: { type: 'string', enum: ['a', 'b'] } },
        ],
        responses: {
          200: {
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/Thing' } },
              'text/csv': { schema: { type: 'string' } },
            },
          },
          400: { content: { 'application/problem+json': { schema: { type: 'object' } } } },
        },
      },
      post: {
        operationId: 'recordThing',
        security: [{ key: [] }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  name: { type: 'string', maxLength: 100 },
                  count: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
                  kind: { type: 'string', enum: ['a', 'b'] },
                },
                required: ['name'],
              },
            },
          },
        },
        responses: { 201: { content: {} } },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        properties: {
          id: { type: 'string' },
          size: { type: 'number' },
          parts: {
            type: 'array',
            items: { type: 'object', properties: { n: { type: 'integer' } } },
          },
        },
        required: ['id', 'size'],
      },
    },
  },
});

const get = (doc: Doc): Doc => doc.paths['/things'].get;
const post = (doc: Doc): Doc => doc.paths['/things'].post;
const thing = (doc: Doc): Doc => doc.components.schemas.Thing;
const sent = (doc: Doc): Doc => post(doc).requestBody.content['application/json'].schema;

type Case = [name: string, change: (doc: Doc) => void, found: string];
const BREAKS: Case[] = [
  ['a path', (doc) => delete doc.paths['/things'], '/things GET: is gone'],
  ['an operation', (doc) => delete doc.paths['/things'].post, '/things POST: is gone'],
  ['an operationId', (doc) => (get(doc).operationId = 'x'), '/things GET: operationId is x now'],
  ['open reading', (doc) => (get(doc).security = [{ key: [] }]), '/things GET: needs a key now'],
  ['a status', (doc) => delete get(doc).responses[400], '/things GET 400: is gone'],
  [
    'a media type of an answer',
    (doc) => delete get(doc).responses[200].content['text/csv'],
    '/things GET 200 text/csv: is gone',
  ],
  [
    'a property of an answer',
    (doc) => delete thing(doc).properties.size,
    '/things GET 200 application/json.size: is gone',
  ],
  [
    'a property deep in an answer',
    (doc) => delete thing(doc).properties.parts.items.properties.n,
    '/things GET 200 application/json.parts[].n: is gone',
  ],
  [
    'that a property is always there',
    (doc) => (thing(doc).required = ['id']),
    '/things GET 200 application/json.size: may be absent now',
  ],
  [
    'a type of an answer',
    (doc) => (thing(doc).properties.size.type = 'string'),
    '/things GET 200 application/json.size: type string is new',
  ],
  [
    'that a property is never null',
    (doc) => (thing(doc).properties.size.type = ['number', 'null']),
    '/things GET 200 application/json.size: type null is new',
  ],
  ['a parameter', (doc) => get(doc).parameters.pop(), '/things GET query parameter kind: is gone'],
  [
    'a value of a parameter',
    (doc) => get(doc).parameters[1].schema.enum.pop(),
    '/things GET query parameter kind: value "b" is no longer taken',
  ],
  [
    'a wider limit of a parameter',
    (doc) => (get(doc).parameters[0].schema.maximum = 100),
    '/things GET query parameter limit: maximum is 100 now, was 500',
  ],
  [
    'that a parameter can be left out',
    (doc) => (get(doc).parameters[0].required = true),
    '/things GET query parameter limit: is required now',
  ],
  [
    'asking without a new parameter',
    (doc) => get(doc).parameters.push({ name: 'x', in: 'query', required: true, schema: {} }),
    '/things GET query parameter x: is required now',
  ],
  [
    'a field of a body',
    (doc) => delete sent(doc).properties.count,
    '/things POST body application/json.count: is gone',
  ],
  [
    'that a field can be left out',
    (doc) => sent(doc).required.push('count'),
    '/things POST body application/json.count: is required now',
  ],
  [
    'a type that a field takes',
    (doc) => (sent(doc).properties.count = { type: 'integer' }),
    '/things POST body application/json.count: type null is no longer taken',
  ],
  [
    'a value that a field takes',
    (doc) => (sent(doc).properties.kind.enum = ['a']),
    '/things POST body application/json.kind: value "b" is no longer taken',
  ],
  [
    'values that a field takes, by a list of them',
    (doc) => (sent(doc).properties.name.enum = ['x']),
    '/things POST body application/json.name: only some values are taken now',
  ],
  [
    'a longer text of a field',
    (doc) => (sent(doc).properties.name.maxLength = 10),
    '/things POST body application/json.name: maxLength is 10 now, was 100',
  ],
  [
    'a media type of a body',
    (doc) => (post(doc).requestBody.content = { 'text/csv': { schema: {} } }),
    '/things POST body application/json: is gone',
  ],
];

const ADDITIONS: [name: string, change: (doc: Doc) => void][] = [
  ['nothing', () => {}],
  ['a path', (doc) => (doc.paths['/more'] = { get: get(doc) })],
  ['an operation', (doc) => (doc.paths['/things'].delete = get(doc))],
  ['a status', (doc) => (get(doc).responses[429] = {})],
  ['a media type of an answer', (doc) => (get(doc).responses[200].content['x/y'] = { schema: {} })],
  ['a property of an answer', (doc) => (thing(doc).properties.more = { type: 'string' })],
  ['that a property is always there', (doc) => thing(doc).required.push('parts')],
  ['a narrower type of an answer', (doc) => (thing(doc).properties.size.type = 'integer')],
  ['a parameter', (doc) => get(doc).parameters.push({ name: 'x', in: 'query', schema: {} })],
  ['a value of a parameter', (doc) => get(doc).parameters[1].schema.enum.push('c')],
  ['a wider limit', (doc) => (get(doc).parameters[0].schema.maximum = 1000)],
  ['a field of a body', (doc) => (sent(doc).properties.more = { type: 'string' })],
  ['that a field can be left out', (doc) => (sent(doc).required = [])],
  ['a type that a field takes', (doc) => (sent(doc).properties.name.type = ['string', 'null'])],
  ['a longer text of a field', (doc) => delete sent(doc).properties.name.maxLength],
];

const breaksAfter = (change: (doc: Doc) => void): string[] => {
  const changed = document();
  change(changed);
  return breaksBetween(document(), changed);
};

describe('what breaks', () => {
  it.each(BREAKS)('taking away %s', (_, change, found) => {
    expect(breaksAfter(change)).toContain(found);
  });
  it.each(ADDITIONS)('is not adding %s', (_, change) => {
    expect(breaksAfter(change)).toEqual([]);
  });
});

describe('a break', () => {
  const log = (line: string) =>
    `# Changelog\n\n## [Unreleased]\n\n${line}\n\n## [0.1.0]\n\n- **Breaking:** \`/old\` went.\n`;
  const breaks = ['/things GET: is gone', '/old GET: is gone'];

  it('passes if a line under Unreleased names its path', () => {
    expect(unannounced(breaks, log('- **Breaking:** `/things` and `/old` went.'))).toEqual([]);
  });
  it('fails without, with another path, or with a line of an older release', () => {
    expect(unannounced(breaks, log('- **Breaking:** `/things/{id}` went.'))).toEqual(breaks);
    expect(unannounced(breaks, log('- `/things` went.'))).toEqual(breaks);
    expect(unannounced(breaks, '# Changelog\n')).toEqual(breaks);
  });
});
