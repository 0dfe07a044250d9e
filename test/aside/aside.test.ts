import { mkdtempSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os, { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StatsQuery } from '../../src/analysis/stats-query.js';
import { Aside } from '../../src/aside/aside.js';
import { doWork, type WorkArguments, type WorkName } from '../../src/aside/work.js';
import { quantile } from '../../src/statistics/quantile.js';
import { REBUILD_SUMS } from '../../src/storage/claim-sums.js';
import { Database } from '../../src/storage/database.js';
import { currentVersion } from '../../src/storage/versions.js';
import { addressOf, ended, installation } from '../cli/commands.js';
import { listen } from '../support/event-stream.js';
import { makeLargeDataset } from '../support/large-dataset.js';
import { type TestApp, testApp } from '../support/test-app.js';

const PAIR = 'attacker=XXA&defender=XXB';
const CLAIMS = 5_000;
const QUESTIONS = 10;
const QUERY: StatsQuery = {
  attacker: 'XXA',
  defender: 'XXB',
  side: 'defender',
  scope: ['national'],
  basis: ['barrage'],
};

let folder: string;
let url: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'barrage-stats-aside-'));
  await makeLargeDataset(join(folder, 'barrages.db'), CLAIMS);
  url = `file:${join(folder, 'barrages.db')}`;
  const db = await Database.open(url);
  await db.write(REBUILD_SUMS);
  await db.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const trends = (test: TestApp) =>
  Array.from({ length: QUESTIONS }, (_, day) =>
    test.get(`/stats/trend?${PAIR}&from=2020-01-${day + 10}`),
  );

describe('work done aside', () => {
  it('answers what it would answer in this thread', async () => {
    const db = await Database.open(url);
    const aside = await Aside.of(db, 50);
    const { version } = await currentVersion(db);
    const { signal } = new AbortController();
    const page = { limit: 100, descending: true };
    const filter = { attackers: ['XXA'], defenders: ['XXB'] };
    const table = { version, filter, page, fields: undefined, header: true };
    const columns = ['id', 'night', 'launched'];
    const expectSame = async <N extends WorkName>(name: N, ...args: WorkArguments<N>) => {
      const here = await doWork({ db, signal }, name, args);
      expect(await aside.ask(name, ...args), name).toEqual(here);
    };
    await expectSame('trend', version, QUERY, 'interception');
    await expectSame('claims', { ...table, columns: undefined });
    await expectSame('claims', { ...table, columns });
    await expectSame('sites', { ...table, columns });
    await aside.close();
    await expect(aside.ask('claims', { ...table, columns })).rejects.toThrow('the service ends');
    await db.close();
  });

  it('is tried again after its threads could not be made, which keeps nobody from closing', async () => {
    await import('piscina');
    const db = await Database.open(url);
    const [closed, retried] = [await Aside.of(db, 1), await Aside.of(db, 1)];
    const ask = (aside: Aside) => aside.ask('trend', 1, QUERY, 'interception');
    vi.spyOn(os, 'availableParallelism').mockImplementation(() => {
      throw new Error('no more of them');
    });
    syncBuiltinESMExports();
    try {
      await expect(ask(closed)).rejects.toThrow('no more of them');
      await expect(ask(retried)).rejects.toThrow('no more of them');
    } finally {
      vi.restoreAllMocks();
      syncBuiltinESMExports();
    }
    await closed.close();
    expect(await ask(retried)).toBeDefined();
    await retried.close();
    await db.close();
  });

  it('sees what was written a moment ago', async () => {
    const test = await testApp(url);
    const lines = async (source: string) =>
      (await test.get(`/claims?${PAIR}&source=${source}&format=ndjson`)).body.split('\n').length;
    const before = await lines('xxb-staff');
    const claim = {
      ...{ source: 'xxb-staff', munition: 'synthetic-uav', launched: 3, intercepted: 2 },
      ...{ window_start: '2025-02-01', window_end: '2025-02-01', target: 'new' },
    };
    const body = { attacker: 'XXA', defender: 'XXB', claims: [claim] };
    expect((await test.post('/barrages', body)).statusCode).toBe(201);
    expect(await lines('xxb-staff')).toBe(before + 1);
    await test.close();
  });
});

/** How long each cached poll waited, one after the other, while some work was done. */
async function waitsDuring(base: string, work: () => Promise<unknown>): Promise<number[]> {
  let isDone = false;
  const waits: number[] = [];
  const working = work().finally(() => {
    isDone = true;
  });
  do {
    const asked = performance.now();
    await (await fetch(`${base}/sources`)).arrayBuffer();
    waits.push(performance.now() - asked);
    await pause(5);
  } while (!isDone);
  await working;
  return waits;
}

describe('a cached poll while ten long questions are answered', () => {
  it('hardly waits for them: in its own thread it would have to', async () => {
    const test = await testApp(url);
    const base = await listen(test.app);
    const { version } = await currentVersion(test.db);
    const tools = { db: test.db, signal: new AbortController().signal };
    await fetch(`${base}/sources`);
    const inItsThread = await waitsDuring(base, () =>
      Promise.all(
        Array.from({ length: QUESTIONS }, () =>
          doWork(tools, 'trend', [version, QUERY, 'interception']),
        ),
      ),
    );
    const aside = await waitsDuring(base, async () => {
      const answers = await Promise.all(trends(test));
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(QUESTIONS).fill(200));
    });
    const p99 = quantile(aside, 0.99) ?? Number.POSITIVE_INFINITY;
    // A ratio: a machine that does other things besides is slow at both.
    expect(p99).toBeLessThan(Math.max(...inItsThread) / 2);
    expect(aside.length).toBeGreaterThan(QUESTIONS);
    await test.close();
  });
});

describe('503 with Retry-After when too much is waiting', () => {
  it.each([
    '/stats/trend?',
    '/stats/coverage?',
    '/stats/revisions?',
    '/claims?format=csv&',
    '/debris-sites?format=ndjson&',
  ])('%s', async (path) => {
    const test = await testApp(url, { WAITING_QUESTIONS: 1 });
    const answers = await Promise.all(
      Array.from({ length: availableParallelism() + QUESTIONS }, (_, day) =>
        test.get(`${path}${PAIR}&from=2020-01-${day + 10}`),
      ),
    );
    const refused = answers.filter(({ statusCode }) => statusCode === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(answers.length);
    for (const { headers, json } of refused) {
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(json()).toMatchObject({ type: '/problems/unavailable', status: 503 });
    }
    expect((await test.get(`${path}${PAIR}`)).statusCode).toBe(200);
    await test.close();
  });
});

describe('the compiled service', () => {
  it('answers long questions and ends cleanly while others are under way', async () => {
    const { start } = installation({ DATABASE_URL: url, RATE_LIMIT_PER_MINUTE: '0' });
    const child = start('main');
    const end = ended(child);
    const base = await addressOf(child);
    const ask = (from: string) => fetch(`${base}/stats/trend?${PAIR}&from=${from}`);
    expect((await ask('2020-02-01')).status).toBe(200);
    const under = ask('2020-03-01').then(
      ({ status }) => status,
      () => 'hung up',
    );
    await pause(20);
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 0, signal: null });
    expect([200, 'hung up']).toContain(await under);
  });
});
