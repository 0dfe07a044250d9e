import { type Source, sourceSchema } from '../domain/source.js';
import { derivation } from './claim-derivation.js';
import { filledCells, streamCsv } from './csv.js';
import type { OpenText } from './csv-records.js';
import { ImportRefused } from './import-refused.js';
import type { CodeLists, ReadEvent, ReadFile } from './import-types.js';
import { MunitionCatalogue } from './munition-catalogue.js';
import { type ListedMunition, readMunitionsFile } from './munitions-file.js';
import { reportOf } from './piterfm-cells.js';
import { recogniseHeader } from './piterfm-header.js';
import { type RowContext, readRow } from './piterfm-row.js';
import { sourceOf } from './piterfm-source.js';

/** `sourceOf`, each publisher looked at once: a file names a dozen of them in thousands of rows. */
function sourcesByPublisher(): (publisher: string) => Source | null {
  const known = new Map<string, Source | null>();
  return (publisher) => {
    const found = known.get(publisher);
    if (found !== undefined) return found;
    const source = sourceOf(publisher);
    const named = sourceSchema.safeParse(source).success ? source : null;
    known.set(publisher, named);
    return named;
  };
}

/** Reads the rows of one file, and gathers what they name that the code lists lack. */
class Reader {
  readonly catalogue: MunitionCatalogue;
  readonly sources = new Map<string, Source>();
  readonly #stored: ReadonlySet<string>;
  readonly #context: RowContext;

  constructor(codeLists: CodeLists, listed: readonly ListedMunition[]) {
    this.catalogue = new MunitionCatalogue(codeLists.munitions, listed);
    this.#stored = new Set(codeLists.sources.map(({ slug }) => slug));
    this.#context = {
      find: (model) => this.catalogue.find(model),
      sourceOf: sourcesByPublisher(),
      derive: derivation(codeLists),
    };
  }

  read(line: number, raw: Record<string, string>): ReadEvent {
    const result = readRow(line, raw, this.#context);
    if ('reject' in result) return { reject: result.reject, unread: { line, raw } };
    const { row, source, munition } = result;
    this.catalogue.add(munition);
    if (!this.#stored.has(source.slug) && !this.sources.has(source.slug)) {
      this.sources.set(source.slug, source);
    }
    return { row, report: reportOf(raw) };
  }
}

/**
 * Reads a snapshot of `missile_attacks_daily.csv`, of any generation, into claims and rejects, row by row. Pure: nothing
 * is written, and the same texts and code lists always give the same result.
 *
 * @param open the snapshot
 * @param codeLists what the database knows
 * @param munitionsText `missiles_and_uavs.csv`; without it, categories are those of the database
 * @throws ImportRefused for an unknown header or a bad munitions file
 */
export function readPiterfm(
  open: OpenText,
  codeLists: CodeLists,
  munitionsText?: string,
): ReadFile {
  const { header, events } = streamCsv(open);
  const recognition = recogniseHeader(header);
  if (!recognition.recognised) throw new ImportRefused(recognition.reasons);
  const listed = munitionsText === undefined ? [] : readMunitionsFile(munitionsText);
  let reader = new Reader(codeLists, listed);
  function* rows(): Generator<ReadEvent> {
    for (const event of events) {
      if ('record' in event) {
        yield reader.read(event.record.line, filledCells(header, event.record));
      } else {
        if ('again' in event) reader = new Reader(codeLists, listed);
        yield event;
      }
    }
  }
  return {
    columns: recognition.columns,
    generation: recognition.generation,
    events: rows(),
    named: () => ({
      munitions: reader.catalogue.changed,
      sources: [...reader.sources.values()],
    }),
  };
}
