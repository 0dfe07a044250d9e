// The service as an operator runs it: built, its own database, every protection and log on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '../../src/storage/database.ts';
import { createKey } from '../../src/storage/key-store.ts';
import { PAIR } from '../data/cells.mjs';

// High enough that a load test is never refused, and still counted.
const LIMIT = '100000000';

/** Everything that is set: what is missing here has its default. */
const SETTINGS = {
  DEFAULT_ATTACKER: PAIR.attacker,
  DEFAULT_DEFENDER: PAIR.defender,
  DEMO_DATA: 'off',
  LOG_LEVEL: 'info',
  RATE_LIMIT_PER_MINUTE: LIMIT,
  RATE_LIMIT_KEYED_PER_MINUTE: LIMIT,
  METRICS: 'on',
};

/** What a script of package.json tells Node.js about memory. */
export function flagsOf(root, script) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return scripts[script].split(' ').filter((word) => word.startsWith('--'));
}

async function keyOf(url) {
  const db = await Database.open(url);
  const { secret } = await createKey(db, { name: 'bench', scope: 'write', expires_at: null });
  await db.close();
  return secret;
}

export const service = {
  title: 'barrage-stats',
  settings: SETTINGS,
  async start({ store, size, port, root }) {
    const file = await store.copy('service.db', size);
    const url = `file:${file}`;
    const key = await keyOf(url);
    const env = { ...SETTINGS, DATABASE_URL: url, PORT: String(port) };
    return {
      args: [...flagsOf(root, 'start'), join(root, 'dist/main.js')],
      env,
      ready: '/stats',
      key,
    };
  },
};
