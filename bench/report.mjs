// npm run bench:report: writes the tables and the chart of docs/performance.md from bench/results/results.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/setup.mjs';
import { chartOf } from './report/chart.mjs';
import { withGenerated } from './report/document.mjs';

const RESULTS = join(ROOT, 'bench/results/results.json');
const DOCUMENT = join(ROOT, 'docs/performance.md');
const CHART = join(ROOT, 'docs/performance.svg');

const results = JSON.parse(readFileSync(RESULTS, 'utf8'));
writeFileSync(CHART, chartOf(results));
writeFileSync(DOCUMENT, withGenerated(readFileSync(DOCUMENT, 'utf8'), results));
