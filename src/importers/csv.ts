import { parse } from 'csv-parse/sync';
import { ImportRefused } from './import-refused.js';
import type { Reject } from './import-types.js';

/** A record of a CSV text with the physical line on which it starts; the header is line 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/** A CSV text, read: cells exactly as written. */
export interface CsvFile {
  header: string[];
  records: CsvRecord[];
  /** Records with a broken quote or the wrong number of cells. */
  rejects: Reject[];
}

const VALUE_MAX = 200;

/** A value as a reject shows it: long ones are cut, so that one bad cell cannot flood a report. */
export function shown(value: string): string {
  return value.length > VALUE_MAX ? `${value.slice(0, VALUE_MAX)}…` : value;
}

// A lone CR is no line end here: it stays in its cell, where trimming or the rule of the field meets it.
const LINE_END = /\r?\n/;

const linesOf = (text: string): string[] => text.replace(/^\uFEFF/, '').split(LINE_END);

const headerLineOf = (text: string): string => linesOf(text.replace(/\n[\s\S]*$/, '\n')).join('');

// The header holds names without separators of their own, so the commoner character is the delimiter.
const delimiterOf = (headerLine: string): string =>
  headerLine.split(';').length > headerLine.split(',').length ? ';' : ',';

/** Records of a text, or null if a quote in it is broken. */
function recordsOf(text: string, delimiter: string): string[][] | null {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch {
    // With these options csv-parse throws for quotes alone.
    return null;
  }
}

/** Gives each record its physical line: blank lines are stepped over, line breaks inside cells are counted. */
function numbered(records: string[][], lines: readonly string[]): CsvRecord[] {
  let next = 0;
  return records.map((cells) => {
    while (lines[next] === '') next += 1;
    const line = next + 1;
    next += cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 1);
    return { line, cells };
  });
}

/**
 * Reads every physical line by itself. The way out when a quote is broken: read as a whole, one stray quote would
 * swallow the rows after it; read line by line, only the line that holds it is lost, and reported.
 */
function lineByLine(
  lines: readonly string[],
  delimiter: string,
): Pick<CsvFile, 'records' | 'rejects'> {
  const records: CsvRecord[] = [];
  const rejects: Reject[] = [];
  lines.forEach((text, index) => {
    const [cells] = recordsOf(text, delimiter) ?? [null];
    if (cells !== null && cells !== undefined) records.push({ line: index + 1, cells });
    if (cells === null) {
      const reason = 'a quote must open at the start of a cell and close at its end';
      rejects.push({ line: index + 1, column: null, value: shown(text), reason });
    }
  });
  return { records, rejects };
}

/**
 * The names in the header line.
 *
 * @param text a CSV text: BOM or not, comma or semicolon (decided by the header line), LF or CRLF
 * @throws ImportRefused if the header line cannot be read
 * @example readHeader('a;b\r\n1;2\r\n') // => ["a","b"]
 */
export function readHeader(text: string): string[] {
  const line = headerLineOf(text);
  const [header] = recordsOf(line, delimiterOf(line)) ?? [];
  if (header === undefined) {
    throw new ImportRefused(['line 1 must be a header: names separated by commas or semicolons']);
  }
  return header.map((name) => name.trim());
}

/**
 * The cells of a record that hold anything, by column, as written.
 *
 * @example filledCells(['a', 'b'], { line: 2, cells: [' 1', ' '] }) // => {"a":" 1"}
 */
export function filledCells(
  header: readonly string[],
  { cells }: CsvRecord,
): Record<string, string> {
  const named = header.map((column, index) => [column, cells[index]] as const);
  return Object.fromEntries(
    named.filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1].trim() !== '',
    ),
  );
}

/**
 * Reads a CSV text into records with physical line numbers. A record that does not fit the header is a reject, the
 * others are read; nothing is trimmed or converted.
 *
 * @param text as for {@link readHeader}
 * @throws ImportRefused if the header line cannot be read
 * @example readCsv('a,b\n1,2\n3\n').rejects // => [{"line":3,"column":null,"value":"1 cell","reason":"must have 2 cells, as the header has"}]
 */
export function readCsv(text: string): CsvFile {
  const header = readHeader(text);
  const lines = linesOf(text);
  const delimiter = delimiterOf(headerLineOf(text));
  const whole = recordsOf(text, delimiter);
  const { records, rejects } =
    whole === null
      ? lineByLine(lines, delimiter)
      : { records: numbered(whole, lines), rejects: [] as Reject[] };
  const body = records.slice(1);
  const fits = ({ cells }: CsvRecord): boolean => cells.length === header.length;
  const misfits = body
    .filter((record) => !fits(record))
    .map(({ line, cells }) => ({
      line,
      column: null,
      value: cells.length === 1 ? '1 cell' : `${cells.length} cells`,
      reason: `must have ${header.length} cells, as the header has`,
    }));
  return {
    header,
    records: body.filter(fits),
    rejects: [...rejects, ...misfits].toSorted((a, b) => a.line - b.line),
  };
}
