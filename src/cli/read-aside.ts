import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { compiledFile } from '../aside/compiled.js';
import { linesOf } from '../importers/csv-records.js';
import type { CodeLists } from '../importers/import-types.js';
import type { StagePart } from '../storage/staged-rows.js';
import type { Halves, LaidOut, Reading } from './read-file.js';
import type { Cut, OpenedFile, TextFile } from './text-file.js';

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

/**
 * Lets a thread lay out a part of a file. Whatever goes wrong there is told by reading the file as a whole.
 *
 * @param module what the thread runs
 * @returns null if it failed or was ended by the signal
 */
export async function layOutAside(
  workerData: PartToRead,
  signal: AbortSignal,
  module = compiledFile('cli/read-part.js'),
): Promise<LaidOut | null> {
  let thread: Worker | undefined;
  try {
    thread = new Worker(module, { workerData, resourceLimits: LIMITS });
    // One that is told when nobody waits any more would end the command.
    thread.on('error', () => undefined);
    const ended = once(thread, 'exit', { signal }).then(() => [null]);
    const [laid] = await Promise.race([once(thread, 'message', { signal }), ended]);
    return laid as LaidOut | null;
  } catch {
    return null;
  } finally {
    await thread?.terminate();
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
