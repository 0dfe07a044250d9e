import { runImport } from '../../src/cli/run-import.js';
import { importerFor } from '../../src/importers/registry.js';
import type { Database } from '../../src/storage/database.js';
import { file, type Row, row } from '../importers/fixtures.js';

/** A row of a file about a night of March 2024. */
export const marchNight = (day: string, changes: Row = {}): Row =>
  row({ time_start: `2024-03-${day}`, time_end: `2024-03-${day} 08:00`, ...changes });

/** Imports a file of some rows, and tells what came of it. */
export function importRows(db: Database, rows: Row[], file_name: string) {
  const text = file(rows);
  return runImport(db, {
    importer: importerFor(text),
    file_name,
    open: () => [text],
    munitions: undefined,
    published: undefined,
    strict: true,
    force: false,
    dry_run: false,
  });
}
