import { fileURLToPath } from 'node:url';
import { migrate } from 'drizzle-orm/sqlite-proxy/migrator';
import type { Connection } from './connection.js';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Applies the migrations that a database lacks. @throws Error when one leaves a dangling reference */
export async function migrateThrough(connection: Connection): Promise<void> {
  const { sqlite, query } = connection;
  // Off while tables may be rebuilt (the pragma is ignored inside a transaction), checked, then on for good.
  sqlite.pragma('foreign_keys = OFF');
  await migrate(
    query,
    async (queries) => {
      if (queries.length > 0) sqlite.transaction(() => queries.map((q) => sqlite.exec(q)))();
    },
    { migrationsFolder: MIGRATIONS },
  );
  const dangling = sqlite.pragma('foreign_key_check') as unknown[];
  if (dangling.length > 0) {
    throw new Error(`the migrations left ${dangling.length} dangling references`);
  }
  sqlite.pragma('foreign_keys = ON');
}
