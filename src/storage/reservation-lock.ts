import Sqlite from 'better-sqlite3';
import { isBusy } from './connection.js';
import type { Database } from './database.js';

/**
 * Held by whoever writes ahead of a version's publication, in a file beside the database. It ends with its process,
 * however that ends: then what was written is nobody's.
 */
export class ReservationLock {
  private constructor(private readonly file: Sqlite.Database) {}

  /** @returns null if somebody holds it */
  static async take(db: Database): Promise<ReservationLock | null> {
    const path = await db.path();
    // A database without a name belongs to one process.
    const file = new Sqlite(path === null ? ':memory:' : `${path}-import`, { timeout: 0 });
    try {
      file.exec('begin exclusive');
      return new ReservationLock(file);
    } catch (error) {
      file.close();
      if (isBusy(error)) return null;
      throw error;
    }
  }

  release(): void {
    this.file.close();
  }
}
