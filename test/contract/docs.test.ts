import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EXCLUSIONS } from '../../src/analysis/cells.js';
import { RATE_REASONS } from '../../src/analysis/rate.js';
import { FLAGS } from '../../src/domain/claim-flags.js';
import { PROBLEMS } from '../../src/http/problem.js';
import { testApp } from '../support/test-app.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const files = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(ending));

/** The statistics that answers are made of, by their files. */
function servedStatistics(): string[] {
  const imports = files('src/analysis', '.ts').flatMap((name) => [
    ...read(`src/analysis/${name}`).matchAll(
      /import \{ [^}]*\} from '\.\.\/statistics\/([a-z-]+)\.js'/g,
    ),
  ]);
  const names = new Set(imports.map(([, name = '']) => name));
  return [...names].filter((name) => name !== 'binomial-point');
}

describe('docs/methods.md', () => {
  const methods = read('docs/methods.md');

  it('explains every statistic that is served, with when not to use it', () => {
    const served = servedStatistics();
    expect(served.length).toBeGreaterThan(15);
    for (const name of served) expect(methods).toContain(`\`${name}\``);
    const sections = methods
      .split(/^### /m)
      .slice(1)
      .filter((text) => /^.*\(`/.test(text));
    expect(sections.length).toBeGreaterThan(15);
    for (const section of sections) {
      expect(section, section.split('\n', 1)[0]).toMatch(/\*\*When not to use (it|them):\*\*/);
    }
  });

  it('names every flag, every exclusion and every reason of a missing rate', () => {
    for (const word of [...FLAGS, ...EXCLUSIONS, ...RATE_REASONS]) {
      expect(methods).toContain(`\`${word}\``);
    }
  });
});

describe('docs/api.md', () => {
  const api = read('docs/api.md');

  it('names every address of the specification', async () => {
    const test = await testApp();
    const { paths } = test.app.swagger() as { paths: Record<string, unknown> };
    await test.close();
    for (const path of Object.keys(paths)) expect(api).toContain(`\`${path}\``);
  });

  it('lists every type of problem, and no other', () => {
    const section = api.slice(api.indexOf('## Problems'), api.indexOf('## Limits'));
    const listed = [...section.matchAll(/^\| `([a-z-]+)` +\| \d{3} /gm)].map(([, slug]) => slug);
    expect(listed.toSorted()).toEqual(Object.keys(PROBLEMS).toSorted());
  });
});

describe('the documentation', () => {
  it('explains every setting', () => {
    const operations = read('docs/operations.md');
    const settings = [...read('src/config.ts').matchAll(/^ {2}([A-Z_]+): /gm)].map(
      ([, name]) => name,
    );
    expect(settings.length).toBeGreaterThan(5);
    for (const name of settings) expect(operations).toContain(`\`${name}\``);
  });

  it('links to nothing that is not there', () => {
    const pages = [
      'README.md',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      ...files('docs', '.md').map((name) => `docs/${name}`),
      ...files('docs/adr', '.md').map((name) => `docs/adr/${name}`),
    ];
    for (const page of pages) {
      for (const [, target = ''] of read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        expect(existsSync(join(ROOT, dirname(page), target)), `${page}: ${target}`).toBe(true);
      }
    }
  });
});
