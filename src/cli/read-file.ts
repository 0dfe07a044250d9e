import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { orderedFlags } from '../domain/claim-flags.js';
import { type OpenText, shown } from '../importers/csv-records.js';
import { ImportRefused } from '../importers/import-refused.js';
import type { CodeLists, ReadFile, Reject } from '../importers/import-types.js';
import { barrageOfRow } from '../importers/parting.js';
import type { Importer } from '../importers/registry.js';
import type { RepeatedRow } from '../storage/alike-rows.js';
import type { ImportStage } from '../storage/import-stage.js';
import type { StagePart } from '../storage/staged-rows.js';

/** A file whose rows are laid out in a stage: what is known of it as a whole. */
export interface StagedFile extends Pick<ReadFile, 'columns' | 'generation'> {
  /** Newest date of the file's reports, which dates the snapshot. */
  published: string;
  sha256: string;
  /** Rows that were read and rows that were not. */
  rows_read: number;
  rejects: Reject[];
  named: ReturnType<ReadFile['named']>;
  /** The code lists that it was read against. */
  lists: CodeLists;
}

const REASONS_MAX = 10;

function described({ line, column, value, reason }: Reject): string {
  return `line ${line}${column === null ? '' : `, ${column}`} ${JSON.stringify(value)}: ${reason}`;
}

/** The SHA-256 of a text in UTF-8, in hexadecimal. */
export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The same text, and the digest of what was last read of it to its end.
 *
 * @param rest what comes after it in the file: it counts in the digest
 */
function digested(
  open: OpenText,
  rest: OpenText = () => [],
): { open: OpenText; digest: () => string } {
  let digest = '';
  function* pieces(): Generator<string> {
    const hash = createHash('sha256');
    for (const piece of open()) {
      hash.update(piece);
      yield piece;
    }
    for (const piece of rest()) hash.update(piece);
    digest = hash.digest('hex');
  }
  return { open: pieces, digest: () => digest };
}

const repetition = ({ line, earlier, source }: RepeatedRow): Reject => ({
  line,
  column: 'source',
  value: shown(source),
  reason: `must not repeat the source, model, times, launch place and target of line ${earlier}`,
});

/** What was laid out of a file, or of a part of it. */
export interface LaidOut {
  rows: number;
  rejects: Reject[];
  named: StagedFile['named'];
  /** Whether a quote is broken, or a record too long: then a part of the file does not read as it does in the whole. */
  again: boolean;
}

/** What a file is read with. */
export interface Reading {
  importer: Importer;
  lists: CodeLists;
  munitions: string | undefined;
}

/** Lays out one row after the other. */
export function layOut(stage: ImportStage, { events, named }: ReadFile): LaidOut {
  let [rows, rejects, again]: [number, Reject[], boolean] = [0, [], false];
  stage.together(() => {
    for (const event of events) {
      if ('row' in event) {
        stage.keep(event.row, event.report);
        rows += 1;
      } else if ('again' in event) {
        stage.clear();
        [rows, rejects, again] = [0, [], true];
      } else {
        const { reject, unread } = event;
        rejects.push(reject);
        if (unread !== undefined) stage.refuse({ ...unread, barrage_id: barrageOfRow(unread.raw) });
      }
    }
  });
  return { rows, rejects, named: named(), again };
}

/**
 * What is known of a file once all of it is laid out. Of rows that make the same claim only the first is kept.
 *
 * @throws ImportRefused for a file of which no row can be read: it would retract every claim there is
 */
function stagedFile(
  stage: ImportStage,
  { columns, generation }: ReadFile,
  laid: LaidOut,
  more: Pick<StagedFile, 'sha256' | 'lists'>,
): StagedFile {
  const repeated = stage.together(() => stage.dropRepeated());
  const rejects = [...laid.rejects, ...repeated.map(repetition)];
  if (laid.rows === 0) {
    const first = rejects.slice(0, REASONS_MAX).map(described);
    throw new ImportRefused(['the file must hold at least one row that can be read', ...first]);
  }
  stage.together(() => stage.flagAlike((flags) => orderedFlags([...flags, 'possible_duplicate'])));
  const rows_read = laid.rows + laid.rejects.length;
  const { named } = laid;
  return { columns, generation, published: stage.published(), rows_read, rejects, named, ...more };
}

/** Reads a file into a stage, which then holds nothing else. @throws ImportRefused if no row of it can be read */
export function readFile(stage: ImportStage, text: OpenText, reading: Reading): StagedFile {
  const { open, digest } = digested(text);
  const { importer, lists, munitions } = reading;
  const file = importer.read(open, lists, munitions);
  stage.together(() => stage.clear());
  const laid = layOut(stage, file);
  return stagedFile(stage, file, laid, { sha256: digest(), lists });
}

const bySlug = <T extends { slug: string }>(first: readonly T[], second: readonly T[]): T[] => {
  const slugs = new Set(first.map(({ slug }) => slug));
  return [...first, ...second.filter(({ slug }) => !slugs.has(slug))];
};

/** What two parts of a file name, as the whole names it: what stands in both is the first one's. */
const bothNamed = (first: LaidOut['named'], second: LaidOut['named']): LaidOut['named'] => ({
  munitions: bySlug(first.munitions, second.munitions),
  sources: bySlug(first.sources, second.sources),
});

/** A file in two parts, the second of which is laid out by somebody else. */
export interface Halves {
  first: OpenText;
  second: OpenText;
  /** Lays out the second one. @returns null if that failed or was ended by the signal */
  layOutSecond: (part: StagePart, signal: AbortSignal) => Promise<LaidOut | null>;
}

/**
 * Reads a file like {@link readFile}, half of it at the same time as the other half.
 *
 * @returns null if it has to be read as a whole
 */
export async function readHalves(
  stage: ImportStage,
  { first, second, layOutSecond }: Halves,
  { importer, lists, munitions }: Reading,
): Promise<StagedFile | null> {
  const part = stage.newPart();
  const end = new AbortController();
  const aside = layOutSecond(part, end.signal);
  try {
    const { open, digest } = digested(first, second);
    const file = importer.read(open, lists, munitions);
    stage.together(() => stage.clear());
    const one = layOut(stage, file);
    const other = one.again ? null : await aside;
    if (other === null || other.again) return null;
    await stage.takeIn(part);
    const laid = {
      rows: one.rows + other.rows,
      rejects: [...one.rejects, ...other.rejects],
      named: bothNamed(one.named, other.named),
      again: false,
    };
    return stagedFile(stage, file, laid, { sha256: digest(), lists });
  } finally {
    end.abort();
    // Whoever reads there must be gone before the file is closed and its part removed.
    await aside;
    await rm(part.path, { force: true });
  }
}
