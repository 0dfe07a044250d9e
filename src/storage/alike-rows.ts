import type { Flag } from '../domain/claim-flags.js';
import type { StageFile } from './stage-file.js';

/** A row that makes the claim of an earlier one. */
export interface RepeatedRow {
  line: number;
  earlier: number;
  /** Its cell `source`, as published. */
  source: string;
}

/** Removes all rows that make the claim of an earlier one. */
export function dropRepeated(stage: StageFile): RepeatedRow[] {
  const groups = stage.prepare(
    'select json_group_array(line order by line) from rows group by key having count(*) > 1',
  );
  const repeated = groups.pluck().all();
  const sourceOf = stage.prepare(`select raw ->> 'source' from rows where line = ?`).pluck();
  const remove = stage.prepare('delete from rows where line = ?');
  return repeated.flatMap((list) => {
    const [earlier, ...lines] = JSON.parse(String(list)) as [number, ...number[]];
    return lines.map((line) => {
      const source = String(sourceOf.get(line));
      remove.run(line);
      return { line, earlier, source };
    });
  });
}

/** Changes the flags of the rows that tell the same numbers of the same attack from different reports. */
export function flagAlike(stage: StageFile, flagged: (flags: readonly Flag[]) => Flag[]): void {
  const barrages = stage.prepare('select distinct barrage_id from rows').pluck().all();
  // Barrage by barrage, what is grouped fits into memory; rows with the same window are always of one.
  const groups = stage
    .prepare(
      `select json_group_array(line) from rows where barrage_id = ?
      group by window_start, window_end, munition, target, launched, intercepted
      having min(report) <> max(report)`,
    )
    .pluck();
  const flagsOf = stage.prepare('select flags from rows where line = ?').pluck();
  const update = stage.prepare('update rows set flags = ? where line = ?');
  for (const barrage of barrages) {
    for (const line of groups.all(barrage).flatMap((list) => JSON.parse(String(list)))) {
      const flags = JSON.parse(String(flagsOf.get(line))) as Flag[];
      update.run(JSON.stringify(flagged(flags)), line);
    }
  }
}
