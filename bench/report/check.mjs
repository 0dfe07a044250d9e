import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { regressionLine, regressions } from './committed.mjs';

const SHORT = fileURLToPath(new URL('../results/short.json', import.meta.url));
const read = (path) => JSON.parse(readFileSync(path, 'utf8')).measurements;

/** Ids of measurements whose ratio fell too far against the committed figures, or is missing. */
export const fallen = (measurements) => regressions(read(SHORT), measurements).map(({ id }) => id);

/** Holds the figures of a short run in a file against the committed ones, says what fell, and fails the process then. */
export function checkAgainstCommitted(path) {
  const found = regressions(read(SHORT), read(path));
  for (const one of found) process.stderr.write(`bench: slower: ${regressionLine(one)}\n`);
  if (found.length > 0) process.exitCode = 1;
  else process.stdout.write('No ratio fell by more than a third against the committed figures.\n');
}
