import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      HOST: '127.0.0.1',
      PORT: 3000,
      DATABASE_URL: 'file:./data/barrages.db',
      LOG_LEVEL: 'info',
      DEFAULT_ATTACKER: 'RUS',
      DEFAULT_DEFENDER: 'UKR',
      DEMO_DATA: 'on',
      FEED_LISTENERS: 1_000,
      FEED_HEARTBEAT_MS: 15_000,
      FEED_POLL_MS: 1_000,
      WAITING_QUESTIONS: 50,
      RATE_LIMIT_PER_MINUTE: 600,
      RATE_LIMIT_KEYED_PER_MINUTE: 3_000,
      TRUST_PROXY: [],
      CACHE_MB: 8,
      LOG_UNCHANGED_EVERY: 100,
      METRICS: 'off',
      SHUTDOWN_SECONDS: 10,
      REQUEST_TIMEOUT_MS: 60_000,
    });
  });

  it('takes the public address without its last slash', () => {
    expect(readConfig({ PUBLIC_URL: 'https://example.org/stats/' }).PUBLIC_URL).toBe(
      'https://example.org/stats',
    );
  });

  it('takes 0 for no limit of requests', () => {
    expect(readConfig({ RATE_LIMIT_PER_MINUTE: '0' }).RATE_LIMIT_PER_MINUTE).toBe(0);
    for (const wrong of ['-1', '00', '1.5', '', '100000001']) {
      expect(() => readConfig({ RATE_LIMIT_PER_MINUTE: wrong })).toThrow(/RATE_LIMIT_PER_MINUTE/);
    }
  });

  it('takes proxies by name, address and network, and cannot be told to trust everybody', () => {
    const proxiesOf = (text: string) => readConfig({ TRUST_PROXY: text }).TRUST_PROXY;
    expect(proxiesOf('off')).toEqual([]);
    expect(proxiesOf('loopback')).toEqual(['loopback']);
    expect(proxiesOf('10.0.0.0/8, ::1')).toEqual(['10.0.0.0/8', '::1']);
    for (const wrong of [
      '',
      'on',
      'true',
      '1',
      '10.0.0.0/33',
      '::/0',
      '0.0.0.0/0',
      '10.0.0.1/8/8',
    ]) {
      expect(() => proxiesOf(wrong), wrong).toThrow(/TRUST_PROXY/);
    }
  });

  it('names every variable that is wrong, and the rule', () => {
    const env = {
      PORT: '70000',
      DATABASE_URL: 'postgres://x',
      LOG_LEVEL: 'loud',
      DEFAULT_ATTACKER: 'ru',
      FEED_LISTENERS: '0',
      FEED_HEARTBEAT_MS: '15s',
    };
    expect(() => readConfig(env)).toThrow(
      /PORT: .*DATABASE_URL: file: and a path.*LOG_LEVEL: .*DEFAULT_ATTACKER: an ISO 3166-1.*FEED_LISTENERS: a whole number from 1 to 100000.*FEED_HEARTBEAT_MS: /,
    );
  });
});
