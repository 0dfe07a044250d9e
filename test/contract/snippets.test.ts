import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ended } from '../cli/commands.js';
import { type DemoServer, demoServer } from '../client/demo-server.js';
import { compile, installPacked } from '../support/packed-client.js';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

interface Snippet {
  page: string;
  index: number;
  language: string;
  code: string;
  printed: string;
}

const pages = ['README.md', 'docs/clients.md'];
const PROGRAM = /```(sh|python|r|ts)\n((?:(?!```)[\s\S])*)```\n\n```text\n([\s\S]*?)```/g;

/** Programs that are followed by what they print. */
const programs: Snippet[] = pages.flatMap((page) =>
  [...read(page).matchAll(PROGRAM)].map(([, language = '', code = '', printed = ''], index) => ({
    page,
    index,
    language,
    code,
    printed,
  })),
);

const INTERPRETERS: Record<string, [command: string, ...args: string[]]> = {
  sh: ['bash', '-e', '-o', 'pipefail'],
  python: ['python3'],
  r: ['Rscript', '--vanilla'],
  ts: [process.execPath],
};
const isThere = (command: string): boolean =>
  spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** Why a program cannot be run here, if it cannot. */
function obstacle({ language }: Snippet): string {
  const [command = ''] = INTERPRETERS[language] ?? [];
  return isThere(command) ? '' : ` (skipped: there is no ${command} here)`;
}

// R sets its first column in by a space; white space around the whole is not printed text.
const trimmed = (text: string): string => text.replaceAll(/[ \t]+$/gm, '').trim();

let server: DemoServer;
let folder: string;
const fileOf = ({ page, index, language }: Snippet): string =>
  join(folder, `${page.replaceAll(/\W/g, '-')}-${index}.${language}`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'snippets-'));
  installPacked(folder);
  for (const program of programs) writeFileSync(fileOf(program), program.code);
  compile(folder);
  server = await demoServer();
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.test.close();
});

async function run(snippet: Snippet): Promise<string> {
  const { language } = snippet;
  const file = fileOf(snippet);
  const [command = '', ...args] = INTERPRETERS[language] ?? [];
  const env = { BARRAGE_STATS_URL: server.base, BARRAGE_STATS_KEY: server.key };
  const started = spawn(command, [...args, file.replace(/\.ts$/, '.js')], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  const { code: status, stdout, stderr } = await ended(started);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

describe.each(pages)('the programs in %s', (page) => {
  const snippets = programs.filter((program) => program.page === page);

  it('are in curl, Python, R and TypeScript', () => {
    const languages = snippets.map(({ language }) => language);
    expect(new Set(languages)).toEqual(new Set(Object.keys(INTERPRETERS)));
  });

  for (const snippet of snippets) {
    const why = obstacle(snippet);
    const name = `${snippet.language}, program ${snippet.index} of the page, prints what it says`;
    it.skipIf(why !== '')(name + why, { timeout: 60_000 }, async () => {
      expect(trimmed(await run(snippet))).toBe(trimmed(snippet.printed));
    });
  }
});

describe('the packed client', () => {
  it('is refused by the compiler of another project where it is used wrongly', () => {
    const file = join(folder, 'wrong.ts');
    writeFileSync(
      file,
      `import { createClient } from 'barrage-stats/client';
await createClient('').GET('/stats', { params: { query: { munitions: 'x' } } });`,
    );
    expect(() => compile(folder)).toThrow(/wrong\.ts.*munitions/);
    rmSync(file);
  });
});
