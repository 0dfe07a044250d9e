import type { ImportJob } from '../../src/cli/file-planner.js';
import { runImport } from '../../src/cli/run-import.js';
import { importerFor } from '../../src/importers/registry.js';
import type { Database } from '../../src/storage/database.js';
import { file, type Row, row } from '../importers/fixtures.js';

/** A row of a file about a night of March 2024. */
export const marchNight = (day: string, changes: Row = {}): Row =>
  row({ time_start: `2024-03-${day}`, time_end: `2024-03-${day} 08:00`, ...changes });

/** The job that imports a text as a file. */
export const textJob = (text: string, changes: Partial<ImportJob> = {}): ImportJob => ({
  importer: importerFor(text),
  file_name: 'a.csv',
  open: () => [text],
  munitions: undefined,
  published: undefined,
  strict: false,
  force: false,
  dry_run: false,
  ...changes,
});

/** The job that imports a file of some rows. */
export const rowsJob = (rows: readonly Row[], changes: Partial<ImportJob> = {}): ImportJob =>
  textJob(file(rows), changes);

/** Imports a file of some rows, and tells what came of it. */
export const importRows = (db: Database, rows: readonly Row[], file_name: string) =>
  runImport(db, rowsJob(rows, { file_name, strict: true }));
