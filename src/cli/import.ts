import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readConfig } from '../config.js';
import { isCalendarDate } from '../domain/calendar.js';
import { importerFor } from '../importers/registry.js';
import { Database } from '../storage/database.js';
import { parseArguments, runCommand, UsageError } from './arguments.js';
import { summaryText } from './import-summary.js';
import { progressBar } from './progress-bar.js';
import { type ImportJob, runImport } from './run-import.js';

const USAGE = `Usage: npm run import -- FILE [options]
  --munitions FILE  the munitions list that belongs to the file; it decides the categories
  --published DATE  date of the snapshot, if it is not the newest report in it
  --dry-run         say what would be written, write nothing
  --strict          refuse the file if any row cannot be read
  --force           take an older snapshot after a newer one
  --json            the summary as JSON`;

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}

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
  const text = readText(path);
  const munitions = values.munitions === undefined ? undefined : readText(values.munitions);
  const job = {
    importer: importerFor(text),
    file_name: basename(path),
    text,
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
