import { expect, it } from 'vitest';
import { Durations } from '../../src/http/durations.js';

const of = (...seconds: number[]): Durations => {
  const durations = new Durations();
  for (const one of seconds) durations.observe(one);
  return durations;
};

it('counts in each bucket what took at most so long, and in the last one all', () => {
  const all = of(0.0005, 0.001, 0.02);
  all.add(of(0.001, 11));
  const values = all.valuesOf('x', { route: '/stats' });
  const upTo = (le: number | string) =>
    values.find(({ metricName, labels }) => metricName === 'x_bucket' && labels['le'] === le);
  expect(upTo(0.001)).toEqual({
    metricName: 'x_bucket',
    labels: { le: 0.001, route: '/stats' },
    value: 3,
  });
  expect([0.01, 0.025, 10, '+Inf'].map((le) => upTo(le)?.value)).toEqual([3, 4, 4, 5]);
  expect(values.slice(-2)).toEqual([
    { metricName: 'x_sum', labels: { route: '/stats' }, value: expect.closeTo(11.0225, 9) },
    { metricName: 'x_count', labels: { route: '/stats' }, value: 5 },
  ]);
});

it('is empty before anything was counted', () => {
  expect([of().isEmpty, of(1).isEmpty]).toEqual([true, false]);
});
