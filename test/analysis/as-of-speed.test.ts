import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import { median } from '../../src/statistics/median.js';
import { commit } from '../../src/storage/commit.js';
import { currentVersion } from '../../src/storage/versions.js';
import { barrageRow, CAUSE, claimRow, munitionRow, sourceRow } from '../storage/fixtures.js';
import { type TestApp, testApp } from '../support/test-app.js';

const CLAIMS = 2_000;
const VERSIONS = 50;
const CORRECTED_PER_VERSION = 200;
const ROUNDS = 9;
const WARM_UP = 3;
/** Old versions are to be as fast as today's; a machine that does other things besides is given this much. */
const AT_MOST = 3;

const nightOf = (index: number): string => addDays('2023-01-01', Math.floor(index / 2));
const content = (index: number, version: number) =>
  claimRow({
    id: `clm_${String(index).padStart(26, '0')}`,
    barrage_id: `xxa-xxb-${nightOf(index)}`,
    target: `t${index}`,
    launched: 20 + (version % 7),
    intercepted: 10,
  });

let test: TestApp;
let early: number;
let latest: number;
beforeAll(async () => {
  test = await testApp();
  await commit(test.db, CAUSE, async (draft) => {
    draft.create('source', sourceRow());
    draft.create('munition', munitionRow());
    for (let index = 0; index < CLAIMS; index += 2)
      draft.create('barrage', barrageRow(nightOf(index)));
    for (let index = 0; index < CLAIMS; index += 1) draft.create('claim', content(index, 0));
  });
  early = (await currentVersion(test.db)).version;
  const revisions = new Map<number, number>();
  const step = CLAIMS / CORRECTED_PER_VERSION;
  for (let version = 1; version < VERSIONS; version += 1) {
    await commit(test.db, CAUSE, async (draft) => {
      for (let nth = 0; nth < CORRECTED_PER_VERSION; nth += 1) {
        const index = (version * 37 + nth * step) % CLAIMS;
        const revision = revisions.get(index) ?? 1;
        draft.correct('claim', content(index, version), revision, ['launched']);
        revisions.set(index, revision + 1);
      }
    });
  }
  latest = (await currentVersion(test.db)).version;
}, 120_000);
afterAll(() => test.close());

describe(`an answer as of the first of ${VERSIONS} versions of ${CLAIMS} claims`, () => {
  const timed = async (url: string): Promise<number> => {
    const start = performance.now();
    const response = await test.app.inject(url);
    const took = performance.now() - start;
    expect(response.statusCode).toBe(200);
    return took;
  };

  it.each([
    '/stats?',
    '/stats?group_by=month&',
    '/stats/series?',
    '/claims?',
    '/claims?limit=500&',
  ])('comes as fast as one of today: %s', async (path) => {
    // Another window each time, with the same claims in it: what was asked before is not computed again.
    const at = (version: number, round: number) =>
      `${path}attacker=XXA&defender=XXB&from=${addDays('2000-01-01', round)}&as_of=${version}`;
    const old: number[] = [];
    const today: number[] = [];
    // In turn, so that whatever else the machine does falls on both alike.
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const pair = [await timed(at(early, round)), await timed(at(latest, round))] as const;
      if (round < WARM_UP) continue;
      old.push(pair[0]);
      today.push(pair[1]);
    }
    const ratio = (median(old) ?? 0) / (median(today) ?? 0);
    expect(ratio, `${median(old)} ms for ${median(today)} ms`).toBeLessThan(AT_MOST);
  });

  it('rests on as many claims then as now, and says what was said then', async () => {
    const ask = async (version: number) =>
      (await test.get(`/stats?attacker=XXA&defender=XXB&as_of=${version}`)).json().data;
    const [then, now] = [await ask(early), await ask(latest)];
    expect([then.claims, now.claims]).toEqual([CLAIMS, CLAIMS]);
    expect(then.launched).toBe(20 * CLAIMS);
    expect(now.launched).toBeGreaterThan(then.launched);
  });
});
