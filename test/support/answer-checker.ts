import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: object;
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

/**
 * Holds answers to the specification: the operation is documented, the status is documented, the body meets its schema.
 * Answers outside of documented operations (unknown addresses, wrong methods, the docs) are left alone.
 */
export function answerChecker(document: unknown) {
  const { paths, components } = document as Document;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'spec', components });
  const inSpec = (schema: object): object =>
    JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"spec#/components'));
  const compiled = new Map<string, ReturnType<Ajv2020['compile']>>();
  const operationOf = (method: string, path: string): Operation | undefined => {
    const template =
      paths[path] !== undefined
        ? path
        : Object.keys(paths).find((key) => templateOf(key).test(path));
    return template === undefined ? undefined : paths[template]?.[method.toLowerCase()];
  };
  return (method: string, url: string, response: LightMyRequestResponse): void => {
    const path = url.split('?', 1)[0] ?? '';
    const operation = operationOf(method, path);
    if (operation === undefined) return;
    const status = String(response.statusCode);
    expect(Object.keys(operation.responses), `${method} ${url} documents ${status}`).toContain(
      status,
    );
    if (operation.responses[status]?.content === undefined) {
      expect(response.body, `${method} ${url} has no body`).toBe('');
      return;
    }
    const media = String(response.headers['content-type']).split(';', 1)[0] ?? '';
    const schema = operation.responses[status]?.content?.[media]?.schema;
    expect(schema, `${method} ${url} documents ${media} for ${status}`).toBeDefined();
    if (schema === undefined || !/[/+]json$/.test(media)) return;
    const name = `${method} ${path} ${status} ${media}`;
    const validate = compiled.get(name) ?? ajv.compile(inSpec(schema));
    compiled.set(name, validate);
    const valid = validate(decoded(media, bodyOf(response)));
    expect(valid ? [] : validate.errors, `${method} ${url} meets its schema`).toEqual([]);
  };
}
