import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addressOf, installation } from './commands.js';

const RECORDER = new URL('../support/loaded-modules.mjs', import.meta.url).href;

/** Packages and own modules by the list of what was loaded. */
function namesOn(list: string): string[] {
  return readFileSync(list, 'utf8')
    .split('\n')
    .map((url) => {
      const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
      return name ?? url.replace(/^.*\/dist\//, '');
    });
}

/** Starts the service, asks it one thing after the other, ends it. @returns what was loaded at first and after each */
async function loadedBy(questions: readonly string[]): Promise<string[][]> {
  const settings = { METRICS: 'on', NODE_OPTIONS: `--import ${RECORDER}`, LOADED_MODULES: 'list' };
  const service = installation(settings);
  const child = service.start('main');
  const address = await addressOf(child);
  const list = join(service.folder, 'list');
  const loaded = [namesOn(list)];
  for (const path of questions) {
    const answer = await fetch(address + path);
    expect(answer.status, path).toBe(200);
    await answer.arrayBuffer();
    loaded.push(namesOn(list));
  }
  child.kill('SIGTERM');
  await once(child, 'close');
  return loaded;
}

const EARLY = ['/stats', '/stats/series?bucket=month', '/claims', '/readyz'];
// What is loaded with the first question that needs it, by such a question.
const LATE = {
  '/metrics': ['prom-client', '@opentelemetry/api'],
  '/claims?format=ndjson': ['piscina'],
  '/docs': [
    ...['@fastify/swagger', '@fastify/swagger-ui', '@fastify/static'],
    ...['yaml', 'http/examples/claims.js'],
  ],
};

it('loads what only some questions need with the first of them', async () => {
  const loaded = await loadedBy([...EARLY, ...Object.keys(LATE)]);
  for (const name of ['main.js', 'fastify', 'zod', 'drizzle-orm', 'better-sqlite3'])
    expect(loaded[0], 'what is loaded is listed').toContain(name);
  for (const [index, [path, names]] of Object.entries(LATE).entries()) {
    const [before, after] = loaded.slice(EARLY.length + index);
    for (const name of names) {
      expect(before, `${name} before ${path}`).not.toContain(name);
      expect(after, `${name} after ${path}`).toContain(name);
    }
  }
});

it('reads the demonstration data only where it is wanted', async () => {
  expect((await loadedBy([])).flat()).not.toContain('demo/load-demo.js');
});
