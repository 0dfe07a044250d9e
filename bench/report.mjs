// npm run bench:report: writes the tables and the chart of docs/performance.md from bench/results/results.json. With
// --check it only tells, by its exit code, whether they are there.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/setup.mjs';
import { chartOf } from './report/chart.mjs';
import { withGenerated } from './report/document.mjs';

const RESULTS = join(ROOT, 'bench/results/results.json');
const DOCUMENT = join(ROOT, 'docs/performance.md');
const CHART = join(ROOT, 'docs/performance.svg');

const results = JSON.parse(readFileSync(RESULTS, 'utf8'));
const made = new Map([
  [CHART, chartOf(results)],
  [DOCUMENT, withGenerated(readFileSync(DOCUMENT, 'utf8'), results)],
]);
// Tables are aligned when they are formatted.
const unaligned = (text) => text.replaceAll(/ +|-{2,}/g, ' ').replaceAll(' :', ':');

for (const [file, text] of made) {
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (unaligned(readFileSync(file, 'utf8')) !== unaligned(text)) {
    console.error(`${file} does not show bench/results/results.json: npm run bench:report`);
    process.exitCode = 1;
  }
}
