import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { linesOf } from '../importers/csv-records.js';
import type { CodeLists } from '../importers/import-types.js';
import type { StagePart } from '../storage/staged-rows.js';
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
  /** Its first line. */
  header: string;
  lists: CodeLists;
  munitions: string | undefined;
}

// Reading a smaller file takes no longer than starting a thread.
const HALVED_BYTES = 8_000_000;
// The thread holds some hundred rows at a time: without a bound it would let its heap grow before it collects.
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 96 };

/** Whatever went wrong there is told by reading the file as a whole. */
async function layOutAside(workerData: PartToRead, signal: AbortSignal): Promise<LaidOut | null> {
  const thread = new Worker(existsSync(COMPILED) ? COMPILED : FROM_TESTS, {
    workerData,
    resourceLimits: LIMITS,
  });
  try {
    const [laid] = await once(thread, 'message', { signal });
    return laid as LaidOut;
  } catch {
    return null;
  } finally {
    await thread.terminate();
  }
}

/** A file in two halves, of which another thread lays out the second; null if it is too small for that. */
export function halvesOf(
  file: TextFile,
  { lists, munitions }: Reading,
  least = HALVED_BYTES,
): Halves | null {
  const cut = file.bytes < least ? null : file.cut();
  if (cut === null) return null;
  const [header = ''] = linesOf(file.text());
  return {
    first: () => file.text(0, cut.at),
    second: () => file.text(cut.at),
    layOutSecond: (part, signal) =>
      layOutAside({ part, file: file.opened, cut, header, lists, munitions }, signal),
  };
}
