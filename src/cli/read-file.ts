import { createHash } from 'node:crypto';
import { orderedFlags } from '../domain/claim-flags.js';
import { type OpenText, shown } from '../importers/csv-records.js';
import { ImportRefused } from '../importers/import-refused.js';
import type { CodeLists, ReadEvent, ReadFile, Reject } from '../importers/import-types.js';
import { barrageOfRow } from '../importers/parting.js';
import type { Importer } from '../importers/registry.js';
import type { RepeatedRow } from '../storage/alike-rows.js';
import type { ImportStage } from '../storage/import-stage.js';

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

/** The same text, and the digest of what was last read of it to its end. */
function digested(open: OpenText): { open: OpenText; digest: () => string } {
  let digest = '';
  function* pieces(): Generator<string> {
    const hash = createHash('sha256');
    for (const piece of open()) {
      hash.update(piece);
      yield piece;
    }
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

/** Lays out one row after the other, each natural key once. @returns how many, and the rejects */
function layOut(
  stage: ImportStage,
  events: Iterable<ReadEvent>,
): { rows: number; rejects: Reject[] } {
  let laid = { rows: 0, rejects: [] as Reject[] };
  for (const event of events) {
    if ('again' in event) {
      stage.clear();
      laid = { rows: 0, rejects: [] };
    } else if ('reject' in event) {
      const { reject, unread } = event;
      laid.rejects.push(reject);
      if (unread !== undefined) stage.refuse({ ...unread, barrage_id: barrageOfRow(unread.raw) });
    } else {
      stage.keep({ ...event.row, raw: { ...event.row.raw } }, event.report);
      laid.rows += 1;
    }
  }
  const repeated = stage.dropRepeated();
  laid.rejects.push(...repeated.map(repetition));
  return { ...laid, rows: laid.rows - repeated.length };
}

/**
 * Reads a file into a stage, which then holds nothing else.
 *
 * @throws ImportRefused for a file of which no row can be read: it would retract every claim there is
 */
export function readFile(
  stage: ImportStage,
  importer: Importer,
  text: OpenText,
  lists: CodeLists,
  munitions: string | undefined,
): StagedFile {
  const { open, digest } = digested(text);
  const { columns, generation, events, named } = importer.read(open, lists, munitions);
  const { rows, rejects } = stage.together(() => {
    stage.clear();
    return layOut(stage, events);
  });
  if (rows === 0) {
    const first = rejects.slice(0, REASONS_MAX).map(described);
    throw new ImportRefused(['the file must hold at least one row that can be read', ...first]);
  }
  stage.together(() => stage.flagAlike((flags) => orderedFlags([...flags, 'possible_duplicate'])));
  return {
    columns,
    generation,
    published: stage.published(),
    sha256: digest(),
    rows_read: rows + rejects.length,
    rejects,
    named: named(),
    lists,
  };
}
