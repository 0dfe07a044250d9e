import { describe, expect, it } from 'vitest';
import { barrageOfRow, groupsOf, leftoversOf } from '../../src/importers/parting.js';
import { POST, parseRow, row, SOUTH_POST, stored } from './fixtures.js';

describe('barrageOfRow', () => {
  it('is that of the window, even if the rest of the row cannot be read', () => {
    expect(barrageOfRow(row({ launched: 'x' }))).toBe('rus-ukr-2024-03-05');
    expect(barrageOfRow(row({ time_start: '2024-03-05 3:30' }))).toBe('rus-ukr-2024-03-05');
    expect(barrageOfRow(row({ time_start: '' }))).toBeNull();
    expect(barrageOfRow(row({ time_end: 'soon' }))).toBeNull();
  });
});

describe('leftoversOf', () => {
  const claim = stored(parseRow({}), 'clm_1');
  const moved = parseRow({ time_end: '2024-03-05 07:00' });

  it('has no report whose rows stand on both sides with their window', () => {
    const { stored: left, file } = leftoversOf([parseRow({ launched: '12' })], [], [claim]);
    expect([[...left], [...file]]).toEqual([[], []]);
  });

  it('has the reports of both sides whose windows differ, rows that cannot be read among them', () => {
    const unread = { line: 3, raw: row({ source: SOUTH_POST, launched: 'x' }) };
    const { stored: left, file } = leftoversOf([moved], [unread], [claim]);
    expect([[...left], [...file]]).toEqual([[POST], [POST, SOUTH_POST]]);
  });

  it('always has those of detached claims, which come after all others, and never those of claims without a row', () => {
    const detached = { ...claim, import_id: null, import_line: null };
    const byHand = stored(parseRow({}), 'clm_2', { origin: 'client', raw: null });
    const { stored: left, file } = leftoversOf([parseRow({})], [], [detached, byHand]);
    expect([[...left], [...file]]).toEqual([[POST], [POST]]);
  });
});

describe('groupsOf', () => {
  it('joins what is linked, directly or through others, and leaves the rest alone', () => {
    const links = [['a', 'b'], ['c', 'd'], ['d', 'b'], ['e', 'f'], ['g'], ['b', 'a']];
    const groups = groupsOf(['a', 'x', 'e'], links).map((group) => group.toSorted());
    expect(groups.toSorted()).toEqual([['a', 'b', 'c', 'd'], ['e', 'f'], ['g'], ['x']]);
  });

  it('joins a long chain', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => String(index));
    const links = names.slice(1).map((name, index) => [String(index), name]);
    expect(groupsOf(names, links)).toHaveLength(1);
  });
});
