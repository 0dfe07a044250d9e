// node bench/compare.mjs FILE: holds the figures of a short run against the committed ones. Ends with 1 if a ratio fell
// by more than a third.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { regressionLine, regressions } from './report/committed.mjs';

const SHORT = fileURLToPath(new URL('./results/short.json', import.meta.url));
const read = (path) => JSON.parse(readFileSync(path, 'utf8')).measurements;

const found = regressions(read(SHORT), read(process.argv[2]));
for (const one of found) process.stderr.write(`bench: slower: ${regressionLine(one)}\n`);
if (found.length > 0) process.exitCode = 1;
else process.stdout.write('No ratio fell by more than a third against the committed figures.\n');
