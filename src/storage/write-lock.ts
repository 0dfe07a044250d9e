import { setTimeout as pause } from 'node:timers/promises';
import { WriterBusy } from '../domain/record-error.js';
import { type Connection, isBusy } from './connection.js';

const PATIENCE_MS = 5_000;
// Less than the break of somebody who writes much, between two transactions.
const PAUSE_MS = 1;

/** Begins a transaction that holds the lock of the one writer, unless somebody else holds it: that is not waited for. */
export function tryWriteLock(connection: Connection): boolean {
  try {
    connection.run('begin immediate');
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

/**
 * Begins a transaction that holds the lock of the one writer. While another process holds it, this one goes on with
 * other work: SQLite's own waiting would stop it.
 *
 * @throws WriterBusy after 5 seconds
 */
export async function takeWriteLock(connection: Connection): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!tryWriteLock(connection)) {
    if (performance.now() > deadline) throw new WriterBusy(PATIENCE_MS / 1_000);
    // Irregular, so that two who wait do not ask in step.
    await pause(1 + Math.random() * PAUSE_MS);
  }
}
