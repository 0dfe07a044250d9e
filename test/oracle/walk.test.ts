// Over 250 lines: one walk over one reference, section by section, and the account that it leaves nothing out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runImport } from '../../src/cli/run-import.js';
import { addDays } from '../../src/domain/calendar.js';
import { slugOf } from '../../src/domain/slug.js';
import { OracleWalk } from '../support/oracle-walk.js';
import {
  hasShared,
  needsShared,
  type Reference,
  reference,
  snapshotJob,
} from '../support/shared-data.js';
import { type TestApp, testApp } from '../support/test-app.js';

const Z = 1.959963984540054;
const FIT = 1e-6;
const SHAHED = 'munition=shahed-136-131';
const ALL = 'scope=national,regional,other';
const EVERYTHING = `${ALL}&basis=barrage,tally`;
const NATIONAL = 'basis=barrage,tally';
const CATEGORIES: Record<string, string> = {
  UAV: 'uav',
  'ballistic missile': 'ballistic_missile',
  'cruise missile': 'cruise_missile',
  'guided bomb': 'guided_bomb',
  'surface-to-air and ballistic': 'mixed',
  'surface-to-air missile': 'surface_to_air_missile',
  uncategorised: 'uncategorised',
};
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

type Row = Record<string, Reference>;

const reports = (summary: Row): number =>
  summary.claims + summary.excluded.launched_unknown + summary.excluded.outcome_unknown;
const byKey = (groups: Row[], key: string): Map<string, Row> =>
  new Map(groups.map((group) => [group.key[key], group]));
const mapped = (keys: readonly string[], value: (key: string) => unknown) =>
  Object.fromEntries(keys.map((key) => [key, value(key)]));
const halfWidth = (interval: number[] | null) =>
  interval === null ? null : ((interval[1] ?? 0) - (interval[0] ?? 0)) / 2 / Z;

/** A summary in the words of a pooled record. */
function pooled(summary: Row): Row {
  const { interception, neutralisation } = summary.rates;
  const none = summary.claims === 0;
  const counts = {
    rows: reports(summary),
    rows_used: summary.claims,
    // An empty sum is null with us; the reference writes 0 beside rows_used 0.
    launched_volume: summary.launched_all ?? 0,
    launched: none ? 0 : summary.launched,
    destroyed: none ? 0 : summary.intercepted,
    suppressed: summary.suppressed,
    suppressed_rows: summary.suppressed_claims,
    still_attacking: summary.still_airborne,
    border_crossing: summary.left_airspace,
    unaccounted: none ? 0 : summary.unaccounted,
  };
  const parts = {
    unaccounted_rate:
      none || summary.launched === 0 ? null : summary.unaccounted / summary.launched,
    suppressed_reported_share_of_launched: summary.suppressed_reported_share,
  };
  if (interception.reason === 'tally_only') return { ...counts, ...parts };
  return {
    ...counts,
    ...parts,
    shot_down_rate: interception.value,
    shot_down_wilson95: interception.wilson,
    neutralised_rate: neutralisation.value,
    neutralised_wilson95: neutralisation.wilson,
  };
}

const FIVE = ['rows', 'rows_used', 'launched', 'destroyed', 'shot_down_rate'];
const only = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));

const clustered = ({ nights, value, night_clustered }: Row): Row => ({
  nights,
  rate: value,
  se: halfWidth(night_clustered),
  ci95: night_clustered,
});

const trendRow = (trend: Row | null) =>
  trend === null
    ? null
    : {
        first_month: trend.first_month,
        last_month: trend.last_month,
        months: trend.months,
        mann_kendall: {
          n: trend.mann_kendall.n,
          S: trend.mann_kendall.s,
          ties: trend.mann_kendall.ties,
          var_S: trend.mann_kendall.var_s,
          z: trend.mann_kendall.z,
          p_two_sided: trend.mann_kendall.p_two_sided,
          tau_b: trend.mann_kendall.tau_b,
        },
        theil_sen: {
          slope_per_month: trend.theil_sen.slope,
          intercept: trend.theil_sen.intercept,
          pairs: trend.theil_sen.pairs,
          C: trend.theil_sen.c,
          ci95_gilbert: trend.theil_sen.interval,
        },
      };

const logisticRow = ({ fit, nights_dropped }: Row): Row => ({
  nights: fit.nights,
  nights_dropped,
  intercept: fit.intercept,
  slope_per_30d: fit.slope,
  se_binomial: fit.standard_error_binomial,
  pearson_chi2: fit.chi_squared,
  df: fit.df,
  phi: fit.phi,
  se_quasi: fit.standard_error_quasi,
  t: fit.t,
  p_two_sided: fit.p_two_sided,
  odds_ratio_per_30d: fit.odds_ratio,
  odds_ratio_ci95: fit.odds_ratio_interval,
  deviance: fit.deviance,
});

describe.skipIf(!hasShared)(`every figure of the reference${needsShared}`, () => {
  let test: TestApp;
  let walk: OracleWalk;
  let claims: Row[];

  beforeAll(async () => {
    test = await testApp();
    walk = new OracleWalk(reference('2026-03-01'));
    await runImport(test.db, snapshotJob('2026-03-01'));
    claims = [];
    for (let cursor = ''; ; ) {
      const { data, page } = (await test.get(`/claims?limit=500${cursor}`)).json();
      claims.push(...data);
      if (page.next_cursor === null) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
  }, 120_000);
  afterAll(() => test.close());

  const ask = async (path: string): Promise<Row> => {
    const response = await test.get(path);
    expect(response.statusCode, path).toBe(200);
    return response.json().data;
  };
  const groups = async (query: string, key: string): Promise<Map<string, Row>> =>
    byKey((await ask(`/stats?${query}&group_by=${key}`)).groups, key);

  async function compareGroups(
    path: string,
    query: string,
    key: string,
    shape = pooled,
    nameOf = (name: string) => name,
  ) {
    const found = await groups(query, key);
    walk.compare(
      path,
      mapped(walk.keys(path), (name) => shape(found.get(nameOf(name)) ?? {})),
    );
  }

  it('counts', async () => {
    const total = async (key: string) => {
      const found = await groups(EVERYTHING, key);
      return (name: string) => reports(found.get(name) ?? {});
    };
    const [scope, era, category] = await Promise.all(['scope', 'era', 'category'].map(total));
    const rowsOf = (test: (claim: Row) => boolean) => claims.filter(test).length;
    const precision = (moment: string) => (moment.length === 10 ? 'date' : 'clock');
    walk.compare('/counts', {
      rows: claims.length,
      rows_by_scope: mapped(walk.keys('/counts/rows_by_scope'), (name) => scope?.(name)),
      rows_by_basis: mapped(walk.keys('/counts/rows_by_basis'), (name) =>
        rowsOf((claim) => claim.basis === name),
      ),
      rows_by_era: mapped(walk.keys('/counts/rows_by_era'), (name) => era?.(name)),
      rows_by_category: mapped(walk.keys('/counts/rows_by_category'), (name) =>
        category?.(CATEGORIES[name] ?? ''),
      ),
      rows_by_time_precision: mapped(walk.keys('/counts/rows_by_time_precision'), (name) =>
        rowsOf(
          ({ window_start, window_end }) =>
            `${precision(window_start)}/${precision(window_end)}` === name,
        ),
      ),
      null_launched: rowsOf(({ launched }) => launched === null),
      null_destroyed: rowsOf(({ intercepted }) => intercepted === null),
      null_target: rowsOf(({ target }) => target === null),
      null_launch_place: rowsOf(({ launch_places }) => launch_places.length === 0),
      distinct_models: new Set(claims.map(({ munition }) => munition)).size,
      distinct_nights: new Set(claims.map(({ night }) => night)).size,
      night_ne_end_date: rowsOf(({ night, window_end }) => window_end.slice(0, 10) !== night),
      night_ne_start_date: rowsOf(({ night, window_start }) => window_start.slice(0, 10) !== night),
      shahed_night_ne_end_date: rowsOf(
        ({ munition, night, window_end }) =>
          munition === 'shahed-136-131' && window_end.slice(0, 10) !== night,
      ),
      shahed_night_ne_start_date: rowsOf(
        ({ munition, night, window_start }) =>
          munition === 'shahed-136-131' && window_start.slice(0, 10) !== night,
      ),
    });
    walk.explain(
      /^\/counts\/(rows_by_publisher|distinct_sources)/,
      'publishers and posts are spelled as sources and addresses; the importer test counts them',
    );
  });

  it('pooled records', async () => {
    for (const [scope, query] of [
      ['national', ''],
      ['all_rows', EVERYTHING],
    ] as const) {
      const path = `/shahed/${scope}`;
      const filter = `${SHAHED}&${query}`.replace(/&$/, '');
      walk.compare(`${path}/overall`, pooled(await ask(`/stats?${filter}`)));
      for (const key of ['era', 'year', 'quarter', 'month']) {
        if (walk.keys(path).includes(`per_${key}`))
          await compareGroups(`${path}/per_${key}`, filter, key);
      }
      const weeks = [...(await groups(filter, 'week'))]
        .map(([week, group]) => ({ week, ...pooled(group) }) as Row)
        .filter(({ rows }) => rows > 0);
      const names = walk.keys(`${path}/per_iso_week`);
      walk.compare(
        `${path}/per_iso_week`,
        mapped(names, (name) => weeks.map((row) => row[name])),
      );
    }
    for (const [scope, query] of [
      ['national', NATIONAL],
      ['all_rows', EVERYTHING],
    ] as const) {
      walk.compare(`/all_models/${scope}/overall`, pooled(await ask(`/stats?${query}`)));
      await compareGroups(`/all_models/${scope}/per_year`, query, 'year');
      await compareGroups(`/models/${scope}`, query, 'munition', pooled, slugOf);
      for (const name of walk.keys(`/categories/${scope}`)) {
        const path = `/categories/${scope}/${name}`;
        const filter = `${query}&category=${CATEGORIES[name]}`;
        walk.compare(`${path}/overall`, pooled(await ask(`/stats?${filter}`)));
        await compareGroups(`${path}/per_year`, filter, 'year');
        await compareGroups(`${path}/per_month`, filter, 'month', (group) =>
          only(pooled(group), FIVE),
        );
      }
    }
    walk.compare('/basis/uav_barrage', pooled(await ask(`/stats?${ALL}&category=uav`)));
    walk.compare('/basis/barrage', pooled(await ask(`/stats?${ALL}`)));
    const tally = await ask(`/stats?${ALL}&basis=tally`);
    const tallies = claims.filter(({ basis }) => basis === 'tally');
    walk.compare('/basis/tally', {
      rows: reports(tally),
      launched_volume: tally.launched_all,
      destroyed: tally.intercepted_all,
      rows_launched_equals_destroyed: tallies.filter(
        ({ launched, intercepted }) => launched === intercepted,
      ).length,
      rows_by_scope: mapped(
        walk.keys('/basis/tally/rows_by_scope'),
        (name) => tallies.filter(({ scope }) => scope === name).length,
      ),
    });
    walk.explain(
      /^\/(models|categories)\/.*\/(shot_down|neutralised)_(rate|wilson95)/,
      'groups of nothing but tallies have counts and no rate (tally_only)',
    );
  }, 120_000);

  it('nights, rolling rates and averages', async () => {
    const nights = [...(await groups(SHAHED, 'night'))]
      .map(([night, group]) => ({ night, ...pooled(group) }) as Row)
      .filter(({ rows_used }) => rows_used > 0);
    const rename: Record<string, string> = { reports: 'rows_used' };
    walk.compare(
      '/nightly',
      mapped(walk.keys('/nightly'), (name) => nights.map((row) => row[rename[name] ?? name])),
    );
    for (const window of ['7', '30']) {
      const url = `/stats/series?${SHAHED}&fill=empty&rolling=${window}`;
      const { points } = await ask(url);
      if (window === '7')
        walk.compare(
          '/rolling/night',
          points.map(({ bucket }: Row) => bucket),
        );
      walk.compare(`/rolling/${window}`, {
        launched: points.map(({ rolling }: Row) => rolling.denominator),
        destroyed: points.map(({ rolling }: Row) => rolling.numerator),
        shot_down_rate: points.map(({ rolling }: Row) => rolling.value),
      });
      // Where nobody in the window reports suppressed there is no neutralisation; elsewhere the figures agree.
      const neutral = (await ask(`${url}&measure=neutralisation`)).points;
      walk.compare(`/rolling/${window}`, {
        suppressed: neutral.map(
          ({ rolling }: Row, place: number) => rolling.numerator - points[place].rolling.numerator,
        ),
        neutralised_null_as_zero_rate: neutral.map(
          ({ rolling }: Row) => rolling.value ?? undefined,
        ),
      });
    }
    walk.explain(
      /^\/rolling\/\d+\/neutralised_null_as_zero_rate/,
      'null is never counted as zero: neutralisation is null where nobody reports suppressed',
    );
    const { points } = await ask(`/stats/series?${SHAHED}&ewma=0.2`);
    const { index } = reference('2026-03-01').ewma;
    const at = (value: (point: Row) => unknown) =>
      index.map((place: number) => value(points[place]));
    walk.compare('/ewma', {
      alpha: 0.2,
      index,
      night: at(({ bucket }) => bucket),
      of_rates: at(({ ewma }) => ewma.of_rates),
      of_counts: at(({ ewma }) => ewma.of_counts),
    });
    const { overall, per_era } = await ask(`/stats/salvo-size?${SHAHED}`);
    const several = (era?: string) =>
      nights.filter(
        ({ night, rows_used }) => rows_used > 1 && (era === undefined || eraOf(night) === era),
      ).length;
    const eraOf = (night: string) =>
      night < '2024-07-10' ? 'A' : night < '2025-07-24' ? 'B' : 'C';
    const whole = await ask(`/stats?${SHAHED}`);
    const eras = await groups(SHAHED, 'era');
    const nightlyRow = ({ nights: count, nightly }: Row, summary: Row, era?: string) => ({
      nights: count,
      nights_with_several_reports: several(era),
      pooled: summary.rates.interception.value,
      mean_of_nightly: nightly.mean,
      median_of_nightly: nightly.median,
      sd_of_nightly: nightly.standard_deviation,
      nights_rate_1: nightly.nights_at_1,
    });
    walk.compare('/nightly_summary/overall', nightlyRow(overall, whole));
    for (const part of per_era)
      walk.compare(
        `/nightly_summary/per_era/${part.era}`,
        nightlyRow(part, eras.get(part.era) ?? {}, part.era),
      );
    walk.explain(
      /^\/nightly_summary\/mean_of_row_rates/,
      'means of ratios of single rows are a common mistake, not a figure',
    );
    const bins = (part: Row) =>
      Object.fromEntries(
        part.bins.map((bin: Row) => [
          bin.label,
          {
            nights: bin.nights,
            launched: bin.launched,
            destroyed: bin.numerator,
            pooled: bin.value,
            wilson95: bin.wilson,
            mean_of_nightly: bin.mean_of_nightly,
          },
        ]),
      );
    const rank = ({ spearman }: Row) => ({
      nights: spearman.n,
      rho: spearman.rho,
      p_two_sided: spearman.p_two_sided,
    });
    walk.compare('/salvo_bins/overall', bins(overall));
    walk.compare('/salvo_bins/spearman/overall', rank(overall));
    for (const part of per_era) {
      walk.compare(`/salvo_bins/per_era/${part.era}`, bins(part));
      walk.compare(`/salvo_bins/spearman/${part.era}`, rank(part));
    }
  }, 60_000);

  it('weekdays and months of the year', async () => {
    const row = (summary: Row): Row => {
      const { interception, neutralisation } = summary.rates;
      return {
        nights_with_reports: summary.nights,
        launched: summary.launched,
        destroyed: summary.intercepted,
        mean_launched_per_active_night: summary.launched / summary.nights,
        shot_down_rate: interception.value,
        wilson95: interception.wilson,
        // Defined only where somebody reports suppressed.
        neutralised_null_as_zero_rate: neutralisation.value ?? undefined,
      };
    };
    const weekdayName = (group: Row) => WEEKDAYS[Number(group.key.weekday) - 1] ?? '';
    for (const group of (await groups(SHAHED, 'weekday')).values())
      walk.compare(`/weekday/overall/${weekdayName(group)}`, row(group));
    for (const group of (await ask(`/stats?${SHAHED}&group_by=weekday,era`)).groups)
      walk.compare(`/weekday/per_era/${group.key.era}/${weekdayName(group)}`, row(group));
    for (const [month, group] of await groups(SHAHED, 'month_of_year'))
      walk.compare(`/month_of_year/overall/${month}`, row(group));
    walk.explain(
      /^\/weekday\/per_era\/A\/.*neutralised_null_as_zero/,
      'null is never counted as zero: neutralisation is null where nobody reports suppressed',
    );
  });

  it('trend, regression, dispersion and change points', async () => {
    const trend = await ask(`/stats/trend?${SHAHED}`);
    const neutral = await ask(`/stats/trend?${SHAHED}&measure=neutralisation`);
    walk.compare('/trend', {
      month: trend.months.map(({ month }: Row) => month),
      launched: trend.months.map(({ launched }: Row) => launched),
      destroyed: trend.months.map(({ numerator }: Row) => numerator),
      shot_down: trendRow(trend.whole.trend),
      launched_volume: trendRow(trend.whole.launched_trend),
      shot_down_era_A: trendRow(trend.eras[0].trend),
      shot_down_era_B: trendRow(trend.eras[1].trend),
      shot_down_era_C: trendRow(trend.eras[2].trend),
    });
    const stretch = neutral.comparable_stretches.find(({ label }: Row) => label === 'eras B-C');
    walk.compare('/trend/neutralised_eras_BC', trendRow(stretch.trend));
    walk.compare(
      '/logistic',
      {
        shot_down_all: logisticRow(trend.whole.logistic),
        shot_down_era_A: logisticRow(trend.eras[0].logistic),
        shot_down_era_B: logisticRow(trend.eras[1].logistic),
        shot_down_era_C: logisticRow(trend.eras[2].logistic),
        neutralised_eras_BC: logisticRow(stretch.logistic),
      },
      FIT,
    );
    const eras = await groups(SHAHED, 'era');
    const dispersion = ({ dispersion: d }: Row, { rates }: Row) => ({
      nights: d.nights,
      rate: rates.interception.value,
      pearson_chi2: d.pearson.chi_squared,
      df: d.pearson.df,
      phi: d.pearson.phi,
      wilson95: rates.interception.wilson,
      wilson95_n_eff: d.wilson_effective,
    });
    const fitted = ({ dispersion: { beta_binomial: f } }: Row) => ({
      mu: f.mu,
      rho: f.rho,
      alpha: f.alpha,
      beta: f.beta,
      loglik: f.log_likelihood,
    });
    walk.compare('/overdispersion/overall', dispersion(trend.whole, await ask(`/stats?${SHAHED}`)));
    walk.compare('/overdispersion/overall/beta_binomial', fitted(trend.whole), FIT);
    ['A', 'B', 'C'].forEach((era, place) => {
      walk.compare(
        `/overdispersion/per_era/${era}`,
        dispersion(trend.eras[place], eras.get(era) ?? {}),
      );
      walk.compare(`/overdispersion/per_era/${era}/beta_binomial`, fitted(trend.eras[place]), FIT);
    });
    const within = (data: Row) => ({
      pearson_chi2: data.dispersion_within_months.chi_squared,
      df: data.dispersion_within_months.df,
      phi: data.dispersion_within_months.phi,
      nights_dropped: data.whole.logistic.nights_dropped,
    });
    walk.compare('/overdispersion/within_month', within(trend));
    walk.compare(
      '/overdispersion/within_month_neutralised_eras_BC',
      within(await ask(`/stats/trend?${SHAHED}&measure=neutralisation&from=2024-07-10`)),
    );
    const changes = (found: Row) => ({
      points: found.points,
      phi: found.phi,
      penalty: found.penalty,
      min_segment: found.min_segment,
      new_segments_start: found.new_segments_start.map(({ label }: Row) => label),
      segments: found.segments,
      optimal_cost: found.cost,
      best_single_split: found.best_single_split,
    });
    walk.compare('/changepoints/monthly_shot_down', changes(trend.change_points.monthly));
    walk.compare('/changepoints/nightly_shot_down', changes(trend.change_points.nightly));
    walk.explain(
      /^\/changepoints\/monthly_shot_down_phi1/,
      'a search that takes nights for binomial finds 22 changes in 41 months: phi is always estimated',
    );
    walk.explain(
      /null_as_zero/,
      'null is never counted as zero: neutralisation is null where nobody reports suppressed',
    );
  }, 60_000);

  it('night-clustered intervals', async () => {
    for (const [name, measure] of [
      ['shot_down', 'interception'],
      ['neutralised', 'neutralisation'],
    ] as const) {
      const path = `/cluster_interval/${name}`;
      walk.compare(`${path}/overall`, clustered((await ask(`/stats?${SHAHED}`)).rates[measure]));
      for (const key of ['era', 'year', 'month']) {
        await compareGroups(`${path}/per_${key}`, SHAHED, key, (group) =>
          clustered(group.rates[measure]),
        );
      }
    }
  });

  it('comparisons of two periods', async () => {
    const periods = reference('2026-03-01').two_period;
    for (const name of walk.keys('/two_period')) {
      const { period1, period2 } = periods[name];
      const measure = name.endsWith('neutralised') ? 'neutralisation' : 'interception';
      const what = name.includes('shahed')
        ? SHAHED
        : `category=${name.includes('ballistic') ? 'ballistic_missile' : 'cruise_missile'}${name.endsWith('all_rows') ? `&${ALL}` : ''}`;
      const url = `/stats/compare?${what}&measure=${measure}&a_from=${period1.first}&a_to=${period1.last}&b_from=${period2.first}&b_to=${period2.last}`;
      const { a, b, difference, tests, comparable } = await ask(url);
      const period = (half: Row, { first, last }: Row) => ({
        first,
        last,
        nights: half.nights,
        k: half.numerator,
        n: half.denominator,
        rate: half.value,
      });
      const shahed = name.includes('shahed');
      const sameMeasure = shahed && measure === 'interception';
      walk.compare(`/two_period/${name}`, {
        period1: period(a, period1),
        period2: period(b, period2),
        difference,
        newcombe95: tests.newcombe.interval,
        z: tests.z_test.z,
        p_two_sided: tests.z_test.p_two_sided,
        phi_two_periods: tests.dispersion_two_windows,
        z_phi_two_periods: tests.z_test_adjusted.z,
        p_phi_two_periods: tests.z_test_adjusted.p_two_sided,
        phi_within_month: sameMeasure ? tests.dispersion_within_months : undefined,
        z_phi_within_month: sameMeasure ? tests.z_test_adjusted_within_months.z : undefined,
        p_phi_within_month: sameMeasure
          ? tests.z_test_adjusted_within_months.p_two_sided
          : undefined,
        comparable: shahed ? comparable : undefined,
        difference_cluster_se: tests.night_clustered.standard_error,
        difference_cluster95: tests.night_clustered.interval,
        relative_risk: tests.relative_risk,
        odds_ratio: tests.odds_ratio,
      });
    }
    walk.explain(
      /^\/two_period\/.*_neutralised\/(phi|z_phi|p_phi)_within_month/,
      'the reference takes the phi of interception for neutralisation too; here a measure has its own',
    );
    walk.explain(
      /^\/two_period\/.*\/eras/,
      'the eras that a comparison touches are served as its breaks',
    );
  });

  it('records, gaps, places and flags', async () => {
    const shahed = await ask(`/stats/records?${SHAHED}`);
    const lineOf = new Map(claims.map(({ id, provenance }) => [`/claims/${id}`, provenance.line]));
    const any = await ask('/stats/records');
    const night = ({ night: label, launched, intercepted, suppressed }: Row) => ({
      night: label,
      launched,
      destroyed: intercepted,
      suppressed,
    });
    walk.compare('/top_nights', {
      shahed_national: shahed.largest_nights.map(night),
      shahed_national_single_reports: shahed.largest_claims.map(
        ({ claim, night: label, launched, intercepted }: Row) => ({
          line: lineOf.get(claim),
          night: label,
          launched,
          destroyed: intercepted,
        }),
      ),
      strike_munitions_national: any.largest_nights.map(
        ({ night: label, claims: rows, launched, intercepted }: Row) => ({
          night: label,
          rows,
          launched,
          destroyed: intercepted,
        }),
      ),
    });
    const { reports: r } = shahed;
    const run = ({ nights, from, to }: Row) => ({ nights, first: from, last: to });
    walk.compare('/gaps', {
      top10: r.longest_silences.map(({ nights, from, to }: Row) => ({
        nights,
        after: addDays(from, -1),
        until: addDays(to, 1),
      })),
      gaps: r.silences,
      silent_nights: r.silent_nights,
      calendar_nights: r.calendar_nights,
      nights_with_reports: r.nights_with_reports,
      longest_streak: run(r.longest_streak),
      last_streak: run(r.last_streak),
    });
    for (const [section, field] of [
      ['debris_locations', 'debris_locations'],
      ['hit_locations', 'hit_locations'],
    ] as const) {
      const count = `${field.replace('locations', 'location')}_claims`;
      const whole = await ask(`/stats?${EVERYTHING}`);
      walk.compare(`/${section}/reports`, whole[count]);
      walk.compare(`/${section}/total`, whole[field]);
      const months = await groups(EVERYTHING, 'month');
      walk.compare(
        `/${section}/per_month`,
        mapped(walk.keys(`/${section}/per_month`), (month) => {
          const given = claims
            .filter((claim) => claim.night.startsWith(month) && claim[field] !== null)
            .map((claim) => claim[field]);
          const group = months.get(month) ?? {};
          return {
            reports: group[count],
            total: group[field],
            max: Math.max(...given),
            zeros: given.filter((value) => value === 0).length,
          };
        }),
      );
    }
    const decoys = await ask(`/stats/decoys?${SHAHED}`);
    walk.compare('/decoys', {
      rows: decoys.claims,
      launched: decoys.launched,
      destroyed: decoys.intercepted,
      is_shahed: decoys.strike_uav_min,
      share: decoys.strike_share,
      lower: decoys.lower,
      upper: decoys.upper,
    });
    const names: Record<string, string> = {
      destroyed_exceeds_launched: 'intercepted_exceeds_launched',
    };
    for (const name of walk.keys('/flags').filter((key) => key !== 'rules')) {
      const flagged = claims
        .filter(({ flags }) => flags.includes(names[name] ?? name))
        .map(({ provenance }) => provenance.line);
      walk.compare(`/flags/${name}`, {
        rows: flagged.length,
        lines: flagged.toSorted((a, b) => a - b),
      });
    }
    walk.explain(/^\/flags\/rules/, 'prose');
    const national = claims.filter(
      ({ munition, scope }) => munition === 'shahed-136-131' && scope === 'national',
    );
    const mentions = (lists: string[][]) => {
      const counts: Record<string, number> = {};
      for (const place of lists.flat()) counts[place] = (counts[place] ?? 0) + 1;
      return counts;
    };
    walk.compare('/launch_places', {
      rows_with_place: national.filter(({ launch_places }) => launch_places.length > 0).length,
      mentions: mentions(national.map(({ launch_places }) => launch_places)),
    });
    walk.compare('/affected_regions', {
      rows: claims.filter(({ affected_regions }) => affected_regions.length > 0).length,
      mentions: mentions(claims.map(({ affected_regions }) => affected_regions)),
    });
    const coverage = await ask(`/stats/coverage?${EVERYTHING}`);
    walk.compare('/meta', {
      rows: coverage.claims,
      first_night: coverage.calendar.from,
      last_night: coverage.newest_night,
      z: Z,
    });
    walk.explain(/^\/meta/, 'describes the file and the tools that made the reference');
    walk.explain(/^\/wrong_answers/, 'what common mistakes give: none of it is served');
  }, 60_000);

  it('counts every claim once: in the figure, or left out for one reason', async () => {
    const { excluded, claims: counted } = await ask('/stats');
    const left = Object.values<number>(excluded).reduce((sum, count) => sum + count, 0);
    expect(counted + left).toBe(claims.length);
  });

  it('leaves no figure of the reference neither compared nor explained', () => {
    console.log(walk.report());
    expect(walk.left.slice(0, 20)).toEqual([]);
  });
});
