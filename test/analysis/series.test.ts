import { describe, expect, it } from 'vitest';
import { isLasting } from '../../src/analysis/lasting.js';
import { type Point, type SeriesOptions, seriesOf } from '../../src/analysis/series.js';
import type { StatsQuery } from '../../src/analysis/stats-query.js';
import { addDays, BUCKETS } from '../../src/domain/calendar.js';
import { commit } from '../../src/storage/commit.js';
import { currentVersion } from '../../src/storage/versions.js';
import {
  barrageRow,
  CAUSE,
  claimRow,
  munitionRow,
  openDatabase,
  sourceRow,
} from '../storage/fixtures.js';
import { analysis } from './fixtures.js';

const today = () => new Date().toISOString().slice(0, 10);

describe('/stats/series', () => {
  it('is empty where nothing is reported, whatever is filled', async () => {
    const { points } = await analysis();
    expect([await points(), await points('fill=empty')]).toEqual([[], []]);
  });

  it('leaves silent nights out, or gives them as silent with nulls, never zeros', async () => {
    const { claim, points } = await analysis();
    await claim('2024-03-05', { launched: 10, intercepted: 6 });
    await claim('2024-03-07', { launched: 10, intercepted: 7 });
    expect((await points()).map(({ bucket }) => bucket)).toEqual(['2024-03-05', '2024-03-07']);
    const filled = await points('fill=empty&from=2024-03-04&to=2024-03-08');
    expect(filled.map(({ bucket, status }) => [bucket.slice(8), status])).toEqual([
      ['04', 'silent'],
      ['05', 'final'],
      ['06', 'silent'],
      ['07', 'final'],
      ['08', 'silent'],
    ]);
    expect(filled[2]).toMatchObject({
      launched: null,
      intercepted: null,
      suppressed: null,
      nights: 0,
      claims: 0,
      era: null,
      rate: { value: null, reason: 'no_claims', numerator: null, denominator: null },
    });
    expect((await points('fill=empty')).map(({ bucket }) => bucket)).toHaveLength(3);
  });

  it('takes a night with an unknown outcome for reported, and one left out for silent', async () => {
    const { claim, points } = await analysis();
    await claim('2024-03-05', { launched: 10 });
    await claim('2024-03-06', { intercepted: 10 });
    await claim('2024-03-07', { launched: 10, intercepted: 7, scope: 'regional' });
    const filled = await points('fill=empty&from=2024-03-05&to=2024-03-07');
    expect(filled.map(({ status, rate }) => [status, rate.reason])).toEqual([
      ['final', 'outcome_unknown'],
      ['final', 'denominator_unknown'],
      ['silent', 'no_claims'],
    ]);
    expect(await points()).toHaveLength(2);
  });

  it('gives every point the range of the claims that compete in it', async () => {
    const { claim, points } = await analysis();
    const one = await claim('2024-03-05', { launched: 10, intercepted: 6 });
    await claim('2024-03-05', {
      source: 'wire',
      launched: 10,
      intercepted: 2,
      alternative_to: one,
    });
    await claim('2024-04-05', { launched: 10, intercepted: 7 });
    expect((await points('bucket=month')).map(({ rate }) => rate.claim_range)).toEqual([
      { low: 0.2, high: 0.6 },
      { low: 0.7, high: 0.7 },
    ]);
  });

  it('is provisional until its newest night is seven nights old', async () => {
    const { claim, points } = await analysis();
    const night = (days: number) => addDays(today(), -days);
    for (const days of [7, 6, 0]) await claim(night(days), { launched: 10, intercepted: 6 });
    expect((await points()).map(({ status }) => status)).toEqual([
      'final',
      'provisional',
      'provisional',
    ]);
  });

  it.each(BUCKETS)('adds up to the summary by %s', async (bucket) => {
    const { claim, stats, points } = await analysis();
    const nights = ['2023-12-31', '2024-01-01', '2024-02-29', '2024-03-01', '2024-03-02'];
    for (const [index, night] of nights.entries()) {
      await claim(night, { launched: 10 + index, intercepted: index, suppressed: index % 2 });
    }
    const whole = await stats();
    const series = await points(`bucket=${bucket}`);
    for (const field of ['launched', 'intercepted', 'suppressed', 'claims', 'nights'] as const) {
      const sum = series.reduce((total, point) => total + (point[field] ?? 0), 0);
      expect(sum, field).toBe(whole[field]);
    }
    const filled = await points(`bucket=${bucket}&fill=empty`);
    for (const [index, point] of filled.entries()) {
      const next = filled[index + 1];
      if (next !== undefined) expect(next.from).toBe(addDays(point.to, 1));
    }
    expect(filled.filter(({ status }) => status !== 'silent')).toEqual(series);
  });

  it('names the era of a point, and none where it spans two', async () => {
    const { claim, era, series } = await analysis();
    await era({ code: 'A', to_night: '2024-03-05' });
    await era({ code: 'B', from_night: '2024-03-06', breaks: ['interception'] });
    for (const night of ['2024-03-05', '2024-03-06', '2024-04-01']) {
      await claim(night, { launched: 10, intercepted: 6 });
    }
    const { points, breaks } = await series('bucket=month');
    expect(points.map(({ era, rate }) => [era, rate.comparable])).toEqual([
      [null, false],
      ['B', true],
    ]);
    expect(breaks).toEqual([
      { night: '2024-03-06', from: 'A', to: 'B', affects: ['interception'] },
    ]);
  });
});

describe('rolling', () => {
  it('is null without a window, and pools the nights of the calendar with one', async () => {
    const { claim, points } = await analysis();
    await claim('2024-03-01', { launched: 10, intercepted: 10 });
    await claim('2024-03-02', { launched: 10, intercepted: 0 });
    await claim('2024-03-05', { launched: 20, intercepted: 15 });
    expect((await points()).map(({ rolling }) => rolling)).toEqual([null, null, null]);
    const rolled = (await points('rolling=3')).map(({ rolling }) => rolling);
    expect(rolled).toMatchObject([
      // At the start a window reaches back only as far as there are nights.
      { from: '2024-03-01', to: '2024-03-01', numerator: 10, denominator: 10, value: 1 },
      { from: '2024-03-01', to: '2024-03-02', numerator: 10, denominator: 20, value: 0.5 },
      { from: '2024-03-03', to: '2024-03-05', numerator: 15, denominator: 20, value: 0.75 },
    ]);
  });

  it('has no value in a window of silent nights, and no point beyond the series', async () => {
    const { claim, points } = await analysis();
    await claim('2024-03-01', { launched: 10, intercepted: 10 });
    await claim('2024-03-05', { launched: 20, intercepted: 15 });
    const filled = await points('rolling=2&fill=empty&from=2024-02-29&to=2024-03-06');
    expect(filled.map(({ rolling }) => rolling?.value ?? null)).toEqual([
      null,
      1,
      1,
      null,
      null,
      0.75,
      0.75,
    ]);
    expect(filled[0]?.rolling).toBeNull();
    expect(filled[3]?.rolling).toMatchObject({ denominator: 0, value: null, wilson: null });
  });

  it('needs a report of suppressed inside the window where the measure needs one', async () => {
    const { claim, points } = await analysis();
    await claim('2024-03-01', { launched: 10, intercepted: 5 });
    await claim('2024-03-02', { launched: 10, intercepted: 5, suppressed: 2 });
    await claim('2024-03-03', { launched: 10, intercepted: 5 });
    await claim('2024-03-04', { launched: 10, intercepted: 5 });
    const values = async (measure: string) =>
      (await points(`rolling=2&measure=${measure}`)).map(({ rolling }) => rolling?.value);
    expect(await values('neutralisation')).toEqual([null, 0.6, 0.6, null]);
    expect(await values('interception')).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it('gives each group the series that the group alone has, and groups add up to the whole', async () => {
    const { claim, ask } = await analysis();
    await claim('2024-03-05', { launched: 10, intercepted: 6 });
    await claim('2024-03-05', { launched: 4, intercepted: 1, munition: 'kalibr' });
    await claim('2024-04-07', { launched: 10, intercepted: 7, munition: 'kalibr' });
    const query = 'bucket=month&measure=interception';
    const { groups, points } = await ask('/stats/series', `${query}&group_by=munition`);
    expect(groups.map(({ key }: { key: object }) => key)).toEqual([
      { munition: 'kalibr' },
      { munition: 'shahed-136-131' },
    ]);
    for (const { key, ...course } of groups) {
      const alone = await ask('/stats/series', `${query}&munition=${key.munition}`);
      expect(course).toEqual({ points: alone.points, breaks: alone.breaks });
    }
    expect(points).toEqual((await ask('/stats/series', query)).points);
    const launched = groups.map(
      ({ points: own }: { points: { bucket: string; launched: number }[] }) =>
        own.find(({ bucket }) => bucket === '2024-03')?.launched,
    );
    expect(launched).toEqual([4, 10]);
  });

  it('reaches back into groups that have no report since', async () => {
    const { claim, ask } = await analysis();
    await claim('2024-03-05', { launched: 10, intercepted: 6, munition: 'kalibr' });
    await claim('2024-03-06', { launched: 10, intercepted: 7 });
    const query = 'group_by=munition&rolling=3&fill=empty&from=2024-03-06&to=2024-03-07';
    const { groups } = await ask('/stats/series', query);
    const told = groups.map(
      ({ key, points }: { key: { munition: string }; points: Point[] }) =>
        [key.munition, points.map(({ rolling }) => rolling?.numerator ?? null)] as const,
    );
    expect(Object.fromEntries(told)).toEqual({ kalibr: [6, 6], 'shahed-136-131': [7, 7] });
  });

  it('gives the groups the same units when empty ones are filled in, as many as may be', async () => {
    const { claim, ask } = await analysis();
    await claim('2024-03-05', { launched: 10, intercepted: 6 });
    await claim('2024-03-07', { launched: 4, intercepted: 1, munition: 'kalibr' });
    const { groups } = await ask('/stats/series', 'group_by=munition&fill=empty');
    expect(
      groups.map(({ points: own }: { points: { status: string }[] }) =>
        own.map(({ status }) => status),
      ),
    ).toEqual([
      ['silent', 'silent', 'final'],
      ['final', 'silent', 'silent'],
    ]);
    const years = 'fill=empty&from=2018-01-01&to=2025-01-01';
    expect((await ask('/stats/series', years)).points).toHaveLength(2558);
    await expect(ask('/stats/series', `${years}&group_by=munition`)).rejects.toThrow(
      'too_many_points',
    );
  });
});

describe('points of months', () => {
  const PAIR = { attacker: 'XXA', defender: 'XXB' };
  const QUERY: StatsQuery = { ...PAIR, side: 'defender', scope: ['national'], basis: ['barrage'] };
  const OPTIONS = {
    bucket: 'month',
    measure: 'interception',
    fill: 'none',
    group_by: 'source',
  } as const;

  async function reported() {
    const db = await openDatabase();
    await commit(db, CAUSE, async (draft) => {
      draft.create('source', sourceRow());
      draft.create('munition', munitionRow());
      for (const night of ['2024-03-05', '2024-04-05']) draft.create('barrage', barrageRow(night));
    });
    let count = 0;
    const claim = (night: string) => {
      count += 1;
      const [id, target] = [`clm_${String(count).padStart(26, '0')}`, `t${count}`];
      return commit(db, CAUSE, async (draft) =>
        draft.create('claim', claimRow({ id, target, barrage_id: `xxa-xxb-${night}` })),
      );
    };
    await claim('2024-03-05');
    await claim('2024-04-05');
    const ask = async (options: Partial<SeriesOptions> = {}, at?: string) => {
      const version = await currentVersion(db);
      const { points, groups } = await seriesOf(db, { ...version, ...(at && { at }) }, QUERY, {
        ...OPTIONS,
        ...options,
      });
      return [points, groups?.[0]?.points ?? []];
    };
    return { claim, ask };
  }

  it('are the same as long as nothing is written about the month, and last when asked for again', async () => {
    const { claim, ask } = await reported();
    const first = (await ask()).flat();
    expect(first.map(isLasting)).toEqual([false, false, false, false]);
    await claim('2024-04-05');
    const [whole = [], group = []] = await ask();
    expect([whole[0], group[0]].map((point) => first.indexOf(point as Point))).toEqual([0, 2]);
    expect([...whole, ...group].map(isLasting)).toEqual([true, false, true, false]);
    expect(whole.map(({ claims }) => claims)).toEqual([1, 2]);
    expect(group).toEqual(whole);
  });

  it('are others for another measure, with averages, and when they are not final yet', async () => {
    const { ask } = await reported();
    await ask();
    const of = async (options: Partial<SeriesOptions>) => (await ask(options))[0];
    const measured = await of({ measure: 'neutralisation' });
    expect(measured?.map(({ rate }) => rate.measure)).toEqual(['neutralisation', 'neutralisation']);
    const averaged = await of({ rolling: 3, ewma: 0.5 });
    expect(averaged?.every(({ rolling, ewma }) => rolling !== null && ewma !== null)).toBe(true);
    expect(averaged?.map(isLasting)).toEqual([false, false]);
    const bare = await of({});
    expect(bare?.every(({ rolling, ewma }) => rolling === null && ewma === null)).toBe(true);
    const early = (await ask({}, '2024-05-06T00:00:00.000Z'))[0];
    expect(early?.map(({ status }) => status)).toEqual(['final', 'provisional']);
    const later = (await ask({}, '2024-05-07T00:00:00.000Z'))[0];
    expect(later?.map(({ status }) => status)).toEqual(['final', 'final']);
  });
});
