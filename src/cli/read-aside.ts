import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CodeLists } from '../importers/import-types.js';
import type { StagePart } from '../storage/import-stage.js';
import type { Halves, LaidOut, Reading } from './read-file.js';
import type { Cut, OpenedFile, TextFile } from './text-file.js';

const COMPILED = fileURLToPath(new URL('./read-part.js', import.meta.url));
// Tests run the TypeScript, which a thread cannot read; the compiled commands are there for it too.
const FROM_TESTS = fileURLToPath(new URL('../../dist/cli/read-part.js', import.meta.url));

/** What a thread has to know to lay out the second half of a file. */
export interface PartToRead {
  part: StagePart;
  file: OpenedFile;
  cut: Cut;
  header: string;
  lists: CodeLists;
  munitions: string | undefined;
}

// Reading a smaller file takes no longer than starting a thread.
const HALVED_BYTES = 2_000_000;
// The thread holds some hundred rows at a time: without a bound it would let its heap grow before it collects.
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 96 };

function headerOf(file: TextFile): string {
  for (const piece of file.text()) {
    const end = piece.indexOf('\n');
    if (end >= 0) return piece.slice(0, end + 1);
  }
  return '';
}

/** Whatever went wrong there is told by reading the file as a whole. */
async function layOutAside(workerData: PartToRead): Promise<LaidOut | null> {
  const thread = new Worker(existsSync(COMPILED) ? COMPILED : FROM_TESTS, {
    workerData,
    resourceLimits: LIMITS,
  });
  try {
    const [laid] = await once(thread, 'message');
    return laid as LaidOut;
  } catch {
    return null;
  } finally {
    await thread.terminate();
  }
}

/** A file in two halves, of which another thread lays out the second; null if it is too small for that. */
export function halvesOf(file: TextFile, { lists, munitions }: Reading): Halves | null {
  const cut = file.bytes < HALVED_BYTES ? null : file.cut();
  if (cut === null) return null;
  const header = headerOf(file);
  return {
    first: () => file.text(0, cut.at),
    second: () => file.text(cut.at),
    layOutSecond: (part) => layOutAside({ part, file: file.opened, cut, header, lists, munitions }),
  };
}
