import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addressOf, installation } from './commands.js';

const RECORDER = new URL('../support/loaded-modules.mjs', import.meta.url).href;

/** Starts the service, asks it, ends it. @returns the packages and the own modules that were loaded until then */
async function loadedBy(questions: readonly string[]): Promise<Set<string>> {
  const settings = { METRICS: 'on', NODE_OPTIONS: `--import ${RECORDER}`, LOADED_MODULES: 'list' };
  const service = installation(settings);
  const child = service.start('main');
  const address = await addressOf(child);
  for (const path of questions) {
    const { status } = await fetch(address + path);
    expect(status, path).toBe(200);
  }
  child.kill('SIGTERM');
  await once(child, 'close');
  const urls = readFileSync(join(service.folder, 'list'), 'utf8').split('\n');
  return new Set(
    urls.map((url) => {
      const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
      return name ?? url.replace(/^.*\/dist\//, '');
    }),
  );
}

// What is loaded with the first question that needs it, by such a question.
const LATE = {
  '/metrics': ['prom-client', '@opentelemetry/api'],
  '/openapi.json': ['@fastify/swagger', 'yaml', 'http/examples/claims.js'],
  '/docs': ['@fastify/swagger-ui', '@fastify/static'],
  '/claims?format=ndjson': ['piscina'],
};

it('loads what only some questions need with the first of them', async () => {
  const early = await loadedBy(['/stats', '/stats/series?bucket=month', '/claims', '/readyz']);
  const late = await loadedBy(Object.keys(LATE));
  for (const name of ['main.js', 'fastify', 'zod', 'drizzle-orm', 'better-sqlite3'])
    expect([...early], 'what is loaded is listed').toContain(name);
  for (const [path, names] of Object.entries(LATE)) {
    for (const name of names) {
      expect([...early], `${name} before ${path}`).not.toContain(name);
      expect([...late], `${name} after ${path}`).toContain(name);
    }
  }
});

it('reads the demonstration data only where it is wanted', async () => {
  expect([...(await loadedBy([]))]).not.toContain('demo/load-demo.js');
});
