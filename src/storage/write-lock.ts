import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { WriterBusy } from '../domain/record-error.js';

const PATIENCE_MS = 5_000;
const PAUSE_MS = 20;

function isTaken(connection: Sqlite.Database): boolean {
  const timeout = connection.pragma('busy_timeout', { simple: true });
  connection.pragma('busy_timeout = 0');
  try {
    connection.exec('begin immediate');
    return true;
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false;
    throw error;
  } finally {
    connection.pragma(`busy_timeout = ${Number(timeout)}`);
  }
}

/**
 * Begins a transaction that holds the lock of the one writer. While another process holds it, this one goes on with
 * other work: SQLite's own waiting would stop it.
 *
 * @throws WriterBusy after 5 seconds
 */
export async function takeWriteLock(connection: Sqlite.Database): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!isTaken(connection)) {
    if (performance.now() > deadline) throw new WriterBusy(PATIENCE_MS / 1_000);
    // Irregular, so that two who wait do not ask in step.
    await pause(1 + Math.random() * PAUSE_MS);
  }
}
