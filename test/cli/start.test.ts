import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { addressOf, installation } from './commands.js';

const RECORDER = new URL('../support/loaded-modules.mjs', import.meta.url).href;

/** Starts the service, asks it one thing after the other, ends it. @returns the files loaded at first and after each */
async function loadedBy(
  questions: readonly string[],
  settings: NodeJS.ProcessEnv = {},
): Promise<string[][]> {
  const recorder = { NODE_OPTIONS: `--import ${RECORDER}`, LOADED_MODULES: 'list' };
  const service = installation({ METRICS: 'on', ...recorder, ...settings });
  const child = service.start('main');
  const address = await addressOf(child);
  const list = () => readFileSync(join(service.folder, 'list'), 'utf8').split('\n');
  const loaded = [list()];
  for (const path of questions) {
    const answer = await fetch(address + path);
    expect(answer.status, path).toBe(200);
    await answer.arrayBuffer();
    loaded.push(list());
  }
  child.kill('SIGTERM');
  await once(child, 'close');
  return loaded;
}

const packageOf = (file: string): string | undefined =>
  /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];

/** What a file of dist/ was made of: its source map tells. */
function sourcesOf(file: string): string[] {
  const map = file.includes('/dist/') ? `${fileURLToPath(file)}.map` : '';
  return existsSync(map) ? JSON.parse(readFileSync(map, 'utf8')).sources : [];
}

/** The packages and own modules in some files. */
const namesIn = (files: string[] = []): string[] =>
  [...files, ...files.flatMap(sourcesOf)].map(
    (file) => packageOf(file) ?? file.replace(/^.*\/src\//, ''),
  );

const EARLY = ['/stats', '/stats/series?bucket=month', '/claims', '/readyz'];
// What is loaded with the first question that needs it, by such a question.
const LATE = {
  '/metrics': ['prom-client', '@opentelemetry/api'],
  '/claims?format=ndjson': ['piscina'],
  '/docs': [
    ...['@fastify/swagger', '@fastify/swagger-ui', '@fastify/static'],
    ...['yaml', 'http/examples/claims.ts'],
  ],
};

it('loads what only some questions need with the first of them', async () => {
  const loaded = await loadedBy([...EARLY, ...Object.keys(LATE)]);
  for (const name of ['main.ts', 'fastify', 'zod', 'drizzle-orm', 'better-sqlite3'])
    expect(namesIn(loaded[0]), 'what is loaded is listed').toContain(name);
  for (const [index, [path, names]] of Object.entries(LATE).entries()) {
    const [before, after] = loaded.slice(EARLY.length + index).map(namesIn);
    for (const name of names) {
      expect(before, `${name} before ${path}`).not.toContain(name);
      expect(after, `${name} after ${path}`).toContain(name);
    }
  }
});

it('starts from files of its own, with what is native beside them', async () => {
  const [files = []] = await loadedBy([]);
  const packages = new Set(files.map(packageOf).filter((name) => name !== undefined));
  expect([...packages].sort()).toEqual(['better-sqlite3', 'bindings', 'file-uri-to-path']);
});

it('reads the demonstration data only where it is wanted', async () => {
  for (const DEMO_DATA of ['on', 'off']) {
    const names = (await loadedBy([], { DEMO_DATA })).flatMap(namesIn);
    expect(names.includes('demo/load-demo.ts'), DEMO_DATA).toBe(DEMO_DATA === 'on');
  }
});
