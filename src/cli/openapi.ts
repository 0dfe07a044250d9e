import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildApp } from '../app.js';
import { Database } from '../storage/database.js';

// Writes openapi.yaml from the routes. The configured pair is the default one, whatever this machine's settings are.
const db = await Database.open('file::memory:');
const app = await buildApp(db, {
  DEFAULT_ATTACKER: 'RUS',
  DEFAULT_DEFENDER: 'UKR',
  PUBLIC_URL: undefined,
});
writeFileSync(
  fileURLToPath(new URL('../../openapi.yaml', import.meta.url)),
  app.swagger({ yaml: true }),
);
await app.close();
await db.close();
