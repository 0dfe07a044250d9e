// npm run spec:breaking [-- COMMIT]: openapi.yaml against that of a commit, for whoever built on it; without one,
// against the last release, or the last commit while there is none.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { breaksBetween, unannounced } from './compare-specifications.mjs';
import { ROOT } from './setup.mjs';

const git = (...args) =>
  spawnSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 28 });
const released = git('describe', '--tags', '--abbrev=0').stdout.trim();
const base = process.argv[2] ?? (released || 'HEAD');
const { status, stdout, stderr } = git('show', `${base}:openapi.yaml`);
if (status !== 0) {
  process.stderr.write(`breaking: ${stderr}`);
  process.exit(1);
}
const read = (name) => readFileSync(join(ROOT, name), 'utf8');
const breaks = breaksBetween(parse(stdout), parse(read('openapi.yaml')));
const hidden = unannounced(breaks, read('CHANGELOG.md'));
for (const text of breaks) {
  process.stdout.write(`${hidden.includes(text) ? 'not announced' : 'announced'}: ${text}\n`);
}
process.stdout.write(
  `breaking: ${breaks.length} against ${base}, ${hidden.length} of them without a line "**Breaking:** \`/path\` …" under Unreleased in CHANGELOG.md\n`,
);
process.exitCode = hidden.length === 0 ? 0 : 1;
