import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Config } from '../../src/config.js';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { rawClient } from '../support/raw-client.js';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
const start = async (settings: Partial<Config> = {}): Promise<void> => {
  test = await testApp('file::memory:', { METRICS: 'on', ...settings });
  await test.post('/barrages', CARD_NIGHT);
};
afterEach(() => test.close());

/** The value of a metric with its labels. */
const figure = async (name: string): Promise<number | undefined> => {
  const { body } = await test.get('/metrics');
  const line = body.split('\n').find((text) => text.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
};

describe('GET /metrics', () => {
  describe('200', () => {
    it('counts answers by route, method and status, whichever way they were given', async () => {
      await start();
      const ask = await rawClient(test.app);
      const { headers } = await ask('/stats?group_by=month');
      await ask('/stats?group_by=month');
      await ask('/stats?group_by=month', { headers: { 'if-none-match': String(headers['etag']) } });
      await ask('/stats?x=1');
      await ask('/nowhere');
      await ask('/%zz');
      await pause(10);
      const of = (route: string, status: number, method = 'GET') =>
        figure(`http_requests_total{route="${route}",method="${method}",status="${status}"}`);
      expect(await of('/stats', 200)).toBe(2);
      expect(await of('/stats', 304)).toBe(1);
      expect(await of('/stats', 400)).toBe(1);
      expect(await of('/barrages', 201, 'POST')).toBe(1);
      expect(await of('other', 404)).toBe(1);
      expect(await of('other', 400)).toBe(1);
      const slow = 'http_request_duration_seconds_count{route="/stats",status_class="2xx"}';
      expect(await figure(slow)).toBe(1);
    });

    it('counts what the cache gives and holds', async () => {
      await start();
      const { rawPayload, headers } = await test.get('/stats');
      const misses = await figure('answer_cache_misses_total');
      await test.get('/stats');
      await test.get('/stats', { 'if-none-match': String(headers.etag) });
      expect(await figure('answer_cache_hits_total')).toBe(2);
      expect(await figure('answer_cache_hit_bytes_total')).toBe(rawPayload.length);
      expect(await figure('answer_cache_misses_total')).toBe(misses);
      expect(await figure('answer_cache_bytes')).toBeGreaterThan(rawPayload.length);
    });

    it('tells those over the limit, the dataset version, memory and the delay of the event loop', async () => {
      await start({ RATE_LIMIT_PER_MINUTE: 4 });
      const { dataset_version } = (await test.get('/stats')).json().meta;
      expect(await figure('dataset_version')).toBe(dataset_version);
      expect(await figure('process_resident_memory_bytes')).toBeGreaterThan(1e6);
      const from = (url: string) => test.request({ url, remoteAddress: '192.0.2.9' });
      for (let count = 0; count < 6; count += 1) await from('/stats');
      const limited = 'http_requests_total{route="/stats",method="GET",status="429"} 2';
      const { body, headers } = await test.request({ url: '/metrics', remoteAddress: '192.0.2.8' });
      expect(body).toContain(limited);
      expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds [\d.e-]+$/m);
      expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
      expect(headers['cache-control']).toBe('no-store');
    });
  });

  it('400 for a parameter', async () => {
    await start();
    expect((await test.get('/metrics?x=1')).statusCode).toBe(400);
  });

  it('404 unless it was turned on', async () => {
    await start({ METRICS: 'off' });
    const answer = await test.get('/metrics');
    expect(answer.statusCode).toBe(404);
    expect(answer.json().detail).toContain('METRICS=on');
  });

  it('429 beyond the limit, like any other address', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: 1 });
    const from = () => test.request({ url: '/metrics', remoteAddress: '192.0.2.9' });
    expect([(await from()).statusCode, (await from()).statusCode]).toEqual([200, 429]);
  });
});
