// npm run spec:answers, after the tests: was every documented answer seen, and is every answer that was seen documented?
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { register } from 'tsx/esm/api';
import { ROOT } from './setup.mjs';

register();
const { buildApp } = await import('../src/app.ts');
const { readConfig } = await import('../src/config.ts');
const { Database } = await import('../src/storage/database.ts');

const db = await Database.open('file::memory:');
const app = await buildApp(db, readConfig({}));
const { paths } = (await app.documentation()).swagger();
const operations = Object.values(paths).flatMap((path) => Object.values(path));
await app.close();
await db.close();

const folder = join(ROOT, '.cache/answers');
const files = existsSync(folder) ? readdirSync(folder) : [];
const lines = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
const seen = new Set(lines.filter((line) => line !== ''));

const documented = new Set();
let examples = 0;
for (const { operationId, requestBody, responses } of operations) {
  const contents = [requestBody, ...Object.values(responses)].map((part) => part?.content ?? {});
  const described = contents.flatMap((content) => Object.values(content));
  examples += described.reduce((sum, one) => sum + Object.keys(one.examples ?? {}).length, 0);
  for (const [status, { content }] of Object.entries(responses)) {
    for (const media of Object.keys(content ?? { '-': null })) {
      documented.add(`${operationId} ${status} ${media}`);
    }
  }
}

const never = [...documented].filter((line) => !seen.has(line));
const unknown = [...seen].filter((line) => !documented.has(line));
for (const line of never) process.stdout.write(`no test was answered: ${line}\n`);
for (const line of unknown) process.stdout.write(`not documented: ${line}\n`);
process.stdout.write(
  `operations ${operations.length}, examples ${examples}, statuses ${documented.size - never.length} of ${documented.size}\n`,
);
process.exitCode = never.length === 0 && unknown.length === 0 ? 0 : 1;
