import { orderedFlags } from '../domain/claim-flags.js';
import { type Source, sourceSchema } from '../domain/source.js';
import { derivation } from './claim-derivation.js';
import { type CsvRecord, filledCells, readCsv, shown } from './csv.js';
import { gather } from './gather.js';
import { ImportRefused } from './import-refused.js';
import type { CodeLists, ParsedFile, ParsedRow, Reject, UnreadRow } from './import-types.js';
import { MunitionCatalogue } from './munition-catalogue.js';
import { readMunitionsFile } from './munitions-file.js';
import { claimKey } from './natural-key.js';
import { recogniseHeader } from './piterfm-header.js';
import { readRow } from './piterfm-row.js';
import { sourceOf } from './piterfm-source.js';

const REASONS_MAX = 10;

/** Rows that tell the same numbers of the same attack from different reports (oracle, flag `possible_duplicate`). */
function flagDuplicates(rows: readonly ParsedRow[]): void {
  const alike = gather(rows, ({ content }) => {
    const { window_start, window_end, munition, target, launched, intercepted } = content;
    return JSON.stringify([window_start, window_end, munition, target, launched, intercepted]);
  });
  for (const group of alike.values()) {
    if (new Set(group.map(({ raw }) => raw.source?.trim())).size < 2) continue;
    for (const row of group) row.flags = orderedFlags([...row.flags, 'possible_duplicate']);
  }
}

/** The rows of one file as they come in, each natural key once. */
class Intake {
  readonly rows: ParsedRow[] = [];
  readonly unread: UnreadRow[] = [];
  readonly rejects: Reject[] = [];
  readonly #lines = new Map<string, number>();

  /** Keeps a row, unless an earlier line already made its claim. */
  keep(row: ParsedRow): boolean {
    const key = claimKey(row.barrage, row.content);
    const earlier = this.#lines.get(key);
    if (earlier !== undefined) {
      const reason = `must not repeat the source, model, times, launch place and target of line ${earlier}`;
      const value = shown(String(row.raw.source));
      this.rejects.push({ line: row.line, column: 'source', value, reason });
      return false;
    }
    this.#lines.set(key, row.line);
    this.rows.push(row);
    return true;
  }

  refuse(reject: Reject, raw: Record<string, string>): void {
    this.rejects.push(reject);
    this.unread.push({ line: reject.line, raw });
  }
}

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

function take(
  header: readonly string[],
  records: readonly CsvRecord[],
  codeLists: CodeLists,
  catalogue: MunitionCatalogue,
): { intake: Intake; sources: Source[] } {
  const stored = new Set(codeLists.sources.map(({ slug }) => slug));
  const sources = new Map<string, Source>();
  const context = {
    find: (model: string) => catalogue.find(model),
    sourceOf: sourcesByPublisher(),
    derive: derivation(codeLists),
  };
  const intake = new Intake();
  for (const record of records) {
    const raw = filledCells(header, record);
    const result = readRow(record.line, raw, context);
    if ('reject' in result) {
      intake.refuse(result.reject, raw);
    } else if (intake.keep(result.row)) {
      const { source, munition } = result;
      catalogue.add(munition);
      if (!stored.has(source.slug) && !sources.has(source.slug)) sources.set(source.slug, source);
    }
  }
  return { intake, sources: [...sources.values()] };
}

function describe({ line, column, value, reason }: Reject): string {
  return `line ${line}${column === null ? '' : `, ${column}`} ${JSON.stringify(value)}: ${reason}`;
}

/**
 * Reads a snapshot of `missile_attacks_daily.csv`, of any generation, into claims and rejects. Pure: nothing is
 * written, and the same texts and code lists always give the same result.
 *
 * @param text the snapshot
 * @param codeLists what the database knows
 * @param munitionsText `missiles_and_uavs.csv`; without it, categories are those of the database
 * @throws ImportRefused for an unknown header, a bad munitions file, or a file of which no row can be read: it would
 *   retract every claim there is
 */
export function parsePiterfm(
  text: string,
  codeLists: CodeLists,
  munitionsText?: string,
): ParsedFile {
  const { header, records, rejects } = readCsv(text);
  const recognition = recogniseHeader(header);
  if (!recognition.recognised) throw new ImportRefused(recognition.reasons);
  const listed = munitionsText === undefined ? [] : readMunitionsFile(munitionsText);
  const catalogue = new MunitionCatalogue(codeLists.munitions, listed);
  const { intake, sources } = take(header, records, codeLists, catalogue);
  const allRejects = [...rejects, ...intake.rejects].toSorted((a, b) => a.line - b.line);
  if (intake.rows.length === 0) {
    const first = allRejects.slice(0, REASONS_MAX).map(describe);
    throw new ImportRefused(['the file must hold at least one row that can be read', ...first]);
  }
  flagDuplicates(intake.rows);
  return {
    columns: recognition.columns,
    generation: recognition.generation,
    published: intake.rows
      .map(({ content }) => content.window_end.slice(0, 10))
      .reduce((newest, date) => (date > newest ? date : newest)),
    rows: intake.rows,
    unread: intake.unread,
    rejects: allRejects,
    munitions: catalogue.changed,
    sources,
  };
}
