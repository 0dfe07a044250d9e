import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExistingClaim } from '../../src/importers/import-types.js';
import { planImport } from '../../src/importers/plan.js';
import { CODE_LISTS, parseText, stored, type WholeFile } from './fixtures.js';

const SHARED = path.resolve(import.meta.dirname, '../../../shared');
const isShared = existsSync(path.join(SHARED, 'data'));
const SNAPSHOTS = [
  '2023-07-23',
  '2023-10-29',
  '2024-10-13',
  '2024-11-17',
  '2025-01-12',
  '2025-05-26',
  '2026-03-01',
];

const text = (...parts: string[]): string => readFileSync(path.join(SHARED, ...parts), 'utf8');
const parsed = new Map<string, WholeFile>();
function snapshot(date: string): WholeFile {
  const known = parsed.get(date);
  if (known !== undefined) return known;
  const munitions = text('data', 'missiles_and_uavs.csv');
  const read = parseText(text('data', `missile_attacks_daily.${date}.csv`), CODE_LISTS, munitions);
  parsed.set(date, read);
  return read;
}

function tallied(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

describe.skipIf(!isShared)('snapshot of 2026-03-01 (needs ../shared)', () => {
  const oracle = isShared ? JSON.parse(text('oracle', '2026-03-01.json')) : {};
  const rows = () => snapshot('2026-03-01').rows;

  it('has the row counts of the oracle by scope, basis and time precision, and its nulls', () => {
    const precision = (moment: string) => (moment.length === 10 ? 'date' : 'clock');
    const { counts } = oracle;
    const contents = rows().map(({ content }) => content);
    expect(contents).toHaveLength(counts.rows);
    expect(tallied(contents.map(({ scope }) => scope))).toEqual(counts.rows_by_scope);
    expect(tallied(contents.map(({ basis }) => basis))).toEqual(counts.rows_by_basis);
    expect(
      tallied(contents.map((c) => `${precision(c.window_start)}/${precision(c.window_end)}`)),
    ).toEqual(counts.rows_by_time_precision);
    expect(contents.filter(({ launched }) => launched === null)).toHaveLength(counts.null_launched);
    expect(contents.filter(({ intercepted }) => intercepted === null)).toHaveLength(
      counts.null_destroyed,
    );
    expect(contents.filter(({ target }) => target === null)).toHaveLength(counts.null_target);
    expect(contents.filter((c) => c.launch_places.length === 0)).toHaveLength(
      counts.null_launch_place,
    );
    expect(new Set(contents.map(({ munition }) => munition)).size).toBe(counts.distinct_models);
    expect(snapshot('2026-03-01').published).toBe('2026-03-01');
    expect(snapshot('2026-03-01').generation).toBe('2026');
  });

  it('has the nights of the oracle, set against the dates written', () => {
    const { counts } = oracle;
    const nights = rows().map(({ barrage }) => barrage.night);
    const differ = (end: 'window_start' | 'window_end') =>
      rows().filter(({ barrage, content }) => content[end].slice(0, 10) !== barrage.night).length;
    const eras = nights.map((night) =>
      night < '2024-07-10' ? 'A' : night < '2025-07-24' ? 'B' : 'C',
    );
    expect(new Set(nights).size).toBe(counts.distinct_nights);
    expect(differ('window_end')).toBe(counts.night_ne_end_date);
    expect(differ('window_start')).toBe(counts.night_ne_start_date);
    expect(tallied(eras)).toEqual(counts.rows_by_era);
  });

  it('has the categories of the oracle', () => {
    const names: Record<string, string> = {
      uav: 'UAV',
      cruise_missile: 'cruise missile',
      ballistic_missile: 'ballistic missile',
      surface_to_air_missile: 'surface-to-air missile',
      mixed: 'surface-to-air and ballistic',
      guided_bomb: 'guided bomb',
    };
    const categories = new Map(
      [...CODE_LISTS.munitions, ...snapshot('2026-03-01').munitions].map((m) => [
        m.slug,
        m.category,
      ]),
    );
    const found = rows().map(({ content }) => categories.get(content.munition) ?? '');
    expect(tallied(found.map((category) => names[category] ?? category))).toEqual(
      oracle.counts.rows_by_category,
    );
  });

  it('flags the lines of the oracle', () => {
    const { flags } = oracle;
    for (const [name, expected] of Object.entries<{ lines?: number[] }>(flags)) {
      if (name === 'definition' || name === 'rules') continue;
      const flag = name === 'destroyed_exceeds_launched' ? 'intercepted_exceeds_launched' : name;
      const lines = rows()
        .filter((row) => row.flags.some((raised) => raised === flag))
        .map(({ line }) => line);
      expect([flag, lines]).toEqual([flag, expected.lines]);
    }
  });

  it('sums to the published and independently computed totals of the national Shahed reports', () => {
    const national = rows()
      .map(({ content }) => content)
      .filter((c) => c.munition === 'shahed-136-131' && c.scope === 'national');
    const sum = (values: (number | null)[]) =>
      values.reduce<number>((total, v) => total + (v ?? 0), 0);
    expect(national).toHaveLength(912);
    expect(sum(national.map((c) => c.launched))).toBe(78_633);
    expect(sum(national.map((c) => c.intercepted))).toBe(55_439);
  });
});

describe.skipIf(!isShared)('snapshots after each other (need ../shared)', () => {
  const pairs = isShared ? JSON.parse(text('oracle', 'revisions.json')).pairs : [];

  it.each(SNAPSHOTS)('reads every row of %s', (date) => {
    const { rows, rejects, published } = snapshot(date);
    const lines = text('data', `missile_attacks_daily.${date}.csv`).trimEnd().split('\n').length;
    expect(rejects).toEqual([]);
    expect(rows).toHaveLength(lines - 1);
    expect(published).toBe(date);
  });

  it.each(SNAPSHOTS.slice(1))('matches %s to the snapshot before it as the oracle does', (date) => {
    const oracle = pairs.find((pair: { newer: string }) => pair.newer === date);
    const older = snapshot(oracle.older);
    const existing = older.rows.map((row) => stored(row, `clm_${row.line}`));
    const plan = planImport(snapshot(date), existing, older, CODE_LISTS);
    const { matched, matched_by_pass, removed, added, backfilled, edited, fields } = oracle;
    expect(plan.matching).toEqual({
      matched,
      matched_by_pass,
      removed,
      added,
      backfilled,
      edited,
      fields,
    });
    expect(plan.retractions.map(({ claim }) => Number(claim.id.slice(4)))).toEqual(
      oracle.removed_lines,
    );
    expect(plan.rejects).toEqual([]);
    const edits = plan.corrections.filter(({ kind }) => kind === 'edited');
    const lines = edits.map(({ claim, row }) => [Number(claim.id.slice(4)), row.line]);
    const expected = oracle.edited_lines.map(([before, after]: number[]) => [before, after]);
    const sorted = (list: number[][]) => list.toSorted(([a = 0], [b = 0]) => a - b);
    expect(sorted(lines)).toEqual(sorted(expected));
  });

  it('takes all snapshots in, one after the other, and each a second time without a change', () => {
    let claims: ExistingClaim[] = [];
    let previous: WholeFile | null = null;
    for (const date of SNAPSHOTS) {
      const file = snapshot(date);
      const plan = planImport(file, claims, previous, CODE_LISTS);
      const gone = new Set([...plan.retractions, ...plan.corrections].map(({ claim }) => claim.id));
      claims = [
        ...claims.filter(({ id }) => !gone.has(id)),
        ...plan.corrections.map(({ claim, row }) => stored(row, claim.id)),
        ...plan.creations.map((row) => stored(row, `clm_${date}_${row.line}`)),
      ];
      expect(claims).toHaveLength(file.rows.length);
      const oracle = pairs.find((pair: { newer: string }) => pair.newer === date);
      if (oracle !== undefined) expect(plan.matching.fields).toEqual(oracle.fields);
      const again = planImport(file, claims, file, CODE_LISTS);
      expect([again.creations, again.corrections, again.retractions]).toEqual([[], [], []]);
      expect(again.unchanged).toBe(claims.length);
      previous = file;
    }
  });
});
