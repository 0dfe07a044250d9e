import { describe, expect, it } from 'vitest';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { Unavailable } from '../../bench/contenders/field.mjs';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { measure } from '../../bench/measures/interleave.mjs';

const field = { size: '5k', options: { rounds: 3 } };
type Round = (field: object, name: string) => Promise<object>;
const definition = (contenders: string[], round: Round, more: object = {}) => ({
  ...{ id: 'poll_hit', title: 'a poll', unit: 'answers/s', better: 'higher', yardstick: 'bare' },
  ...{ contenders, round, ...more },
});

describe('a measurement', () => {
  it('takes turns, round by round', async () => {
    const turns: string[] = [];
    const round = async (_: object, name: string) => ({ value: turns.push(name) });
    await measure(definition(['service', 'bare'], round), field);
    expect(turns).toEqual(['service', 'bare', 'service', 'bare', 'service', 'bare']);
  });

  it('gives figures, ratios, and what else was seen of the service', async () => {
    const round = async (_: object, name: string) =>
      name === 'service' ? { value: 50, cpu_us: 20, server_ms: 7 } : { value: 100, cpu_us: 5 };
    const { figures, ratios, cpu_ratios, besides } = await measure(
      definition(['service', 'bare'], round),
      field,
    );
    expect(figures.service.median).toBe(50);
    expect(ratios.bare.median).toBe(0.5);
    expect(cpu_ratios.bare.median).toBe(0.25);
    expect(besides).toEqual({ server_ms: { median: 7, low: 7, high: 7 } });
  });

  it('goes on without a contender that fails, and tells why', async () => {
    let asked = 0;
    const round = async (_: object, name: string) => {
      if (name !== 'peer') return { value: 1 };
      asked += 1;
      throw new Error('answered 500 × 3');
    };
    const { figures, unavailable } = await measure(definition(['service', 'peer'], round), field);
    expect(asked).toBe(1);
    expect(unavailable).toEqual({ peer: 'answered 500 × 3' });
    expect(Object.keys(figures)).toEqual(['service']);
  });

  it('ends when the service itself fails: that is no figure', async () => {
    const round = async () => Promise.reject(new Error('answered 409'));
    await expect(measure(definition(['service'], round), field)).rejects.toThrow('answered 409');
    const absent = async () => Promise.reject(new Unavailable('did not start'));
    const { unavailable } = await measure(definition(['service'], absent), field);
    expect(unavailable).toEqual({ service: 'did not start' });
  });

  it('has no more rounds than it says', async () => {
    const round = async () => ({ value: 1 });
    const { details } = await measure(definition(['service'], round, { most_rounds: 1 }), field);
    expect(details.service).toHaveLength(1);
  });
});
