import { describe, expect, it } from 'vitest';
import type { Cells } from '../../src/importers/import-types.js';
import { differingColumns, matchRows } from '../../src/importers/match.js';
import { normaliseRow } from '../../src/importers/piterfm-cells.js';
import { type Row, row } from './fixtures.js';

const cells = (...changes: Row[]): Cells[] => changes.map((change) => normaliseRow(row(change)));
const placed = (rows: Cells[]) => rows.map((cells, place) => ({ cells, place }));
const match = (older: Cells[], newer: Cells[]) => matchRows(placed(older), placed(newer));
const passes = (older: Cells[], newer: Cells[]) =>
  match(older, newer).pairs.map((pair) => [pair.older.place, pair.newer.place, pair.pass]);

describe('matchRows', () => {
  it.each<[string, Row]>([
    ['natural_key', { launched: '11', carrier: 'x' }],
    ['source_model_target', { time_end: '2024-03-05 07:00' }],
    ['source_model', { target: 'south', launch_place: 'A oblast' }],
    ['time_model_target', { source: 'kpszsu/posts/other' }],
  ])('pairs by %s', (pass, change) => {
    expect(passes(cells({}), cells(change))).toEqual([[0, 0, pass]]);
  });

  it('leaves rows alone that share no key', () => {
    const { pairs, removed, added } = match(cells({}), cells({ model: 'Lancet', target: 'south' }));
    expect([pairs.length, removed.length, added.length]).toEqual([0, 1, 1]);
  });

  it('pairs nothing where a key stands on different numbers of rows', () => {
    const older = cells({ launch_place: 'A' });
    const newer = cells({ launch_place: 'B' }, { launch_place: 'C' });
    const { pairs, removed, added } = match(older, newer);
    expect([pairs.length, removed.length, added.length]).toEqual([0, 1, 2]);
  });

  it('pairs equal numbers of rows in the order of times, launch place and counts, null first', () => {
    const older = cells({ launched: '3' }, { launched: '' }, { launched: '20' });
    const newer = cells({ launched: '21' }, { launched: '4' }, { launched: '2' });
    expect(passes(older, newer)).toEqual([
      [1, 2, 'natural_key'],
      [0, 1, 'natural_key'],
      [2, 0, 'natural_key'],
    ]);
  });

  it('orders text after numbers', () => {
    const older = cells({ launched: 'many' }, { launched: '3' });
    const newer = cells({ launched: '3' }, { launched: 'many' });
    expect(passes(older, newer)).toEqual([
      [1, 0, 'natural_key'],
      [0, 1, 'natural_key'],
    ]);
  });

  it('never lets the order of the file decide, even between rows equal in all ordering columns', () => {
    const variants = [
      { carrier: 'a' },
      { carrier: 'b', destroyed_details: "{'x': 2}" },
      { carrier: 'b', destroyed_details: "{'x': 1}" },
      { carrier: 'b' },
    ];
    const older = cells(...variants);
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [1, 3, 0, 2],
    ]) {
      const newer = order.flatMap((place) => cells(variants[place] ?? {}));
      const { pairs } = match(older, newer);
      expect(pairs.map((pair) => pair.newer.cells)).toEqual(pairs.map((pair) => pair.older.cells));
    }
  });

  it('pairs rows that are the same in every cell', () => {
    expect(match(cells({}, {}), cells({}, {})).pairs).toHaveLength(2);
  });
});

describe('differingColumns', () => {
  it('compares values, not their text, and reads an absent column as null', () => {
    const [one = {}] = cells({ launched: '93', destroyed_details: "{'a': 1, 'b': NaN}" });
    const [other = {}] = cells({
      launched: '93.0',
      destroyed_details: "{'b': NaN,   'a': 1.0}",
      carrier: 'x',
    });
    const columns = ['launched', 'destroyed_details', 'carrier', 'turbojet'];
    expect(differingColumns(one, other, columns)).toEqual(['carrier']);
    expect(differingColumns({ a: [1] }, { a: { 0: 1 } }, ['a'])).toEqual(['a']);
    expect(differingColumns({ a: { b: 1 } }, { a: { c: 1 } }, ['a'])).toEqual(['a']);
    expect(differingColumns({ a: [1] }, { a: [1, 2] }, ['a'])).toEqual(['a']);
  });
});
