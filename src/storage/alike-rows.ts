import type { Flag } from '../domain/claim-flags.js';
import type { StageFile } from './stage-file.js';
import { NATURAL_KEY_COLUMNS } from './staged-columns.js';

/** A row that makes the claim of an earlier one. */
export interface RepeatedRow {
  line: number;
  earlier: number;
  /** Its cell `source`, as published. */
  source: string;
}

// Barrage by barrage, what is grouped fits into memory; rows with the same window are always of one.
const barragesIn = (stage: StageFile): unknown[] =>
  stage.prepare('select distinct barrage_id from rows').pluck().all();

/** Lists of lines of a barrage whose rows agree in some columns, what tells them apart best first. */
const groupsBy = (columns: readonly string[], having: string): string =>
  `select json_group_array(line) as lines from rows where barrage_id = ? group by ${columns.join(', ')} having ${having}`;

// What makes two claims one (`naturalKey`); the set only moves the address to the front.
const CLAIM_KEY = new Set(['url', ...NATURAL_KEY_COLUMNS, 'assertion']);

/** Removes all rows that make the claim of an earlier one. */
export function dropRepeated(stage: StageFile): RepeatedRow[] {
  const groups = stage.prepare(groupsBy([...CLAIM_KEY], 'count(*) > 1')).pluck();
  const sourceOf = stage.prepare(`select raw ->> 'source' from rows where line = ?`).pluck();
  const remove = stage.prepare('delete from rows where line = ?');
  return barragesIn(stage).flatMap((barrage) =>
    groups.all(barrage).flatMap((list) => {
      const lines = JSON.parse(String(list)) as number[];
      const earlier = Math.min(...lines);
      return lines
        .filter((line) => line !== earlier)
        .map((line) => {
          const source = String(sourceOf.get(line));
          remove.run(line);
          return { line, earlier, source };
        });
    }),
  );
}

const ALIKE = ['launched', 'intercepted', 'target', 'munition', 'window_start', 'window_end'];

/** Changes the flags of the rows that tell the same numbers of the same attack from different reports. */
export function flagAlike(stage: StageFile, flagged: (flags: readonly Flag[]) => Flag[]): void {
  const take = stage.prepare(
    `insert into alike select value from (${groupsBy(ALIKE, 'min(report) <> max(report)')}), json_each(lines)`,
  );
  for (const barrage of barragesIn(stage)) take.run(barrage);
  stage.define('flagged', (flags) => JSON.stringify(flagged(JSON.parse(flags))));
  // In the order of the file, page after page: in that of nights each would be written again and again.
  stage.exec('update rows set flags = flagged(flags) where line in (select line from alike)');
  stage.exec('delete from alike');
}
