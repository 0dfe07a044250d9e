import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ImportJob } from '../../src/cli/file-planner.js';
import { textJob } from './import-rows.js';

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** Reference figures and dataset snapshots lie beside the checkout where CI runs, and are never part of it. */
export const hasShared = existsSync(`${SHARED}oracle/2026-03-01.json`);
export const needsShared = hasShared ? '' : ' (skipped: needs ../shared)';

const read = (path: string): string => readFileSync(SHARED + path, 'utf8');

// biome-ignore lint/suspicious/noExplicitAny: the reference file has no type; what is read from it is compared.
export type Reference = any;
export const reference = (name: string): Reference => JSON.parse(read(`oracle/${name}.json`));

/** The job that imports a snapshot with the munitions list. */
export function snapshotJob(date: string, more: Partial<ImportJob> = {}): ImportJob {
  const file_name = `missile_attacks_daily.${date}.csv`;
  const text = read(`data/${file_name}`);
  return textJob(text, { file_name, munitions: read('data/missiles_and_uavs.csv'), ...more });
}

export const SNAPSHOTS = [
  '2023-07-23',
  '2023-10-29',
  '2024-10-13',
  '2024-11-17',
  '2025-01-12',
  '2025-05-26',
  '2026-03-01',
] as const;
