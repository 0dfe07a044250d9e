import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import { type Analysis, analysis } from './fixtures.js';

const ERA_B = { code: 'B', from_night: '2024-07-01', breaks: ['interception'] as const };

/** A year of nights whose claimed rate jumps at the break of definition and falls within each era. */
async function withYear(): Promise<Analysis> {
  const test = await analysis();
  await test.era({ code: 'A', to_night: '2024-06-30' });
  await test.era({ ...ERA_B, breaks: [...ERA_B.breaks] });
  for (let day = 0; day < 366; day += 3) {
    const night = addDays('2024-01-01', day);
    const intercepted = (night < '2024-07-01' ? 60 : 95) - Math.floor(day / 30);
    await test.claim(night, { launched: 100, intercepted, suppressed: 2, strike_uav_min: 60 });
  }
  return test;
}

describe('/stats/trend', () => {
  it('warns where the window crosses a break, and reads each comparable stretch for itself', async () => {
    const test = await withYear();
    const trend = await test.ask('/stats/trend');
    expect(trend.comparable).toBe(false);
    expect(trend.warning).toMatch(/2024-07-01.*not comparable/);
    expect(trend.reading).toMatch(/not comparable; era A.*falling.*; era B.*falling/);
    expect(trend.whole.trend.mann_kendall.s).toBeGreaterThan(0);
    expect(
      trend.eras.map(({ trend: part }: { trend: { mann_kendall: { s: number } } }) =>
        Math.sign(part.mann_kendall.s),
      ),
    ).toEqual([-1, -1]);
    const changes = trend.change_points.nightly.new_segments_start;
    expect(changes).toContainEqual({ label: '2024-07-02', at_break_of_definition: true });
  }, 60_000);

  it('says plainly when nothing is supported, and needs four whole months', async () => {
    const test = await analysis();
    await test.era({ code: 'A' });
    for (let day = 0; day < 244; day += 2) {
      await test.claim(addDays('2024-01-01', day), {
        launched: 10,
        intercepted: 5 + (day % 4) / 2,
      });
    }
    const { reading, comparable, warning } = await test.ask('/stats/trend');
    expect([comparable, warning]).toEqual([true, null]);
    expect(reading).toMatch(/no monotonic trend is supported \(p = [\d.]+\)/);
    const short = await test.ask('/stats/trend', 'to=2024-03-31');
    expect(short.whole.trend).toBeNull();
    expect(short.reading).toContain('too few complete months');
  }, 60_000);

  it('counts only months that lie wholly inside the window and the dataset', async () => {
    const test = await withYear();
    const { months } = await test.ask('/stats/trend', 'from=2024-02-02&to=2024-11-29');
    expect(months.map(({ month }: { month: string }) => month)).toEqual([
      '2024-03',
      '2024-04',
      '2024-05',
      '2024-06',
      '2024-07',
      '2024-08',
      '2024-09',
      '2024-10',
    ]);
  }, 60_000);
});

describe('/stats/compare', () => {
  it('gives b minus a with tests, and says when the words changed between', async () => {
    const test = await withYear();
    const across = await test.ask('/stats/compare', 'a_to=2024-06-30&b_from=2024-07-01');
    expect(across).toMatchObject({
      comparable: false,
      incomparable_because: 'break_of_definition',
    });
    expect(across.difference).toBeCloseTo(across.b.value - across.a.value, 12);
    const within = await test.ask(
      '/stats/compare',
      'a_to=2024-03-31&b_from=2024-04-01&b_to=2024-06-30',
    );
    expect(within).toMatchObject({ comparable: true, incomparable_because: null });
    const { newcombe, z_test, z_test_adjusted } = within.tests;
    expect(newcombe.interval[0]).toBeLessThan(within.difference);
    expect(newcombe.interval[1]).toBeGreaterThan(within.difference);
    expect(Math.sign(z_test.z)).toBe(Math.sign(within.difference));
    expect(Math.sign(z_test_adjusted.z)).toBe(Math.sign(within.difference));
  }, 60_000);

  it('sets side beside side and never adds them', async () => {
    const test = await analysis();
    const headline = await test.claim('2024-03-01', { launched: 10, intercepted: 9 });
    await test.claim('2024-03-01', { source: 'xxa-ministry', launched: 10, intercepted: 2 });
    void headline;
    const sides = await test.ask('/stats/compare', 'a_side=defender&b_side=attacker');
    expect([sides.a.value, sides.b.value]).toEqual([0.9, 0.2]);
    expect(sides).toMatchObject({ comparable: false, incomparable_because: 'different_sides' });
  });

  it('compares munitions, and gives nulls where a half has no rate', async () => {
    const test = await analysis();
    await test.claim('2024-03-01', { launched: 10, intercepted: 9 });
    await test.claim('2024-03-01', { munition: 'kalibr', launched: 4, intercepted: 1 });
    const munitions = await test.ask(
      '/stats/compare',
      'a_munition=shahed&b_category=cruise_missile',
    );
    expect([munitions.a.value, munitions.b.value]).toEqual([0.9, 0.25]);
    const empty = await test.ask('/stats/compare', 'a_munition=shahed&b_munition=lancet');
    expect(empty).toMatchObject({ difference: null, tests: null, incomparable_because: 'no_rate' });
  });
});

describe('/stats/salvo-size', () => {
  it('puts every night into one bin, both ends inclusive', async () => {
    const test = await analysis();
    for (const [index, launched] of [10, 11, 25, 26, 401].entries()) {
      await test.claim(addDays('2024-03-01', index), { launched, intercepted: 1 });
    }
    const { overall, note } = await test.ask('/stats/salvo-size');
    const filled = overall.bins.filter(({ nights }: { nights: number }) => nights > 0);
    expect(
      filled.map(({ label, nights }: { label: string; nights: number }) => [label, nights]),
    ).toEqual([
      ['1-10', 1],
      ['11-25', 2],
      ['26-50', 1],
      ['401+', 1],
    ]);
    expect(overall.spearman.rho).toBe(-1);
    expect(note).toContain('no size is a threshold');
    const own = await test.ask('/stats/salvo-size', 'bins=20');
    expect(
      own.overall.bins.map(({ label, nights }: { label: string; nights: number }) => [
        label,
        nights,
      ]),
    ).toEqual([
      ['1-20', 2],
      ['21+', 3],
    ]);
  });
});

describe('/stats/records', () => {
  it('names extremes with links, and silences that lie between reports', async () => {
    const test = await analysis();
    const largest = await test.claim('2024-03-01', { launched: 30, intercepted: 3 });
    await test.claim('2024-03-02', { launched: 20, intercepted: 20 });
    await test.claim('2024-03-06', { launched: 5, intercepted: 5 });
    const records = await test.ask('/stats/records');
    expect(records.largest_claims[0]).toMatchObject({
      claim: `/claims/${largest}`,
      barrage: '/barrages/xxa-xxb-2024-03-01',
      launched: 30,
    });
    expect(records.largest_nights.map(({ night }: { night: string }) => night)).toEqual([
      '2024-03-01',
      '2024-03-02',
      '2024-03-06',
    ]);
    expect(records.highest_rates.map(({ night }: { night: string }) => night)).toEqual([
      '2024-03-02',
      '2024-03-01',
    ]);
    expect(records.lowest_rates[0].night).toBe('2024-03-01');
    expect(records.reports).toMatchObject({
      calendar_nights: 6,
      silent_nights: 3,
      longest_streak: { nights: 2, from: '2024-03-01', to: '2024-03-02' },
      longest_silences: [{ nights: 3, from: '2024-03-03', to: '2024-03-05' }],
    });
    expect((await test.ask('/stats/records', 'min_launched=1&limit=1')).highest_rates).toHaveLength(
      1,
    );
  });
});

describe('/stats/coverage', () => {
  it('tells per source and month who reported, who was silent and which counts are given', async () => {
    const test = await analysis();
    await test.claim('2024-02-28', { launched: 10, intercepted: 9, suppressed: 1 });
    await test.claim('2024-03-02', { launched: 30, intercepted: 9 });
    await test.claim('2024-03-02', { source: 'xxb-coast', launched: 5, intercepted: 5 });
    const coverage = await test.ask('/stats/coverage');
    expect(coverage).toMatchObject({
      calendar: { from: '2024-02-28', to: '2024-03-02', nights: 4 },
      nights_with_reports: 2,
      silent_nights: 2,
      newest_night: '2024-03-02',
    });
    const [coast, staff] = coverage.sources;
    expect(coast).toMatchObject({ source: 'xxb-coast', nights_missed: 3 });
    expect(staff.given.suppressed).toEqual({
      claims: 1,
      share_of_claims: 0.5,
      share_of_launched: 0.25,
    });
    expect(
      staff.months.map(({ month, nights_with_reports, silent_nights }: Record<string, unknown>) => [
        month,
        nights_with_reports,
        silent_nights,
      ]),
    ).toEqual([
      ['2024-02', 1, 1],
      ['2024-03', 1, 1],
    ]);
    expect((await test.ask('/stats/coverage', 'from=2024-03-01')).calendar).toEqual({
      from: '2024-03-01',
      to: '2024-03-02',
      nights: 2,
    });
  });
});

describe('/stats/decoys', () => {
  it('bounds the rate over strike UAVs and leaves impossible claims out', async () => {
    const test = await analysis();
    await test.claim('2024-03-01', { launched: 10, intercepted: 7, strike_uav_min: 6 });
    await test.claim('2024-03-02', { launched: 10, intercepted: 7, strike_uav_min: 12 });
    expect(await test.ask('/stats/decoys')).toMatchObject({
      claims: 1,
      impossible_claims: 1,
      lower: 0.5,
      upper: 1,
      strike_share: 0.6,
    });
  });
});

describe('/stats/series', () => {
  it('gives averages that weigh the newest night, of the counts and of the rates', async () => {
    const test = await analysis();
    await test.claim('2024-03-01', { launched: 10, intercepted: 10 });
    await test.claim('2024-03-02', { launched: 90, intercepted: 0 });
    const points = await test.points('ewma=0.5');
    expect(points.map(({ ewma }) => ewma)).toEqual([
      { of_counts: 1, of_rates: 1 },
      { of_counts: 0.1, of_rates: 0.5 },
    ]);
  });
});

describe('what cannot be a rate', () => {
  it('is none in any statistic: tallies have counts and nothing else', async () => {
    const test = await analysis();
    for (let day = 0; day < 40; day += 1) {
      await test.claim(addDays('2024-01-01', day), { launched: 3, intercepted: 3, basis: 'tally' });
    }
    const salvo = await test.ask('/stats/salvo-size', 'basis=tally');
    expect(salvo.overall).toMatchObject({ nights: 0, spearman: null, nightly: { mean: null } });
    const [point] = await test.points('basis=tally&bucket=month&rolling=7');
    expect(point).toMatchObject({ rate: { reason: 'tally_only' }, rolling: { value: null } });
    const trend = await test.ask('/stats/trend', 'basis=tally');
    expect(trend.whole.logistic.fit).toBeNull();
    expect(trend.change_points.nightly.points).toBe(0);
  });

  it('null is not zero in a fit: an era in which nobody reports suppressed has no neutralisation', async () => {
    const test = await analysis();
    await test.era({ code: 'A', to_night: '2024-01-20' });
    await test.era({
      code: 'B',
      from_night: '2024-01-21',
      breaks: ['interception', 'neutralisation'],
    });
    for (let day = 0; day < 40; day += 1) {
      const suppressed = day < 20 || day === 30 ? null : 1;
      await test.claim(addDays('2024-01-01', day), { launched: 10, intercepted: 5, suppressed });
    }
    const { overall, per_era } = await test.ask('/stats/salvo-size', 'measure=neutralisation');
    expect(overall.nights).toBe(20);
    expect(
      per_era.map(({ era, nights }: { era: string; nights: number }) => [era, nights]),
    ).toEqual([
      ['A', 0],
      ['B', 20],
    ]);
  });
});

describe('every statistic', () => {
  it.each([
    '/stats',
    '/stats/series',
    '/stats/trend',
    '/stats/salvo-size',
    '/stats/records',
    '/stats/decoys',
  ])('%s says what it left out and what it flagged', async (path) => {
    const test = await analysis();
    await test.claim('2024-03-01', { launched: 5, intercepted: 6 });
    await test.claim('2024-03-02', { scope: 'regional' });
    const { excluded, flagged } = await test.ask(path);
    expect(excluded).toMatchObject({ regional: 1, tally: 0 });
    expect(flagged).toMatchObject({ intercepted_exceeds_launched: 1 });
  });

  it('/stats/compare says it of each half', async () => {
    const test = await analysis();
    await test.claim('2024-03-01', { launched: 5, intercepted: 6 });
    const { a, b } = await test.ask('/stats/compare', 'b_from=2024-03-02');
    expect(a.flagged).toMatchObject({ intercepted_exceeds_launched: 1 });
    expect(b.flagged).toEqual({});
  });
});

describe('/stats/compare with two filters', () => {
  it('does not depend on which half is called a', async () => {
    const test = await analysis();
    for (let day = 0; day < 60; day += 1) {
      const night = addDays('2024-01-01', day);
      await test.claim(night, { launched: 20, intercepted: 10 + (day % 5) });
      await test.claim(night, { munition: 'kalibr', launched: 10, intercepted: day % 10 });
    }
    const one = await test.ask('/stats/compare', 'a_munition=shahed&b_munition=kalibr');
    const other = await test.ask('/stats/compare', 'a_munition=kalibr&b_munition=shahed');
    const { dispersion_within_months, z_test_adjusted_within_months } = one.tests;
    expect(other.tests.dispersion_within_months).toBeCloseTo(dispersion_within_months, 9);
    expect(other.tests.z_test_adjusted_within_months.z).toBeCloseTo(
      -z_test_adjusted_within_months.z,
      9,
    );
  });
});

describe('/stats/series over a window', () => {
  it('gives a night the same rolling value whatever window was asked', async () => {
    const test = await analysis();
    for (let day = 0; day < 20; day += 1) {
      await test.claim(addDays('2024-01-01', day), { launched: 10, intercepted: day % 10 });
    }
    const all = await test.points('rolling=7');
    const some = await test.points('rolling=7&from=2024-01-15');
    expect(some.map(({ rolling }) => rolling)).toEqual(all.slice(14).map(({ rolling }) => rolling));
  });

  it('keeps a month provisional until its last night is old enough', async () => {
    const test = await analysis();
    const today = new Date().toISOString().slice(0, 10);
    await test.claim(`${today.slice(0, 7)}-01`, { launched: 10, intercepted: 5 });
    const [month] = await test.points('bucket=month');
    expect(month?.status).toBe('provisional');
  });
});

describe('a mixture of tallies and barrages', () => {
  it('has no rate in a window or a bin of tallies alone', async () => {
    const test = await analysis();
    for (let day = 0; day < 4; day += 1) {
      await test.claim(addDays('2024-01-01', day), { launched: 3, intercepted: 3, basis: 'tally' });
    }
    await test.claim('2024-02-01', { launched: 50, intercepted: 20 });
    const [first] = await test.points('basis=barrage,tally&rolling=3');
    expect(first?.rolling).toMatchObject({ value: null, numerator: 3 });
    const { overall } = await test.ask('/stats/salvo-size', 'basis=barrage,tally');
    expect(overall.bins[0]).toMatchObject({ nights: 0, value: null });
    const { reading } = await test.ask('/stats/trend', 'basis=tally&to=2024-01-20');
    expect(reading).not.toContain('; .');
  });
});

describe('what is ranked or pooled', () => {
  it('says when it crosses a break', async () => {
    const test = await analysis();
    await test.era({ code: 'A', to_night: '2024-01-31' });
    await test.era({ code: 'B', from_night: '2024-02-01', breaks: ['interception'] });
    await test.claim('2024-01-10', { launched: 20, intercepted: 5, strike_uav_min: 10 });
    await test.claim('2024-02-10', { launched: 20, intercepted: 15, strike_uav_min: 10 });
    for (const path of ['/stats/records', '/stats/salvo-size', '/stats/decoys']) {
      expect(await test.ask(path)).toMatchObject({
        comparable: false,
        breaks: [{ night: '2024-02-01' }],
      });
    }
    const { highest_rates } = await test.ask('/stats/records');
    expect(highest_rates.map(({ era }: { era: string }) => era)).toEqual(['B', 'A']);
  });
});

describe('/stats/trend and claims that do not count', () => {
  it('does not take a month for complete because of a regional claim in it', async () => {
    const test = await analysis();
    for (let day = 0; day < 152; day += 2) {
      await test.claim(addDays('2024-01-01', day), { launched: 10, intercepted: day % 10 });
    }
    const before = await test.ask('/stats/trend');
    await test.claim('2024-07-31', { scope: 'regional' });
    expect((await test.ask('/stats/trend')).whole.trend).toEqual(before.whole.trend);
  });
});
