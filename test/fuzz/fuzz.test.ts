import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadDemo } from '../../src/demo/load-demo.js';
import { type TestApp, testApp } from '../support/test-app.js';
import { Campaign, type Report } from './campaign.js';

const SEED = Number(process.env['FUZZ_SEED'] ?? 20240907);
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 12);

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
  await loadDemo(test.db);
});
afterAll(() => test.close());

function told({ requests, answers, findings }: Report): string {
  const lines = [...answers].map(([operation, byStatus]) => {
    const counts = [...byStatus].toSorted(([a], [b]) => a - b);
    const sum = counts.reduce((total, [, count]) => total + count, 0);
    return `  ${operation}: ${sum} (${counts.map(([status, count]) => `${count} × ${status}`).join(', ')})`;
  });
  return [
    `fuzz: ${requests} requests, FUZZ_SEED=${SEED}, ${findings.size} findings`,
    ...lines,
    ...findings.values(),
  ].join('\n');
}

it(
  'is what the specification says, whatever is asked',
  async () => {
    const campaign = await Campaign.open(test);
    await campaign.run(SEED, SECONDS);
    console.log(told(campaign.report));
    expect([...campaign.report.findings.values()]).toEqual([]);
  },
  1000 * (SECONDS + 60),
);
