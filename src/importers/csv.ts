import {
  type CsvEvent,
  type CsvRecord,
  eventsOf,
  linesOf,
  type OpenText,
  recordsOf,
  withoutCr,
} from './csv-records.js';
import { ImportRefused } from './import-refused.js';
import type { Reject } from './import-types.js';

/** A CSV text, read: cells exactly as written. */
export interface CsvFile {
  header: string[];
  records: CsvRecord[];
  /** Records with a broken quote or the wrong number of cells. */
  rejects: Reject[];
}

/** A CSV text that is read piece by piece. */
export interface CsvStream {
  header: string[];
  events: Iterable<CsvEvent>;
}

// The header holds names without separators of their own, so the commoner character is the delimiter.
const delimiterOf = (headerLine: string): string =>
  headerLine.split(';').length > headerLine.split(',').length ? ';' : ',';

/** A record that does not fit the header is a reject. */
function* fitted(events: Iterable<CsvEvent>, width: number): Generator<CsvEvent> {
  for (const event of events) {
    const cells = 'record' in event ? event.record.cells.length : width;
    if (!('record' in event) || cells === width) yield event;
    else {
      const value = cells === 1 ? '1 cell' : `${cells} cells`;
      const reason = `must have ${width} cells, as the header has`;
      yield { reject: { line: event.record.line, column: null, value, reason } };
    }
  }
}

function firstLine(pieces: Iterable<string>): string {
  for (const line of linesOf(pieces)) return withoutCr(line);
  return '';
}

/**
 * The names in the header line.
 *
 * @param text a CSV text: BOM or not, comma or semicolon (decided by the header line), LF or CRLF
 * @throws ImportRefused if the header line cannot be read
 * @example readHeader('a;b\r\n1;2\r\n') // => ["a","b"]
 */
export function readHeader(text: string): string[] {
  return headerIn(firstLine([text]));
}

function headerIn(line: string): string[] {
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
  const filled: Record<string, string> = {};
  for (const [index, column] of header.entries()) {
    const cell = cells[index];
    if (cell !== undefined && cell !== '' && cell.trim() !== '') filled[column] = cell;
  }
  return filled;
}

/**
 * Reads a CSV text piece by piece, never holding more of it than a few hundred records. Cells are given as written; a
 * record that does not fit the header is a reject.
 *
 * @param open the text: BOM or not, comma or semicolon (decided by the header line), LF or CRLF
 * @throws ImportRefused if the header line cannot be read
 */
export function streamCsv(open: OpenText): CsvStream {
  const line = firstLine(open());
  const header = headerIn(line);
  function* body(): Generator<string> {
    const lines = linesOf(open());
    lines.next();
    yield* lines;
  }
  return { header, events: fitted(eventsOf(body, delimiterOf(line)), header.length) };
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
  const { header, events } = streamCsv(() => [text]);
  const file: CsvFile = { header, records: [], rejects: [] };
  for (const event of events) {
    if ('record' in event) file.records.push(event.record);
    else if ('reject' in event) file.rejects.push(event.reject);
    else {
      file.records = [];
      file.rejects = [];
    }
  }
  return file;
}
