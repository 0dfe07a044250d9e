import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
beforeEach(async () => {
  test = await testApp('file::memory:', { METRICS: 'on' });
  await test.post('/barrages', CARD_NIGHT);
});
afterEach(() => test.close());

const POPULAR = '/stats?group_by=month';
const askOften = async (url: string, times = 12): Promise<void> => {
  for (let count = 0; count < times; count += 1) await test.get(url);
};
const addSource = (slug: string) => test.post('/sources', { slug, name: slug, kind: 'media' });
const remade = async (): Promise<number> =>
  Number(/^answer_cache_remade_total (\d+)$/m.exec((await test.get('/metrics')).body)?.[1]);
const untilRemade = async (count: number): Promise<void> => {
  await vi.waitFor(async () => expect(await remade()).toBe(count), { timeout: 5_000 });
};

describe('a new dataset version', () => {
  it('finds what many ask for made anew before anybody asks', async () => {
    await askOften(POPULAR);
    const before = await test.get(POPULAR);
    await addSource('wire');
    await untilRemade(1);
    const began = Date.now();
    await pause(5);
    const after = await test.get(POPULAR);
    expect(after.json().meta.dataset_version).toBe(before.json().meta.dataset_version + 1);
    expect(Date.parse(after.json().meta.generated_at)).toBeLessThanOrEqual(began);
    expect(after.headers.etag).not.toBe(before.headers.etag);
  });

  it('leaves alone what few ask for, and what is pinned', async () => {
    const { dataset_version } = (await test.get('/stats')).json().meta;
    await askOften(`/stats?as_of=${dataset_version}`);
    await askOften('/munitions', 3);
    await askOften(POPULAR);
    await addSource('wire');
    await untilRemade(1);
    await pause(100);
    expect(await remade()).toBe(1);
  });

  it('makes it anew once, when many come in a row and nobody asks between them', async () => {
    await askOften(POPULAR);
    await addSource('first');
    await untilRemade(1);
    for (let count = 0; count < 10; count += 1) {
      await addSource(`wire-${count}`);
      await pause(10);
    }
    expect(await remade()).toBe(1);
    const { dataset_version } = (await test.get('/sources')).json().meta;
    for (let times = 0; times < 2; times += 1) {
      const { meta } = (await test.get(POPULAR)).json();
      expect(meta.dataset_version).toBe(dataset_version);
    }
    await addSource('last');
    await untilRemade(2);
  });

  it('counts nobody for what the service asks itself', async () => {
    await askOften(POPULAR);
    const requests = async () =>
      /^http_requests_total\{route="\/stats",method="GET",status="200"\} (\d+)$/m.exec(
        (await test.get('/metrics')).body,
      )?.[1];
    await addSource('wire');
    const counted = await requests();
    await untilRemade(1);
    await pause(10);
    expect(Number(counted)).toBeGreaterThanOrEqual(12);
    expect(await requests()).toBe(counted);
  });
});
