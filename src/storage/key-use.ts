import type { Database } from './database.js';

const STEP_MS = 60_000;

// When the use of each key was last written down, by this process.
const noted = new WeakMap<Database, Map<string, number>>();

async function noteNow(db: Database, id: string, at: number): Promise<void> {
  const params = [new Date(at).toISOString(), id];
  const sql = 'update api_keys set last_used_at = ? where id = ?';
  if (!(await db.note([{ sql, params }]))) noted.get(db)?.delete(id);
}

/**
 * Writes down that a key was used: at most once a minute for each key, after the work at hand, and not at all while
 * another process writes. It is no part of the dataset, so no version is raised.
 */
export function noteKeyUse(db: Database, id: string, at: number = Date.now()): void {
  const times = noted.get(db) ?? new Map<string, number>();
  noted.set(db, times);
  if (at - (times.get(id) ?? Number.NEGATIVE_INFINITY) < STEP_MS) return;
  times.set(id, at);
  // A database that was closed meanwhile has lost a note that nothing depends on.
  setImmediate(() => void noteNow(db, id, at).catch(() => undefined));
}
