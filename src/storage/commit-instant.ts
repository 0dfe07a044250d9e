import type Sqlite from 'better-sqlite3';

/** Stands in a statement for the instant at which it is committed, which nobody knows while statements are gathered. */
export const COMMIT_INSTANT = Symbol('the instant of the commit');

const SLOWEST_COMMIT_MS = 50;
const FORGETTING = 0.5;
const MANY_STATEMENTS = 100;
const HEADROOM = 1.5;

/** How long the writes of a database took of late, in ms. */
interface Pace {
  statement: number;
  commit: number;
}
const paces = new WeakMap<Sqlite.Database, Pace>();

function paceOf(connection: Sqlite.Database): Pace {
  const pace = paces.get(connection) ?? { statement: 0.1, commit: 0 };
  paces.set(connection, pace);
  return pace;
}

function timed(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
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
  const pace = paceOf(connection);
  let foreseen = count * pace.statement * HEADROOM;
  for (;;) {
    const begun = Date.now();
    // At least one: who asked within this very millisecond was told of the version before.
    const settled = begun + 1 + Math.ceil(foreseen + pace.commit);
    const at = new Date(settled).toISOString();
    connection.exec('savepoint statements');
    const running = timed(() => run(at > notBefore ? at : notBefore));
    // Few statements tell more of what was not prepared yet than of the pace of many.
    if (count >= MANY_STATEMENTS) pace.statement = running / count;
    if (Date.now() + pace.commit < settled) {
      const took = timed(() => connection.exec('commit'));
      pace.commit = Math.min(Math.max(took, FORGETTING * pace.commit), SLOWEST_COMMIT_MS);
      return settled;
    }
    // The lock of the writer is kept.
    connection.exec('rollback to statements');
    foreseen = 2 * running;
  }
}
