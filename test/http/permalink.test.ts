import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadDemo } from '../../src/demo/load-demo.js';
import { temporaryFolder } from '../storage/fixtures.js';
import { downloadDataset } from '../support/download.js';
import { importRows, marchNight } from '../support/import-rows.js';
import { type TestApp, testApp } from '../support/test-app.js';

let open: TestApp[] = [];
afterEach(async () => {
  for (const test of open) await test.close();
  open = [];
});
async function start(url?: string): Promise<TestApp> {
  const test = await testApp(url);
  open.push(test);
  return test;
}
async function stop(test: TestApp): Promise<void> {
  open = open.filter((one) => one !== test);
  await test.close();
}

const PAIR = 'attacker=XXA&defender=XXB';
const QUESTIONS = [
  '/stats',
  '/stats?group_by=munition,month',
  `/stats?${PAIR}&group_by=era`,
  `/stats/series?${PAIR}&bucket=month&rolling=30`,
  `/stats/series?${PAIR}&bucket=month&group_by=munition`,
  `/stats/trend?${PAIR}`,
  `/stats/compare?${PAIR}&a_to=2023-12-31&b_from=2024-01-01`,
  `/stats/salvo-size?${PAIR}`,
  `/stats/records?${PAIR}`,
  `/stats/coverage?${PAIR}`,
  `/stats/decoys?${PAIR}`,
];

/** The bytes of `data` as they were sent. */
const dataOf = (body: string): string => {
  const end = body.lastIndexOf(',"meta":');
  expect(body.startsWith('{"data":') && end > 0).toBe(true);
  return body.slice('{"data":'.length, end);
};

interface Cited {
  permalink: string;
  digest: string;
  data: string;
}

async function citedAnswers(test: TestApp): Promise<Cited[]> {
  const cited: Cited[] = [];
  for (const question of QUESTIONS) {
    const { body, statusCode } = await test.get(question);
    expect(statusCode, question).toBe(200);
    const { permalink, digest } = JSON.parse(body).meta.citation;
    cited.push({ permalink, digest, data: dataOf(body) });
  }
  return cited;
}

async function expectSame(test: TestApp, cited: readonly Cited[]): Promise<void> {
  for (const { permalink, digest, data } of cited) {
    const { body } = await test.get(permalink);
    expect(dataOf(body), permalink).toBe(data);
    expect(JSON.parse(body).meta.citation).toMatchObject({ permalink, digest });
  }
}

/** Whether anything of what was cited is answered otherwise today: else nothing would have been proved. */
async function movedOn(test: TestApp, cited: readonly Cited[]): Promise<number> {
  const now = await citedAnswers(test);
  return now.filter(({ data }, index) => data !== cited[index]?.data).length;
}

async function writeMore(test: TestApp): Promise<void> {
  for (const pair of ['attacker=RUS&defender=UKR', PAIR]) {
    const { data } = (await test.get(`/claims?${pair}&limit=3`)).json();
    const patch = { intercepted: 0, reason: 'a test' };
    const corrected = await test.patch(`/claims/${data[0].id}`, patch);
    expect(corrected.statusCode, corrected.body).toBe(200);
  }
  const { data } = (await test.get(`/barrages?${PAIR}&sort=night&limit=1`)).json();
  expect((await test.retract(`/barrages/${data[0].id}`)).statusCode).toBe(204);
}

describe('a permalink', () => {
  it('answers the same data, byte for byte, after later writes, a restart, imports and a restore', async () => {
    const url = `file:${join(temporaryFolder(), 'permalinks.db')}`;
    const first = await start(url);
    await loadDemo(first.db);
    const cited = await citedAnswers(first);

    await writeMore(first);
    await expectSame(first, cited);
    // All but the decoys: the claims that were corrected say nothing of strike UAVs.
    expect(await movedOn(first, cited)).toBeGreaterThanOrEqual(cited.length - 1);

    await stop(first);
    const second = await start(url);
    await expectSame(second, cited);

    await importRows(
      second.db,
      [marchNight('05'), marchNight('06'), marchNight('07')],
      'first.csv',
    );
    const afterImport = await citedAnswers(second);
    await importRows(
      second.db,
      [marchNight('06', { launched: '12.0' }), marchNight('07')],
      'second.csv',
    );
    expect(await movedOn(second, afterImport)).toBeGreaterThan(0);
    await importRows(
      second.db,
      [marchNight('05'), marchNight('06'), marchNight('07')],
      'third.csv',
    );
    await expectSame(second, cited);
    await expectSame(second, afterImport);

    const restored = await start(await downloadDataset(second));
    await expectSame(restored, cited);
    await expectSame(restored, afterImport);
    await writeMore(restored);
    await expectSame(restored, cited);
  }, 120_000);
});
