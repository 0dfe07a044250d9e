import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildApp } from '../app.js';
import { readConfig } from '../config.js';
import { errorsDocument } from '../http/problem-pages.js';
import { Database } from '../storage/database.js';

// Writes openapi.yaml from the routes, and docs/errors.md from the registry of problems, with the default settings, whatever this machine's are.
const db = await Database.open('file::memory:');
const app = await buildApp(db, readConfig({}));
const write = (name: string, text: string): void =>
  writeFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), text);
const documentation = await app.documentation();
write('openapi.yaml', documentation.swagger({ yaml: true }));
write('docs/errors.md', errorsDocument());
await app.close();
await db.close();
