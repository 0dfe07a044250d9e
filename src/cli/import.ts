import { basename } from 'node:path';
import { readConfig } from '../config.js';
import { isCalendarDate } from '../domain/calendar.js';
import { importerFor } from '../importers/registry.js';
import { Database } from '../storage/database.js';
import { parseArguments, runCommand, UsageError } from './arguments.js';
import type { ImportJob } from './file-planner.js';
import { summaryText } from './import-summary.js';
import { progressBar } from './progress-bar.js';
import { runImport } from './run-import.js';
import { TextFile, wholeText } from './text-file.js';

const USAGE = `Usage: npm run import -- FILE [options]
  --munitions FILE  the munitions list that belongs to the file; it decides the categories
  --published DATE  date of the snapshot, if it is not the newest report in it
  --dry-run         say what would be written, write nothing
  --strict          refuse the file if any row cannot be read
  --force           take an older snapshot after a newer one
  --json            the summary as JSON`;

const beginningOf = (file: TextFile): string => {
  for (const piece of file.text()) return piece;
  return '';
};

function readJob(): { job: ImportJob & { file: TextFile }; json: boolean } {
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
  const munitions = values.munitions === undefined ? undefined : wholeText(values.munitions);
  const file = TextFile.open(path);
  const job = {
    importer: importerFor(beginningOf(file)),
    file_name: basename(path),
    open: () => file.text(),
    file,
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
    job.file.close();
    await db.close();
  }
});
