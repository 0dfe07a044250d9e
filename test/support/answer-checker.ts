import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { OpenAPIV3_1 } from 'openapi-types';
import { expect } from 'vitest';
import { HEADER_NAMES, headersOf } from '../../src/http/openapi-headers.js';
import { noteAnswer } from './answer-log.js';
import { specificationOf } from './specification.js';

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
export interface SpecDocument {
  paths: Record<string, Record<string, Operation>>;
  components: OpenAPIV3_1.ComponentsObject;
}

const templateOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);

/** The body as it was before it was coded. */
export function bodyOf(response: LightMyRequestResponse): string {
  const coding = response.headers['content-encoding'];
  if (coding === 'gzip') return gunzipSync(response.rawPayload).toString();
  if (coding === 'br') return brotliDecompressSync(response.rawPayload).toString();
  return response.body;
}

// What is no JSON is text to the specification.
const decoded = (media: string, body: string): unknown =>
  /[/+]json$/.test(media) ? JSON.parse(body) : body;

/** The operation that a request is for, with the path it is documented under. */
export function operationAt({ paths }: SpecDocument, method: string, url: string) {
  const path = url.split('?', 1)[0] ?? '';
  const template =
    paths[path] !== undefined ? path : Object.keys(paths).find((key) => templateOf(key).test(path));
  const operation = template === undefined ? undefined : paths[template]?.[method.toLowerCase()];
  return template === undefined || operation === undefined ? undefined : { template, operation };
}

/** Compiles schemas of the specification, with its components at hand. */
export function schemaCompiler({ components }: SpecDocument) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, multipleOfPrecision: 9 });
  ajv.addSchema({ $id: 'spec', components });
  return (schema: object) =>
    ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"spec#/components')),
    );
}

type Answered = Pick<LightMyRequestResponse, 'statusCode' | 'headers'>;

/** Headers that the specification speaks of: every answer carries those it must, and no other. */
function checkHeaders(method: string, template: string, { statusCode, headers }: Answered): void {
  const documented = headersOf(method, template, String(statusCode));
  const at = `${method} ${template} ${statusCode}`;
  for (const name of HEADER_NAMES) {
    const carried = headers[name.toLowerCase()] !== undefined;
    if (carried) expect([...documented.keys()], `${at} documents ${name}`).toContain(name);
    else expect(documented.get(name) ?? false, `${at} carries ${name}`).toBe(false);
  }
}

/**
 * Holds answers to the specification: the operation is documented, the status and the headers are, the body meets its
 * schema. Answers outside of documented operations (unknown addresses, wrong methods, the docs) are left alone.
 */
export function answerChecker(document: unknown) {
  const spec = document as SpecDocument;
  const compile = schemaCompiler(spec);
  const compiled = new Map<string, ReturnType<typeof compile>>();
  return (method: string, url: string, response: LightMyRequestResponse): void => {
    const found = operationAt(spec, method, url);
    if (found === undefined) return;
    const { template, operation } = found;
    const status = String(response.statusCode);
    const documented = operation.responses[status];
    expect(Object.keys(operation.responses), `${method} ${url} documents ${status}`).toContain(
      status,
    );
    checkHeaders(method, template, response);
    if (documented?.content === undefined) {
      expect(response.body, `${method} ${url} has no body`).toBe('');
      noteAnswer(operation.operationId, status, '-');
      return;
    }
    const media = String(response.headers['content-type']).split(';', 1)[0] ?? '';
    const schema = documented.content[media]?.schema;
    expect(schema, `${method} ${url} documents ${media} for ${status}`).toBeDefined();
    noteAnswer(operation.operationId, status, media);
    if (schema === undefined || !/[/+]json$/.test(media)) return;
    const name = `${operation.operationId} ${status} ${media}`;
    const validate = compiled.get(name) ?? compile(schema);
    compiled.set(name, validate);
    const valid = validate(decoded(media, bodyOf(response)));
    expect(valid ? [] : validate.errors, `${method} ${url} meets its schema`).toEqual([]);
  };
}

let shared: Promise<ReturnType<typeof answerChecker>> | undefined;

/**
 * The checker of an application. What the specification says does not depend on settings, and to compile it takes longer
 * than most tests: one does for all applications of a process.
 */
export function checkerOf(app: FastifyInstance): Promise<ReturnType<typeof answerChecker>> {
  shared ??= specificationOf(app).then(answerChecker);
  return shared;
}
