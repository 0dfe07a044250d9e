import { describe, expect, it } from 'vitest';
import { idInSeries, idSeries } from '../../src/storage/new-id.js';
import { positionOf } from '../../src/storage/row-position.js';

// As rows should sort: by night, then by line.
const PLACES: [night: string, line: number][] = [
  ['1900-01-01', 2],
  ['1969-12-31', 2_000_000_000],
  ['1970-01-01', 1],
  ['2024-09-07', 2],
  ['2024-09-07', 10],
  ['2024-09-07', 1_000_000],
  ['2024-09-08', 2],
  ['2199-12-31', 2 ** 31 - 1],
];

describe('the position of a row', () => {
  it('sorts by night and then by line, and numbers have no more digits than an id keeps for them', () => {
    const positions = PLACES.map(([night, line]) => positionOf(night, line));
    expect(positions).toEqual(positions.toSorted((one, other) => one - other));
    expect(new Set(positions).size).toBe(PLACES.length);
    expect(Math.max(...positions)).toBeLessThan(32 ** 10);
  });
});

describe('ids of things with a number', () => {
  it('are ULIDs that sort by it, each its own', () => {
    const series = idSeries('clm');
    const ids = PLACES.map(([night, line]) => idInSeries(series, positionOf(night, line)));
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(PLACES.length);
    for (const id of ids) expect(id).toMatch(/^clm_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  });

  it('differ from one import to the next', () => {
    const [one, other] = [idSeries('clm'), idSeries('clm')];
    expect(idInSeries(one, 7)).not.toBe(idInSeries(other, 7));
  });
});
