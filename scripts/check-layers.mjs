// npm run layers [-- FOLDER]: imports point one way. Fails on a violation, and when it did not read every file.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './setup.mjs';

const cwd = process.argv[2] ?? ROOT;
const { stdout, stderr } = spawnSync(
  process.execPath,
  [
    join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
    ...['--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src'],
  ],
  { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 },
);

function fail(message) {
  process.stderr.write(`layers: ${message}\n`);
  process.exit(1);
}

let result;
try {
  result = JSON.parse(stdout);
} catch {
  fail(stderr || 'the check did not run');
}
const source = join(cwd, 'src');
const files = existsSync(source)
  ? readdirSync(source, { recursive: true }).filter((name) => name.endsWith('.ts'))
  : [];
const read = result.modules.filter((module) => module.source.startsWith('src/')).length;
if (files.length === 0 || read < files.length) fail(`read ${read} of ${files.length} files`);
for (const { rule, from, to } of result.summary.violations) {
  process.stdout.write(`${rule.name}: ${from} -> ${to}\n`);
}
if (result.summary.violations.length > 0) fail(`${result.summary.violations.length} violations`);
process.stdout.write(`layers: ${read} files, no violation\n`);
