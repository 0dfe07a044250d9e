import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EXCLUSIONS } from '../../src/analysis/cells.js';
import { RATE_REASONS } from '../../src/analysis/rate.js';
import { FLAGS } from '../../src/domain/claim-flags.js';
import { PROBLEMS } from '../../src/http/problem.js';
import { errorsDocument } from '../../src/http/problem-pages.js';
import { specificationOf } from '../support/specification.js';
import { testApp } from '../support/test-app.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const files = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(ending));
const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, group = '']) => group);

/** The text under a heading, up to the next heading of the same or a higher level. */
function sectionOf(page: string, heading: string): string {
  const level = heading.split(' ', 1)[0]?.length ?? 0;
  const start = `${page}\n`.indexOf(`\n${heading}\n`);
  expect(start, heading).toBeGreaterThanOrEqual(0);
  const rest = page.slice(start + heading.length + 1);
  const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'));
  return end < 0 ? rest : rest.slice(0, end);
}

/** The words in the first column of the tables of a section. */
const rowsOf = (section: string): string[] =>
  found(section, /^\| (.*?) \|/gm).flatMap((cell) => found(cell, /`([^`]+)`/g));

/** The statistics that answers are made of, by their files; what is imported as a type computes nothing. */
function servedStatistics(): string[] {
  const pattern = /import \{[^}]*\} from '\.\.\/statistics\/([a-z0-9-]+)\.js'/g;
  return [
    ...new Set(
      files('src/analysis', '.ts').flatMap((name) => found(read(`src/analysis/${name}`), pattern)),
    ),
  ];
}

describe('docs/methods.md', () => {
  const methods = read('docs/methods.md');
  const sections = methods.split(/^### /m).slice(1);
  const explained = sections.filter((text) => /^.*\(`/.test(text));
  const titleOf = (section: string): string => section.split('\n', 1)[0] ?? '';
  const named = explained.flatMap((section) => found(titleOf(section), /`([^`]+)`/g));

  it('explains every statistic that is served, under its own heading', () => {
    const served = servedStatistics();
    expect(served.length).toBeGreaterThan(20);
    for (const name of served) expect(named).toContain(name);
  });

  it('explains no statistic that there is not', () => {
    for (const name of named) {
      expect(existsSync(join(ROOT, `src/statistics/${name}.ts`)), name).toBe(true);
    }
  });

  it.each(explained.map((section) => [titleOf(section), section]))(
    'gives formula, source and when not to use it: %s',
    (_, section) => {
      const own = section.split(/^## /m, 1)[0] ?? '';
      expect(own).toMatch(/^> /m);
      expect(own).toMatch(/\[\d+(, \d+)*\]|sum over sum/);
      expect(own).toMatch(/\*\*When not to use (it|them):\*\*/);
    },
  );

  it('cites only references that it lists, and lists only those it cites', () => {
    const [text = '', list = ''] = methods.split('## References');
    const cited = found(text, /\[(\d+(?:, \d+)*)\]/g).flatMap((group) => group.split(', '));
    const listed = found(list, /^(\d+)\. /gm);
    // Named where it is used, in the list itself.
    const dinkelbach = listed.filter((number) => list.includes(`${number}. Dinkelbach`));
    expect(new Set([...cited, ...dinkelbach])).toEqual(new Set(listed));
  });

  it('lists every flag and every reason of a missing rate, and no other', () => {
    expect(rowsOf(sectionOf(methods, '## Flags'))).toEqual([...FLAGS]);
    const reasons = rowsOf(sectionOf(methods, '## Why a rate is missing'));
    expect(reasons.toSorted()).toEqual([...RATE_REASONS].toSorted());
  });

  it('lists every exclusion in the order in which it applies, and no other', () => {
    const steps = found(sectionOf(methods, '## What is left out'), /^\d+\. (.*?):/gm);
    expect(steps.flatMap((step) => found(step, /`([^`]+)`/g))).toEqual([...EXCLUSIONS]);
  });
});

describe('docs/api.md', () => {
  const api = read('docs/api.md');

  it('names every address of the specification, and no other', async () => {
    const test = await testApp();
    const { paths } = await specificationOf<{ paths: Record<string, unknown> }>(test.app);
    await test.close();
    const specified = Object.keys(paths);
    expect(specified.length).toBeGreaterThan(20);
    const listed = rowsOf(sectionOf(api, '## Resources'));
    // The specification does not describe the addresses at which it is served.
    const itself = ['/openapi.yaml', '/openapi.json', '/docs'];
    expect(new Set(listed)).toEqual(new Set([...specified, ...itself]));
  });

  it('lists every type of problem with its status, and no other', () => {
    const rows = [...sectionOf(api, '## Problems').matchAll(/^\| `([a-z-]+)` +\| (\d{3}) /gm)];
    const listed = rows.map(([, slug, status]) => [slug, Number(status)]);
    const known = Object.entries(PROBLEMS).map(([slug, { status }]) => [slug, status]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(known));
    expect(listed).toHaveLength(known.length);
  });
});

describe('docs/errors.md', () => {
  const errors = read('docs/errors.md');

  it('is what the registry says: npm run openapi after a change', () => {
    expect(errors).toBe(errorsDocument());
    expect(found(errors, /^## `([a-z-]+)`/gm)).toEqual(Object.keys(PROBLEMS));
  });

  it('says what each type means and what to do, in sentences', () => {
    for (const [slug, { description }] of Object.entries(PROBLEMS)) {
      expect(description.length, slug).toBeGreaterThan(60);
      expect(description, slug).toMatch(/^[A-Z`].*\.$/);
    }
  });

  it('has every status of the specification that is a problem, and the specification has no other', async () => {
    const test = await testApp();
    const text = (await test.get('/openapi.json')).body;
    await test.close();
    const { paths } = JSON.parse(text) as {
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
    };
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    const specified = operations.flatMap(({ responses }) =>
      Object.keys(responses).filter((status) => status >= '400'),
    );
    // These are answered before it is known which operation is meant, or where there is none; 406 is reserved.
    const elsewhere = ['405', '406', '408', '431'];
    const known = Object.values(PROBLEMS).map(({ status }) => String(status));
    expect(new Set([...specified, ...elsewhere])).toEqual(new Set(known));
  });
});

describe('docs/operations.md', () => {
  it('explains every setting, and no other', () => {
    const settings = found(read('src/config.ts'), /^ {2}([A-Z][A-Z_]+): /gm);
    expect(settings.length).toBeGreaterThan(5);
    const listed = rowsOf(sectionOf(read('docs/operations.md'), '## Settings'));
    expect(listed.filter((name) => /^[A-Z_]+$/.test(name)).toSorted()).toEqual(settings.toSorted());
  });
});

/** The anchors of a page, as GitHub makes them from its headings. */
const anchorsOf = (page: string): string[] =>
  found(page, /^#{1,6} (.*)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('the documentation', () => {
  const pages = [
    'README.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    ...files('docs', '.md').map((name) => `docs/${name}`),
    ...files('docs/adr', '.md').map((name) => `docs/adr/${name}`),
  ];

  it.each(pages)('links to nothing that is not there: %s', (page) => {
    for (const target of found(read(page), /\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      expect(existsSync(join(ROOT, file)), target).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(read(file)), target).toContain(anchor);
    }
  });

  it('marks needed fields with asterisks that no formatter has taken for emphasis', () => {
    for (const page of pages) expect(read(page), page).not.toMatch(/`_[,\s]/);
  });
});
