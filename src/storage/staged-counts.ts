import type { Flag } from '../domain/claim-flags.js';
import type { StageFile } from './stage-file.js';

/** How many rows of a barrage carry a list of flags. */
export interface FlagCount {
  barrage_id: string;
  flags: Flag[];
  rows: number;
}

/** The newest date of a report. */
export const publishedIn = (stage: StageFile): string =>
  String(stage.prepare('select max(substr(window_end, 1, 10)) from rows').pluck().get());

/** How many rows each barrage has, and how many of them are no newer than a date. */
export function barragesIn(
  stage: StageFile,
  date: string,
): Map<string, { rows: number; backfilled: number }> {
  const counts = stage
    .prepare(
      'select barrage_id, count(*), sum(substr(window_end, 1, 10) <= ?) from rows group by +barrage_id',
    )
    .raw();
  const rows = counts.all(date) as [string, number, number][];
  return new Map(rows.map(([id, all, backfilled]) => [id, { rows: all, backfilled }]));
}

/** How often each list of flags stands on a row, by barrage. */
export function flagsIn(stage: StageFile): FlagCount[] {
  const counts = stage
    .prepare(
      `select barrage_id, flags, count(*) as rows from rows where flags <> '[]' group by +barrage_id, flags`,
    )
    .all() as { barrage_id: string; flags: string; rows: number }[];
  return counts.map((one) => ({ ...one, flags: JSON.parse(one.flags) }));
}
