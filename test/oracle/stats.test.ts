import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runImport } from '../../src/cli/run-import.js';
import { slugOf } from '../../src/domain/slug.js';
import {
  hasShared,
  needsShared,
  type Reference,
  reference,
  snapshotJob,
} from '../support/shared-data.js';
import { type TestApp, testApp } from '../support/test-app.js';

const TOLERANCE = 1e-9;
const CATEGORIES: Record<string, string> = {
  UAV: 'uav',
  'ballistic missile': 'ballistic_missile',
  'cruise missile': 'cruise_missile',
  'guided bomb': 'guided_bomb',
  'surface-to-air and ballistic': 'mixed',
  'surface-to-air missile': 'surface_to_air_missile',
  uncategorised: 'uncategorised',
};
const EVERYTHING = 'scope=national,regional,other&basis=barrage,tally';
const NATIONAL = 'scope=national&basis=barrage,tally';

function expectClose(actual: number | null, expected: number | null, what: string): void {
  if (actual === null || expected === null) {
    expect(actual, what).toBe(expected);
    return;
  }
  const scale = Math.max(Math.abs(expected), Number.MIN_VALUE);
  expect(
    Math.abs(actual - expected) / scale,
    `${what}: ${actual} is ${expected}`,
  ).toBeLessThanOrEqual(TOLERANCE);
}

function expectInterval(actual: number[] | null, expected: number[] | null, what: string): void {
  expect(actual === null, what).toBe(expected === null);
  for (const end of [0, 1]) expectClose(actual?.[end] ?? null, expected?.[end] ?? null, what);
}

const COUNTS: [string, string][] = [
  ['claims', 'rows_used'],
  ['launched', 'launched'],
  ['intercepted', 'destroyed'],
  ['launched_all', 'launched_volume'],
  ['suppressed', 'suppressed'],
  ['still_airborne', 'still_attacking'],
  ['left_airspace', 'border_crossing'],
  ['unaccounted', 'unaccounted'],
];

/** A summary equals a pooled record: counts exactly, rates and intervals to 1e-9 relative. */
function expectPooled(summary: Reference, record: Reference, what: string): void {
  // An empty sum is null with us and 0 in the reference, which counts no claim either way.
  const empty = record.rows_used === 0;
  for (const [ours, theirs] of COUNTS) {
    if (theirs in record && !(empty && record[theirs] === 0)) {
      expect(summary[ours], `${what} ${ours}`).toBe(record[theirs]);
    }
  }
  const { interception, neutralisation } = summary.rates;
  if (interception.reason === 'tally_only') return;
  expectClose(interception.value, record.shot_down_rate, `${what} interception`);
  if ('shot_down_wilson95' in record) {
    expectInterval(interception.wilson, record.shot_down_wilson95, `${what} wilson`);
    expectClose(neutralisation.value, record.neutralised_rate, `${what} neutralisation`);
    expectInterval(neutralisation.wilson, record.neutralised_wilson95, `${what} wilson`);
    if (!empty) {
      expectClose(
        summary.suppressed_reported_share,
        record.suppressed_reported_share_of_launched,
        what,
      );
    }
  }
}

describe.skipIf(!hasShared)(`/stats over the snapshot of 2026-03-01${needsShared}`, () => {
  let test: TestApp;
  let oracle: Reference;

  beforeAll(async () => {
    test = await testApp();
    oracle = reference('2026-03-01');
    await runImport(test.db, snapshotJob('2026-03-01'));
  }, 60_000);
  afterAll(() => test.close());

  const stats = async (query: string): Promise<Reference> =>
    (await test.get(`/stats?${query}`)).json().data;

  async function expectGroups(
    query: string,
    key: string,
    records: Reference,
    nameOf = (name: string) => name,
  ) {
    const { groups } = await stats(`${query}&group_by=${key}`);
    const found = new Map(
      groups
        .filter((g: Reference) => g.claims > 0 || g.launched_all !== null)
        .map((g: Reference) => [g.key[key], g]),
    );
    const names = Object.keys(records);
    expect(found.size).toBe(names.length);
    for (const name of names)
      expectPooled(found.get(nameOf(name)), records[name], `${key} ${name}`);
  }

  it('gives the default Shahed figures of the reference', async () => {
    const summary = await stats('munition=shahed-136-131');
    expectPooled(summary, oracle.shahed.national.overall, 'overall');
    const { value, night_clustered, dispersion } = summary.rates.interception;
    const cluster = oracle.cluster_interval.shot_down.overall;
    expect(summary.nights).toBe(cluster.nights);
    expectClose(value, cluster.rate, 'clustered rate');
    expectInterval(night_clustered, cluster.ci95, 'night-clustered interval');
    expectClose(dispersion, oracle.overdispersion.overall.phi, 'phi');
    expectInterval(
      summary.rates.neutralisation.night_clustered,
      oracle.cluster_interval.neutralised.overall.ci95,
      'neutralisation',
    );
  });

  for (const [key, section] of [
    ['year', 'per_year'],
    ['quarter', 'per_quarter'],
    ['month', 'per_month'],
    ['era', 'per_era'],
  ] as const) {
    it(`groups Shahed by ${key} as the reference does, national and in every scope`, async () => {
      await expectGroups('munition=shahed-136-131', key, oracle.shahed.national[section]);
      const all = oracle.shahed.all_rows[section];
      if (all !== undefined) await expectGroups(`munition=shahed-136-131&${EVERYTHING}`, key, all);
    });
  }

  it('gives the night-clustered interval and phi of every era, year and month', async () => {
    for (const [key, section] of [
      ['era', 'per_era'],
      ['year', 'per_year'],
      ['month', 'per_month'],
    ] as const) {
      const { groups } = await stats(`munition=shahed-136-131&group_by=${key}`);
      for (const [measure, name] of [
        ['interception', 'shot_down'],
        ['neutralisation', 'neutralised'],
      ] as const) {
        for (const group of groups) {
          const expected = oracle.cluster_interval[name][section][group.key[key]];
          const rate = group.rates[measure];
          if (expected === undefined) expect(rate.reason).toBe('suppressed_not_reported');
          else if (rate.value !== null)
            expectInterval(rate.night_clustered, expected.ci95, `${measure} ${group.key[key]}`);
        }
      }
    }
    const { groups } = await stats('munition=shahed-136-131&group_by=era');
    for (const group of groups) {
      expectClose(
        group.rates.interception.dispersion,
        oracle.overdispersion.per_era[group.key.era].phi,
        'phi',
      );
    }
  });

  it('gives every ISO week', async () => {
    const weeks = oracle.shahed.national.per_iso_week;
    const columns = Object.keys(weeks);
    const label = columns.find((name) => /week/.test(name)) ?? '';
    const { groups } = await stats('munition=shahed-136-131&group_by=week');
    expect(groups.map((g: Reference) => g.key.week)).toEqual(weeks[label]);
    groups.forEach((group: Reference, index: number) => {
      expect(group.launched).toBe(weeks.launched[index]);
      expect(group.intercepted).toBe(weeks.destroyed[index]);
    });
  });

  it('gives every category and every munition', async () => {
    const slug = (name: string): string => CATEGORIES[name] ?? '';
    for (const [query, scope] of [
      [NATIONAL, 'national'],
      [EVERYTHING, 'all_rows'],
    ] as const) {
      const overall = Object.fromEntries(
        Object.entries<Reference>(oracle.categories[scope]).map(([name, record]) => [
          name,
          record.overall,
        ]),
      );
      await expectGroups(query, 'category', overall, slug);
      await expectGroups(query, 'munition', oracle.models[scope], slugOf);
      for (const [name, record] of Object.entries<Reference>(oracle.categories[scope])) {
        await expectGroups(`${query}&category=${slug(name)}`, 'year', record.per_year);
        await expectGroups(`${query}&category=${slug(name)}`, 'month', record.per_month);
      }
      expectPooled(await stats(query), oracle.all_models[scope].overall, scope);
      await expectGroups(query, 'year', oracle.all_models[scope].per_year);
    }
  }, 60_000);

  it('keeps tallies apart: counts without a rate', async () => {
    const scope = 'scope=national,regional,other';
    const tally = await stats(`${scope}&basis=tally`);
    expect(tally.claims).toBe(oracle.basis.tally.rows);
    expect(tally.intercepted).toBe(oracle.basis.tally.destroyed);
    expect(tally.rates.interception).toMatchObject({ value: null, reason: 'tally_only' });
    expectPooled(await stats(`${scope}&category=uav`), oracle.basis.uav_barrage, 'uav_barrage');
    expectPooled(await stats(scope), oracle.basis.barrage, 'barrage');
  });

  it('gives the nightly series and the rolling rates', async () => {
    const { nightly, rolling } = oracle;
    for (const window of [7, 30]) {
      const url = `/stats/series?munition=shahed-136-131&fill=empty&rolling=${window}`;
      const { points } = (await test.get(url)).json().data;
      const reports = points.filter((point: Reference) => point.status !== 'silent');
      expect(reports.map((point: Reference) => point.bucket)).toEqual(nightly.night);
      expect(reports.map((point: Reference) => point.claims)).toEqual(nightly.reports);
      expect(reports.map((point: Reference) => point.launched)).toEqual(nightly.launched);
      expect(reports.map((point: Reference) => point.intercepted)).toEqual(nightly.destroyed);
      expect(reports.map((point: Reference) => point.suppressed)).toEqual(nightly.suppressed);
      reports.forEach((point: Reference, index: number) => {
        expectClose(point.rate.value, nightly.shot_down_rate[index], point.bucket);
      });
      expect(points.map((point: Reference) => point.bucket)).toEqual(rolling.night);
      points.forEach((point: Reference, index: number) => {
        expect(point.rolling.denominator).toBe(rolling[window].launched[index]);
        expect(point.rolling.numerator).toBe(rolling[window].destroyed[index]);
        expectClose(point.rolling.value, rolling[window].shot_down_rate[index], point.bucket);
      });
    }
  });

  it('sums hit and debris locations over every claim that gives them', async () => {
    const summary = await stats(EVERYTHING);
    expect(summary.hit_locations).toBe(oracle.hit_locations.total);
    expect(summary.hit_location_claims).toBe(oracle.hit_locations.reports);
    expect(summary.debris_locations).toBe(oracle.debris_locations.total);
    expect(summary.debris_location_claims).toBe(oracle.debris_locations.reports);
  });

  it('counts the flags and the exclusions', async () => {
    const { flagged } = await stats(EVERYTHING);
    const names: Record<string, string> = {
      destroyed_exceeds_launched: 'intercepted_exceeds_launched',
    };
    for (const [name, expected] of Object.entries<Reference>(oracle.flags)) {
      if (name === 'definition' || name === 'rules') continue;
      expect(flagged[names[name] ?? name] ?? 0, name).toBe(expected.rows);
    }
    const { excluded, claims } = await stats('');
    const left = Object.values<number>(excluded).reduce((sum, count) => sum + count, 0);
    expect(claims + left).toBe(oracle.counts.rows);
  });
});
