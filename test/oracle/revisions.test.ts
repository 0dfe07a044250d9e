import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportSummary } from '../../src/cli/import-summary.js';
import { runImport } from '../../src/cli/run-import.js';
import { daysBetween } from '../../src/domain/calendar.js';
import {
  hasShared,
  needsShared,
  type Reference,
  reference,
  SNAPSHOTS,
  snapshotJob,
} from '../support/shared-data.js';
import { type TestApp, testApp } from '../support/test-app.js';

/** The count that each column of the file becomes; `carrier`, times and places are no counts. */
const COUNT_OF: Record<string, string> = {
  launched: 'launched',
  destroyed: 'intercepted',
  not_reach_goal: 'suppressed',
  border_crossing: 'left_airspace',
  still_attacking: 'still_airborne',
  is_shahed: 'strike_uav_min',
  num_hit_location: 'hit_locations',
  num_fall_fragment_location: 'debris_locations',
  turbojet: 'turbojet',
  turbojet_destroyed: 'turbojet_intercepted',
};
const FIGURES = ['revisions', 'moved', 'filled', 'blanked', 'net_change'] as const;

describe.skipIf(!hasShared)(`/stats/revisions over the seven snapshots${needsShared}`, () => {
  let test: TestApp;
  let pairs: Reference[];
  const summaries = new Map<string, ImportSummary>();

  beforeAll(async () => {
    test = await testApp();
    ({ pairs } = reference('revisions'));
    for (const date of SNAPSHOTS) summaries.set(date, await runImport(test.db, snapshotJob(date)));
  }, 120_000);
  afterAll(() => test.close());

  const ask = async (date: string, query = ''): Promise<Reference> => {
    const version = summaries.get(date)?.dataset_version;
    return (await test.get(`/stats/revisions?as_of=${version}&${query}`)).json().data;
  };
  const total = (data: Reference, count: string, figure: string): number =>
    data.sources.reduce((sum: number, one: Reference) => sum + one.fields[count][figure], 0);

  // The reference counts changed cells of matched rows, and only in columns that both files have; the statistic counts
  // changed counts of claims that are still there. They are one number for every column of a count that both files have,
  // as long as no claim that was once changed is retracted later: in these files none is.
  it('finds in each snapshot the edits, fills and blanks of counts that the reference finds', async () => {
    let compared = 0;
    for (const { older, newer, kinds, columns_added } of pairs) {
      const [before, after] = [await ask(older), await ask(newer)];
      for (const [column, count] of Object.entries(COUNT_OF)) {
        const grown = (figure: string) =>
          total(after, count, figure) - total(before, count, figure);
        const what = `${column} from ${older} to ${newer}`;
        if (columns_added.includes(column)) {
          // What a new column tells of old rows is no edit to the reference, and can be nothing but fills.
          expect(grown('revisions'), what).toBe(grown('filled'));
          expect([grown('moved'), grown('blanked')], what).toEqual([0, 0]);
          continue;
        }
        const [edit = 0, fill = 0, blank = 0] = ['edit', 'fill', 'blank'].map(
          (kind) => kinds[`${column}:${kind}`],
        );
        expect(grown('moved'), what).toBe(edit);
        expect(grown('filled'), what).toBe(fill);
        expect(grown('blanked'), what).toBe(blank);
        expect(grown('revisions'), what).toBe(edit + fill + blank);
        compared += edit + fill + blank;
      }
    }
    // The files edit times, places and carriers by the hundred, and one count once.
    expect(compared).toBe(1);
  });

  it('counts as retracted what the reference removes', async () => {
    let removed = 0;
    for (const { newer, rows_newer, ...pair } of pairs) {
      removed += pair.removed;
      const { retracted, claims } = await ask(newer);
      expect({ retracted, claims }, newer).toEqual({ retracted: removed, claims: rows_newer });
    }
  });

  it('finds the one bundle whose launches were raised, and dates it by its file', async () => {
    const { why } = reference('revisions').as_of.cruise_all_rows_nights_of_2024_08;
    const [, night = '', from, to] =
      /of (\S+) was raised from (\d+) to (\d+) launched/.exec(why) ?? [];
    const [first, now] = [Number(from), Number(to)];
    const change = now - first;
    const query = `category=cruise_missile&from=${night}&to=${night}`;
    const none = await ask('2025-01-12', query);
    expect(FIGURES.map((figure) => total(none, 'launched', figure))).toEqual([0, 0, 0, 0, 0]);
    const found = await ask('2025-05-26', query);
    expect(FIGURES.map((figure) => total(found, 'launched', figure))).toEqual([1, 1, 0, 0, change]);
    const age = daysBetween(night, '2025-05-26');
    expect(age > 90 && age <= 365).toBe(true);
    const [{ fields }] = found.sources.filter((one: Reference) => one.fields.launched.moved > 0);
    expect(fields.launched).toMatchObject({
      revisions_by_age: { '0-7': 0, '8-30': 0, '31-90': 0, '91-365': 1, over_365: 0 },
      largest_absolute_change: { night, first, now, change },
      mean_absolute_change: change,
      median_absolute_change: change,
    });
  });

  it('ends with the headline that /stats gives, and begins with the one less what was moved', async () => {
    const { values } = reference('revisions').as_of.cruise_all_rows_nights_of_2024_08;
    for (const date of SNAPSHOTS) {
      const version = summaries.get(date)?.dataset_version;
      for (const query of ['', 'munition=shahed-136-131', 'category=cruise_missile']) {
        const { interception } = await ask(date, query);
        const { data } = (await test.get(`/stats?as_of=${version}&${query}`)).json();
        const { claims, now, first, difference } = interception;
        // No file gives or takes back either count later, so the same claims count at both ends.
        expect({ claims, ...now }).toMatchObject({
          claims: data.claims,
          launched: data.launched,
          intercepted: data.intercepted,
          value: data.rates.interception.value,
        });
        // The only count that any file changes: August 2024 as it is by then, less as it was when it first came.
        const raised =
          query === 'munition=shahed-136-131' || values[date] === null
            ? 0
            : values[date].launched - values['2024-10-13'].launched;
        expect(now.launched - first.launched, `${date} ${query}`).toBe(raised);
        expect(difference).toBe(now.value - first.value);
      }
    }
  });
});
