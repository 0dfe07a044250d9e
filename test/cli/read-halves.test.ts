import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { halvesOf } from '../../src/cli/read-aside.js';
import { readFile, readHalves } from '../../src/cli/read-file.js';
import { TextFile } from '../../src/cli/text-file.js';
import { importerFor } from '../../src/importers/registry.js';
import { ImportStage } from '../../src/storage/import-stage.js';
import { CODE_LISTS, file, type Row, row } from '../importers/fixtures.js';

function fileOf(content: string | Buffer): TextFile {
  const folder = mkdtempSync(join(tmpdir(), 'barrage-stats-halves-'));
  const path = join(folder, 'a.csv');
  writeFileSync(path, content);
  const opened = TextFile.open(path);
  onTestFinished(() => {
    opened.close();
    rmSync(folder, { recursive: true });
  });
  return opened;
}

const reading = { importer: importerFor(file([])), lists: CODE_LISTS, munitions: undefined };

/** A file read both ways; null where it could not be read in halves. */
async function bothWays(text: TextFile) {
  const read = async (inHalves: boolean) => {
    const stage = await ImportStage.open();
    try {
      const halves = halvesOf(text, reading, 0);
      const inTwo = halves === null ? null : await readHalves(stage, halves, reading);
      expect(readdirSync(dirname(stage.path)), 'the part is gone').toEqual(['import.db']);
      const known = inHalves ? inTwo : readFile(stage, () => text.text(), reading);
      const rows = stage.rowsOf([...stage.barrages('').keys()]);
      return known === null ? null : { known, rows, unread: stage.unread() };
    } finally {
      await stage.close();
    }
  };
  return { halves: await read(true), whole: await read(false) };
}

const target = (index: number): string => {
  if (index % 5 === 0) return `Two,\nlines "${index}"`;
  return `Place ${index}`;
};
const rowAt = (index: number): Row =>
  row({
    model: index % 3 === 0 ? `Unheard-of ${index % 9}` : 'Supercam',
    source: `page-${index % 4}/posts/${index}`,
    launched: index % 10 === 7 ? 'many' : '5',
    target: target(index),
  });
const ROWS = Array.from({ length: 60 }, (_, index) => rowAt(index));
// Told again in the other half, and told alike by another report.
const AGAIN = [...ROWS, rowAt(1), row({ ...rowAt(2), source: 'page-2/posts/another' })];

describe('a file of which another thread reads the second half', () => {
  it.each([
    ['commas and LF', file(AGAIN)],
    ['semicolons and CRLF', file(AGAIN, undefined, { delimiter: ';', end: '\r\n' })],
    [
      'a BOM, blank lines and no end of the last',
      `\uFEFF${file(AGAIN).replaceAll('\n2', '\n\n2').trimEnd()}`,
    ],
  ])('is read as it is as a whole: %s', async (_, text) => {
    const { halves, whole } = await bothWays(fileOf(text));
    expect(whole).not.toBeNull();
    expect(halves).toEqual(whole);
    expect(whole?.known.rejects.map(({ column }) => column)).toContain('source');
    expect(whole?.rows.some(({ flags }) => flags.includes('possible_duplicate'))).toBe(true);
  });

  it.each([
    ['the first', 'Place 2'],
    ['the second', 'Place 58'],
  ])('is not, if a quote of %s half is broken', async (_, place) => {
    const text = fileOf(file(ROWS).replace(`,${place},`, ',Pla"ce,'));
    const { halves, whole } = await bothWays(text);
    expect(halves).toBeNull();
    expect(whole?.known.rejects.map(({ reason }) => reason).join()).toContain('quote');
  });

  it('is not, if the thread fails, and can be read as a whole then', async () => {
    const text = fileOf(file(AGAIN));
    const halves = halvesOf(text, reading, 0);
    if (halves === null) throw new Error('the file cannot be cut');
    const stage = await ImportStage.open();
    onTestFinished(() => stage.close());
    const failing = { ...halves, layOutSecond: async () => null };
    expect(await readHalves(stage, failing, reading)).toBeNull();
    const known = readFile(stage, () => text.text(), reading);
    const rows = stage.rowsOf([...stage.barrages('').keys()]);
    const { whole } = await bothWays(text);
    expect({ known, rows, unread: stage.unread() }).toEqual(whole);
  });

  it('is refused, if it is no text', async () => {
    const bytes = Buffer.from(file(ROWS));
    bytes[bytes.length - 3] = 0xff;
    await expect(bothWays(fileOf(bytes))).rejects.toThrow(/cannot be read/);
  });

  it('is not, if it is small', () => {
    expect(halvesOf(fileOf(file(ROWS)), reading)).toBeNull();
  });
});

describe('the place where a file is cut', () => {
  it.each([
    ['behind a line', 'h\naa\nbb\ncc\n', { at: 8, line: 4 }],
    ['not within quotes', 'h\naaaaa\n"b\nb"\ncc\ndd\n', { at: 14, line: 5 }],
    ['whatever quotes the header has', 'h"\naa\nbb\ncc\n', { at: 6, line: 3 }],
    ['nowhere, if nothing comes behind it', 'h\naaaaaaaaaaaaa\n', null],
    ['nowhere, if a quote is never closed', 'h\n"a\nbb\ncc\n', null],
    ['nowhere, if it is empty', '', null],
  ])('is %s', (_, text, cut) => {
    expect(fileOf(text).cut()).toEqual(cut);
  });
});
