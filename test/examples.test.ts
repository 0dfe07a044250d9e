import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));
const MARK = '@example ';
const ARROW = ' // => ';
/** Raised when examples are added: a pattern that no longer finds them must not pass. */
const AT_LEAST = 25;

interface Example {
  file: string;
  line: number;
  code: string;
  expected: string;
}

/** Every example outside of src/statistics, which has a test of its own, and those that have no `// =>`. */
function findExamples(): { examples: Example[]; broken: string[] } {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('statistics'))
    .filter((name) => name !== join('client', 'schema.ts'))
    .toSorted();
  const examples: Example[] = [];
  const broken: string[] = [];
  for (const name of files) {
    const lines = readFileSync(join(SRC, name), 'utf8').split('\n');
    for (const [index, text] of lines.entries()) {
      const start = text.indexOf(MARK);
      if (start < 0) continue;
      const [code, expected] = text.slice(start + MARK.length).split(ARROW);
      const where = { file: join(SRC, name), line: index + 1 };
      if (code === undefined || expected === undefined) broken.push(`${name}:${index + 1}`);
      else examples.push({ ...where, code, expected: expected.replace(/\s*\*\/\s*$/, '') });
    }
  }
  return { examples, broken };
}

const { examples, broken } = findExamples();

describe('the examples in docstrings', () => {
  it('are found, and each tells its result on one line', () => {
    expect(broken).toEqual([]);
    expect(examples.length).toBeGreaterThanOrEqual(AT_LEAST);
  });

  it.each(
    examples.map((example) => [`${relative(SRC, example.file)}:${example.line}`, example] as const),
  )('of %s gives what it says', async (_, { file, code, expected }) => {
    const exports = (await import(file)) as Record<string, unknown>;
    const names = Object.keys(exports);
    const run = new Function(...names, `return (${code});`);
    const result: unknown = run(...names.map((name) => exports[name]));
    expect(JSON.parse(JSON.stringify(result))).toEqual(JSON.parse(expected));
  });
});
