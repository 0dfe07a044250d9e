import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { readConfig } from '../config.js';
import { isCalendarDate } from '../domain/calendar.js';
import { importerFor } from '../importers/registry.js';
import { Database } from '../storage/database.js';
import { parseArguments, runCommand, UsageError } from './arguments.js';
import { summaryText } from './import-summary.js';
import { progressBar } from './progress-bar.js';
import { type ImportJob, runImport } from './run-import.js';

const PIECE_BYTES = 65_536;
const USAGE = `Usage: npm run import -- FILE [options]
  --munitions FILE  the munitions list that belongs to the file; it decides the categories
  --published DATE  date of the snapshot, if it is not the newest report in it
  --dry-run         say what would be written, write nothing
  --strict          refuse the file if any row cannot be read
  --force           take an older snapshot after a newer one
  --json            the summary as JSON`;

/** The text of a file, piece by piece. */
function* textOf(path: string): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const piece = Buffer.alloc(PIECE_BYTES);
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      yield decoder.decode(piece.subarray(0, read), { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  } finally {
    if (file !== null) closeSync(file);
  }
}

const beginningOf = (path: string): string => {
  for (const piece of textOf(path)) return piece;
  return '';
};

function readJob(): { job: ImportJob; json: boolean } {
  const { values, positionals } = parseArguments(
    {
      allowPositionals: true,
      options: {
        munitions: { type: 'string' },
        published: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        strict: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    },
    USAGE,
  );
  const [path, ...rest] = positionals;
  if (path === undefined || rest.length > 0) throw new UsageError(USAGE);
  const { published, strict, force, json } = values;
  if (published !== undefined && !isCalendarDate(published)) {
    throw new UsageError(`--published "${published}" is no date YYYY-MM-DD\n${USAGE}`);
  }
  const munitions =
    values.munitions === undefined ? undefined : [...textOf(values.munitions)].join('');
  const job = {
    importer: importerFor(beginningOf(path)),
    file_name: basename(path),
    open: () => textOf(path),
    munitions,
    published,
    strict,
    force,
    dry_run: values['dry-run'],
  };
  return { job, json };
}

await runCommand(async () => {
  const { job, json } = readJob();
  const db = await Database.open(readConfig().DATABASE_URL);
  const bar = progressBar('importing');
  try {
    const summary = await runImport(db, job, bar.update);
    bar.stop();
    process.stdout.write(json ? `${JSON.stringify(summary, null, 2)}\n` : summaryText(summary));
  } finally {
    bar.stop();
    await db.close();
  }
});
