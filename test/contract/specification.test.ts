import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../support/test-app.js';

const COMMITTED = new URL('../../openapi.yaml', import.meta.url);

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});
afterAll(() => test.close());

describe('openapi.yaml', () => {
  it('is what the routes say: npm run openapi after a change', async () => {
    const served = await test.get('/openapi.yaml');
    expect(served.headers['content-type']).toMatch('application/yaml');
    expect(served.body).toBe(readFileSync(COMMITTED, 'utf8'));
  });

  it('has an id, a summary, one tag and explicit security on every operation', async () => {
    const document = (await test.get('/openapi.json')).json();
    expect(document.openapi).toMatch(/^3\.1/);
    const operations = Object.values<Record<string, Record<string, unknown>>>(
      document.paths,
    ).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThan(15);
    for (const operation of operations) {
      expect(operation).toMatchObject({
        operationId: expect.any(String),
        summary: expect.any(String),
        security: expect.any(Array),
      });
      expect(operation['tags']).toHaveLength(1);
    }
  });

  it('leaks no limits of the machine and no schema that nothing refers to', async () => {
    const text = (await test.get('/openapi.json')).body;
    expect(text).not.toContain('9007199254740991');
    const { components } = JSON.parse(text);
    for (const name of Object.keys(components.schemas)) {
      expect(text, name).toContain(`"#/components/schemas/${name}"`);
    }
  });
});
