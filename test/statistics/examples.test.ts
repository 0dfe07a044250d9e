import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectClose } from './r-values.js';

const folder = new URL('../../src/statistics/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

/** Arguments and results are written as literals: plain text, never evaluated. */
function literal(text: string): unknown {
  return JSON.parse(text.replaceAll("'", '"').replaceAll(/(\w+):/g, '"$1":'));
}

function read(file: string): { exported: string[]; examples: RegExpMatchArray[] } {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const blocks = text.matchAll(/@example([\s\S]*?)(?:\n \* @|\*\/)/g);
  const lines = [...blocks].map(([, block = '']) =>
    block.replaceAll(/\n \* ?(?:\/\/ (?!=>))?/g, ' ').trim(),
  );
  return {
    exported: [...text.matchAll(/^export function (\w+)/gm)].map(([, name = '']) => name),
    examples: lines.map((line) => {
      const match = line.match(/^(\w+)\((.*)\) \/\/ => (.*)$/);
      if (match === null) throw new Error(`${file}: not an example: ${line}`);
      return match;
    }),
  };
}

describe('the examples in the docstrings', () => {
  it('were found', () => {
    expect(files.length).toBeGreaterThan(10);
  });

  it.each(files)('stand at every exported function of %s', (file) => {
    const { exported, examples } = read(file);
    expect(examples.map(([, name]) => name)).toEqual(exported);
  });

  it.each(files)('are what %s answers, to 1e-12', async (file) => {
    const module: Record<string, (...args: unknown[]) => unknown> = await import(
      new URL(file, folder).href
    );
    for (const [, name = '', args, wanted = ''] of read(file).examples) {
      const answer = module[name]?.(...(literal(`[${args}]`) as unknown[]));
      expectClose(answer, literal(wanted), 1e-12, name);
    }
  });
});
