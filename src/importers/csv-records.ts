import { parse } from 'csv-parse/sync';
import type { Reject } from './import-types.js';

/** A record of a CSV text with the physical line on which it starts; the header is line 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

const VALUE_MAX = 200;

/** A value as a reject shows it: long ones are cut, so that one bad cell cannot flood a report. */
export function shown(value: string): string {
  return value.length > VALUE_MAX ? `${value.slice(0, VALUE_MAX)}…` : value;
}

// What a record may be long at most: a quote that is never closed would otherwise gather the rest of a file in memory.
const RECORD_MAX = 1_000_000;
const BATCH_MAX = 500;
const BROKEN_QUOTE = 'a quote must open at the start of a cell and close at its end';

/** What a text turns out to hold, in its order. */
export type CsvEvent =
  | { record: CsvRecord }
  | { reject: Reject }
  /** A quote is broken: all that was read so far is void, and the text is read again, line by line. */
  | { again: true };

/** Opens a text, from its beginning each time, as pieces of any length. */
export type OpenText = () => Iterable<string>;

const withoutBom = (text: string): string => text.replace(/^\uFEFF/, '');
// A lone CR is no line end here: it stays in its cell, where trimming or the rule of the field meets it.
export const withoutCr = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** Lines as they end with LF, a CR before it included. */
export function* linesOf(pieces: Iterable<string>): Generator<string> {
  let rest = '';
  let isFirst = true;
  for (const piece of pieces) {
    const text = rest + (isFirst ? withoutBom(piece) : piece);
    isFirst = false;
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      yield text.slice(from, to);
      from = to + 1;
    }
    rest = text.slice(from);
  }
  if (rest !== '') yield rest;
}

/** Records of a text, or null if a quote in it is broken. */
export function recordsOf(text: string, delimiter: string): string[][] | null {
  try {
    return parse(text, {
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

class BrokenQuote extends Error {}

/** Records that were found but not taken apart yet; those without a quote need no parser. */
class Batch {
  readonly #records: { line: number; text: string; quoted: boolean }[] = [];
  readonly #delimiter: string;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  get isFull(): boolean {
    return this.#records.length >= BATCH_MAX;
  }

  add(line: number, text: string, quoted: boolean): void {
    this.#records.push({ line, text, quoted });
  }

  /** @throws BrokenQuote */
  *take(): Generator<CsvRecord> {
    const batch = this.#records.splice(0);
    const quoted = batch.filter((record) => record.quoted);
    const parsed = recordsOf(quoted.map(({ text }) => text).join('\n'), this.#delimiter);
    if (parsed?.length !== quoted.length) throw new BrokenQuote();
    const next = parsed.values();
    for (const { line, text, quoted: isQuoted } of batch) {
      // There are as many of them as records with quotes.
      const cells = isQuoted ? (next.next().value as string[]) : text.split(this.#delimiter);
      yield { line, cells };
    }
  }
}

const quotesIn = (text: string): number => text.split('"').length - 1;

/**
 * Records with their physical lines: blank lines are stepped over, line breaks inside quotes are counted.
 *
 * @throws BrokenQuote
 */
function* recordsIn(lines: Iterable<string>, delimiter: string): Generator<CsvRecord> {
  const batch = new Batch(delimiter);
  let line = 1;
  let open = null as { line: number; text: string } | null;
  for (const physical of lines) {
    line += 1;
    if (open === null && !physical.includes('"')) {
      if (withoutCr(physical) !== '') batch.add(line, withoutCr(physical), false);
    } else {
      const before: string = open === null ? '' : `${open.text}\n`;
      const begun: number = open === null ? line : open.line;
      const text = before + physical;
      if (text.length > RECORD_MAX) throw new BrokenQuote();
      const odd: boolean = (open !== null) !== (quotesIn(physical) % 2 === 1);
      open = odd ? { line: begun, text } : null;
      if (!odd) batch.add(begun, withoutCr(text), true);
    }
    if (batch.isFull) yield* batch.take();
  }
  if (open !== null) throw new BrokenQuote();
  yield* batch.take();
}

/**
 * Reads every physical line by itself. The way out when a quote is broken: read as a whole, one stray quote would
 * swallow the rows after it; read line by line, only the line that holds it is lost, and reported.
 */
function* lineByLine(lines: Iterable<string>, delimiter: string): Generator<CsvEvent> {
  let line = 1;
  for (const physical of lines) {
    line += 1;
    const text = withoutCr(physical);
    if (text === '') continue;
    const [cells] = text.includes('"')
      ? (recordsOf(text, delimiter) ?? [null])
      : [text.split(delimiter)];
    if (cells !== null && cells !== undefined) yield { record: { line, cells } };
    else yield { reject: { line, column: null, value: shown(text), reason: BROKEN_QUOTE } };
  }
}

export function* eventsOf(bodyOf: () => Iterable<string>, delimiter: string): Generator<CsvEvent> {
  try {
    for (const record of recordsIn(bodyOf(), delimiter)) yield { record };
  } catch (error) {
    if (!(error instanceof BrokenQuote)) throw error;
    yield { again: true };
    yield* lineByLine(bodyOf(), delimiter);
  }
}
