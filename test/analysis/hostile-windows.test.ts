import { beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import { analysis, type Said } from './fixtures.js';

const STATISTICS = [
  '/stats',
  '/stats/series',
  '/stats/trend',
  '/stats/compare',
  '/stats/salvo-size',
  '/stats/records',
  '/stats/coverage',
  '/stats/decoys',
];
const OPTIONS: Record<string, string[]> = {
  '/stats': ['', 'group_by=month,munition', 'group_by=launch_place'],
  '/stats/series': ['', 'rolling=7&ewma=0.2&fill=empty', 'bucket=year&measure=neutralisation'],
  '/stats/trend': ['', 'measure=neutralisation', 'measure=non_penetration'],
  '/stats/compare': [
    'a_to=2024-03-31&b_from=2024-04-01',
    'a_munition=lancet&measure=neutralisation',
    'a_side=defender&b_side=attacker',
  ],
};

type Night = [night: string, said?: Said];
const nights = (first: string, count: number, said: (index: number) => Said): Night[] =>
  Array.from({ length: count }, (_, index) => [addDays(first, index), said(index)]);

/** Datasets that have broken statistics before. */
const WINDOWS: Record<string, Night[]> = {
  'no claims': [],
  'one night': [['2024-03-01', { launched: 10, intercepted: 7 }]],
  'launched 0': nights('2024-03-01', 5, () => ({ launched: 0, intercepted: 0 })),
  'all intercepted': nights('2024-02-01', 100, (i) => ({ launched: i + 1, intercepted: i + 1 })),
  'none intercepted': nights('2024-02-01', 100, (i) => ({ launched: i + 1, intercepted: 0 })),
  'all suppressed': nights('2024-01-01', 40, () => ({
    launched: 9,
    intercepted: 0,
    suppressed: 9,
  })),
  'the same rate every night': nights('2024-02-01', 100, () => ({ launched: 10, intercepted: 5 })),
  'nothing known': nights('2024-03-01', 3, () => ({ hit_locations: 1 })),
  'kills only': nights('2024-03-01', 5, () => ({ launched: 3, intercepted: 3, basis: 'tally' })),
  'impossible claims': nights('2024-03-01', 30, (i) => ({
    launched: 5,
    intercepted: 5 + (i % 3),
    suppressed: 4,
    strike_uav_min: 9,
  })),
  'one day across a break': [
    ['2024-06-30', { launched: 10, intercepted: 7, suppressed: 1 }],
    ['2024-07-01', { launched: 10, intercepted: 9 }],
  ],
};

const CASES = Object.keys(WINDOWS).flatMap((name) =>
  STATISTICS.map((path) => [name, path] as const),
);

describe('hostile windows', () => {
  const built = new Map<string, Awaited<ReturnType<typeof analysis>>>();
  beforeAll(async () => {
    for (const [name, claims] of Object.entries(WINDOWS)) {
      const test = await analysis({ keepOpen: true });
      await test.era({ code: 'A', to_night: '2024-06-30' });
      await test.era({ code: 'B', from_night: '2024-07-01', breaks: ['interception'] });
      for (const [night, said] of claims) await test.claim(night, said);
      built.set(name, test);
    }
    return async () => {
      for (const test of built.values()) await test.close();
    };
  }, 120_000);

  it.each(CASES)('%s: %s answers 200 with nulls and reasons, never NaN', async (name, path) => {
    const test = built.get(name);
    for (const options of OPTIONS[path] ?? ['']) {
      for (const window of [
        '',
        'from=2024-03-01&to=2024-03-01',
        'from=2015-01-01&to=2024-12-31',
        'to=2001-01-01',
      ]) {
        if (path === '/stats/compare' && options.includes('a_to') && window !== '') continue;
        const data = await test?.ask(path, `${options}&${window}`.replace(/^&|&$/g, ''));
        expect(JSON.stringify(data)).not.toMatch(/NaN|Infinity/);
      }
    }
  });
});
