import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildApp } from '../app.js';
import { readConfig } from '../config.js';
import { Database } from '../storage/database.js';

// Writes openapi.yaml from the routes, with the default settings, whatever this machine's are.
const db = await Database.open('file::memory:');
const app = await buildApp(db, readConfig({}));
writeFileSync(
  fileURLToPath(new URL('../../openapi.yaml', import.meta.url)),
  app.swagger({ yaml: true }),
);
await app.close();
await db.close();
