import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { layOutAside, type PartToRead } from '../../src/cli/read-aside.js';
import { CODE_LISTS } from '../importers/fixtures.js';

const PART: PartToRead = {
  part: { path: 'part.db', import_id: 'imp_1', series: 'clm_1' },
  file: { path: 'a.csv', file: 0 },
  cut: { at: 10, line: 2 },
  header: 'a',
  lists: CODE_LISTS,
  munitions: undefined,
};
const SAYS = `import { parentPort } from 'node:worker_threads'; parentPort.postMessage('laid out');`;

/** What comes of a thread that runs this. */
function laidOutBy(thread: string, part = PART, { signal } = new AbortController()) {
  const folder = mkdtempSync(join(tmpdir(), 'barrage-stats-aside-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const module = join(folder, 'thread.mjs');
  writeFileSync(module, thread);
  return layOutAside(part, signal, module);
}

it('gives what the thread says', async () => {
  expect(await laidOutBy(SAYS)).toBe('laid out');
});

it.each([
  ['throws', `throw new Error('no')`],
  ['ends without a word', ''],
])('gives nothing where the thread %s', async (_, thread) => {
  expect(await laidOutBy(thread)).toBeNull();
});

it('gives nothing where the thread cannot be made', async () => {
  const lists = { ...CODE_LISTS, sources: [() => 'nothing that can be handed over'] as never };
  expect(await laidOutBy(SAYS, { ...PART, lists })).toBeNull();
});

it('gives nothing once nobody waits, though the thread goes on', async () => {
  const end = new AbortController();
  const laid = laidOutBy('setInterval(() => undefined, 1_000);', PART, end);
  end.abort();
  expect(await laid).toBeNull();
});
