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

/** Lines of the rows of a barrage that agree in some columns, group by group. */
function groupsIn(stage: StageFile, columns: readonly string[], having: string) {
  // Nearly every group is of one row: ordering within each took as long as finding them.
  const groups = stage.prepare(
    `select json_group_array(line) from rows where barrage_id = ? group by ${columns.join(', ')} having ${having}`,
  );
  groups.pluck();
  return (barrage: unknown) =>
    groups.all(barrage).map((list) => {
      const lines = JSON.parse(String(list)) as number[];
      return lines.toSorted((one, other) => one - other);
    });
}

const CLAIM_KEY = [...NATURAL_KEY_COLUMNS, 'assertion'];

/** Removes all rows that make the claim of an earlier one. */
export function dropRepeated(stage: StageFile): RepeatedRow[] {
  const groups = groupsIn(stage, CLAIM_KEY, 'count(*) > 1');
  const sourceOf = stage.prepare(`select raw ->> 'source' from rows where line = ?`).pluck();
  const remove = stage.prepare('delete from rows where line = ?');
  return barragesIn(stage).flatMap((barrage) =>
    groups(barrage).flatMap((lines) =>
      lines.slice(1).map((line) => {
        const source = String(sourceOf.get(line));
        remove.run(line);
        return { line, earlier: Number(lines[0]), source };
      }),
    ),
  );
}

const ALIKE = ['window_start', 'window_end', 'munition', 'target', 'launched', 'intercepted'];

/** Changes the flags of the rows that tell the same numbers of the same attack from different reports. */
export function flagAlike(stage: StageFile, flagged: (flags: readonly Flag[]) => Flag[]): void {
  const groups = groupsIn(stage, ALIKE, 'min(report) <> max(report)');
  const flagsOf = stage.prepare('select flags from rows where line = ?').pluck();
  const update = stage.prepare('update rows set flags = ? where line = ?');
  for (const barrage of barragesIn(stage)) {
    for (const line of groups(barrage).flat()) {
      const flags = JSON.parse(String(flagsOf.get(line))) as Flag[];
      update.run(JSON.stringify(flagged(flags)), line);
    }
  }
}
