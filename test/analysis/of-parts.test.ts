import { expect, it, vi } from 'vitest';
import { OfParts } from '../../src/analysis/of-parts.js';
import type { CodeListsAt } from '../../src/storage/code-list-store.js';
import type { KeptMonth } from '../../src/storage/kept-sums.js';

// What a month holds does not matter here, nor what the lists say.
const month = (name: string) => ({ month: name }) as KeptMonth;
const lists = {} as CodeListsAt;
const MONTHS = [month('2024-01'), month('2024-02')];

function held(size: number) {
  const make = vi.fn((one: KeptMonth) => ({ of: one.month, size: 4 }));
  const months = new OfParts<KeptMonth, ReturnType<typeof make>>(
    { names: 3, size },
    (made) => made.size,
  );
  const ask = (name: string): number => {
    make.mockClear();
    const of = months.of(lists, name, make);
    expect(MONTHS.map((one) => of(one).of)).toEqual(['2024-01', '2024-02']);
    return make.mock.calls.length;
  };
  return ask;
}

it('works a month out once for each name', () => {
  const ask = held(100);
  expect([ask('a'), ask('a'), ask('b'), ask('a')]).toEqual([2, 0, 2, 0]);
});

it('drops what was not asked for longest when all together are too large, or too many', () => {
  const tight = held(20);
  expect([tight('a'), tight('b'), tight('a'), tight('c'), tight('a')]).toEqual([2, 2, 0, 2, 0]);
  expect(tight('b')).toBe(2);
  const few = held(100);
  for (const name of ['a', 'b', 'c', 'd']) few(name);
  expect([few('d'), few('a')]).toEqual([0, 2]);
});

it('holds nothing that is too large by itself, and nothing is lost for it', () => {
  const ask = held(6);
  expect([ask('a'), ask('a')]).toEqual([2, 2]);
});
