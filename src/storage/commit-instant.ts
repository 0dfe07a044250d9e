import type Sqlite from 'better-sqlite3';

/** Stands in a statement for the instant at which it is committed, which nobody knows while statements are gathered. */
export const COMMIT_INSTANT = Symbol('the instant of the commit');

const STATEMENT_MS = 0.05;
const SLOWEST_FORESEEN_MS = 50;
const FORGETTING = 0.9;

// How long a commit takes on the disk of a database: the slowest of late.
const commitTimes = new WeakMap<Sqlite.Database, number>();

const textOf = (ms: number): string => new Date(ms).toISOString();

function commit(connection: Sqlite.Database): void {
  const begun = performance.now();
  connection.exec('commit');
  const took = Math.max(performance.now() - begun, FORGETTING * (commitTimes.get(connection) ?? 0));
  commitTimes.set(connection, Math.min(took, SLOWEST_FORESEEN_MS));
}

/**
 * Commits statements that hold the instant of their commit.
 *
 * Whoever asks for the dataset as of an instant must be told the same ever after. So a version may not be dated before
 * the moment from which it can be seen: until then others were told of the version before. The instant is chosen
 * somewhat ahead, by as much as writing will take, and if writing takes longer it is begun again with a later one.
 *
 * @param count how many statements there are
 * @param notBefore the earliest instant that may be chosen
 * @param run applies the statements, dated with the instant; it may be called several times
 * @returns when the instant has passed, in ms since the epoch. If `notBefore` lies ahead of the clock that is not
 *   waited for
 */
export function commitDated(
  connection: Sqlite.Database,
  count: number,
  notBefore: string,
  run: (at: string) => void,
): number {
  const committing = commitTimes.get(connection) ?? 0;
  let foreseen = count * STATEMENT_MS + committing;
  for (;;) {
    const begun = Date.now();
    // At least one: who asked within this very millisecond was told of the version before.
    const settled = begun + 1 + Math.ceil(foreseen);
    const at = textOf(settled);
    connection.exec('savepoint statements');
    run(at > notBefore ? at : notBefore);
    const running = Date.now() - begun;
    if (running + committing < settled - begun) {
      commit(connection);
      return settled;
    }
    // The lock of the writer is kept.
    connection.exec('rollback to statements');
    foreseen = 2 * (running + committing);
  }
}
