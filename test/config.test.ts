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
    };
    expect(() => readConfig(env)).toThrow(
      /PORT: .*DATABASE_URL: file: and a path.*LOG_LEVEL: .*DEFAULT_ATTACKER: an ISO 3166-1/,
    );
  });
});
