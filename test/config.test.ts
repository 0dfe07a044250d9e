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
      REQUEST_TIMEOUT_MS: 60_000,
    });
  });

  it('takes the public address without its last slash', () => {
    expect(readConfig({ PUBLIC_URL: 'https://example.org/stats/' }).PUBLIC_URL).toBe(
      'https://example.org/stats',
    );
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
