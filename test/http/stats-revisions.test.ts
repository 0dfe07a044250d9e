import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runImport } from '../../src/cli/run-import.js';
import { addDays } from '../../src/domain/calendar.js';
import { currentVersion } from '../../src/storage/versions.js';
import { type Row, row } from '../importers/fixtures.js';
import { rowsJob } from '../support/import-rows.js';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(() => test.close());

// Corrections by hand are released when they are recorded, so nights of a known age are counted back from today.
const nightsAgo = (days: number): string => addDays(new Date().toISOString().slice(0, 10), -days);

async function record(night: string, changes: object = {}): Promise<string> {
  const barrage = `rus-ukr-${night}`;
  await test.post('/barrages', { attacker: 'RUS', defender: 'UKR', night });
  const claim = {
    source: 'ua-air-force',
    munition: 'shahed-136-131',
    window_start: night,
    window_end: night,
    launched: 10,
    intercepted: 5,
    ...changes,
  };
  const response = await test.post(`/barrages/${barrage}/claims`, claim);
  expect(response.statusCode, response.body).toBe(201);
  return response.json().data.id;
}

function done(response: { statusCode: number; body: string }): void {
  expect(response.statusCode, response.body).toBeLessThan(300);
}
const correct = async (id: string, changes: object) =>
  done(await test.patch(`/claims/${id}`, { ...changes, reason: 'corrected' }));
const ask = async (query = '') => (await test.get(`/stats/revisions?${query}`)).json().data;
const versionNow = async () => (await currentVersion(test.db)).version;

/** Claims of every kind of course; the figures expected of them are worked out beside each test. */
async function withHistory() {
  const ids = {
    raised: await record(nightsAgo(3)),
    lowered: await record(nightsAgo(20), { launched: 20 }),
    filled: await record(nightsAgo(60), { launched: null, intercepted: 6 }),
    blanked: await record(nightsAgo(200), { launched: 30, suppressed: 2 }),
    taken_back: await record(nightsAgo(500), { launched: 40 }),
    untouched: await record(nightsAgo(600)),
    withdrawn: await record(nightsAgo(10)),
    regional: await record(nightsAgo(3), { source: 'ua-air-command-south', scope: 'regional' }),
    attacker: await record(nightsAgo(3), { source: 'ru-mod', launched: null, intercepted: 9 }),
  };
  const rival = await record(nightsAgo(600), {
    launched: 11,
    target: 'x',
    alternative_to: ids.untouched,
  });
  const before = await versionNow();
  await correct(ids.raised, { launched: 12, intercepted: 7 });
  await correct(ids.raised, { launched: 11 });
  await correct(ids.lowered, { launched: 16 });
  await correct(ids.filled, { launched: 8 });
  await correct(ids.blanked, { suppressed: null });
  await correct(ids.taken_back, { launched: 41 });
  await correct(ids.taken_back, { launched: 40, note: 'as it was' });
  await correct(ids.untouched, { note: 'no count' });
  await correct(ids.withdrawn, { launched: 6 });
  done(await test.retract(`/claims/${ids.withdrawn}`, 'withdrawn'));
  await correct(ids.regional, { intercepted: 4 });
  await correct(ids.attacker, { intercepted: 12 });
  await correct(rival, { launched: 14 });
  return { ids, before };
}

describe('GET /stats/revisions', () => {
  it('tells per source and count how many claims moved, and how far', async () => {
    const { ids } = await withHistory();
    const { sources, ...whole } = await ask();
    expect(whole).toMatchObject({ claims: 9, claims_revised: 8, retracted: 1 });
    expect(sources.map(({ source, side }: Record<string, string>) => [source, side])).toEqual([
      ['ru-mod', 'attacker'],
      ['ua-air-command-south', 'defender'],
      ['ua-air-force', 'defender'],
    ]);
    const force = sources[2];
    // raised, lowered, filled, blanked, taken back, untouched and the rival; the last two moved no count or one.
    expect(force).toMatchObject({ claims: 7, claims_revised: 6, retracted: 1 });
    // raised 10 -> 12 -> 11, lowered 20 -> 16, rival 11 -> 14; filled null -> 8; taken back 40 -> 41 -> 40.
    expect(force.fields.launched).toEqual({
      claims: 7,
      claims_that_gave_it_first: 6,
      moved: 3,
      filled: 1,
      blanked: 0,
      share_moved: 3 / 6,
      net_change: 1 - 4 + 3,
      mean_absolute_change: 8 / 3,
      median_absolute_change: 3,
      largest_absolute_change: {
        claim: ids.lowered,
        href: `/claims/${ids.lowered}/revisions`,
        night: nightsAgo(20),
        first: 20,
        now: 16,
        change: -4,
      },
      revisions: 7,
      revisions_by_age: { '0-7': 2, '8-30': 1, '31-90': 1, '91-365': 0, over_365: 3 },
    });
    expect(force.fields.intercepted).toMatchObject({
      claims_that_gave_it_first: 7,
      moved: 1,
      net_change: 2,
      revisions: 1,
      revisions_by_age: { '0-7': 1, over_365: 0 },
    });
    expect(force.fields.suppressed).toMatchObject({
      claims_that_gave_it_first: 1,
      moved: 0,
      filled: 0,
      blanked: 1,
      share_moved: 0,
      net_change: 0,
      mean_absolute_change: null,
      median_absolute_change: null,
      largest_absolute_change: null,
      revisions: 1,
      revisions_by_age: { '91-365': 1 },
    });
    expect(force.fields.turbojet).toMatchObject({
      claims_that_gave_it_first: 0,
      share_moved: null,
    });
    expect(sources[0].fields.intercepted).toMatchObject({ moved: 1, net_change: 3 });
    expect(sources[1].fields.intercepted).toMatchObject({ moved: 1, net_change: -1 });
  });

  it('gives the headline interception of the same claims at first release and now', async () => {
    await withHistory();
    const { interception } = await ask();
    // raised, lowered, blanked, taken back, untouched; the one without launched at first is left out.
    const first = { launched: 10 + 20 + 30 + 40 + 10, intercepted: 25 };
    const now = { launched: 11 + 16 + 30 + 40 + 10, intercepted: 27 };
    expect(interception).toEqual({
      side: 'defender',
      scope: ['national'],
      basis: ['barrage'],
      claims: 5,
      claims_moved: 2,
      claims_left_out: 1,
      first: { ...first, value: 25 / 110, reason: null },
      now: { ...now, value: 27 / 107, reason: null },
      difference: 27 / 107 - 25 / 110,
    });
  });

  it('restricts to a side, a scope, a basis or a source only when asked to', async () => {
    await withHistory();
    const names = async (query: string) =>
      (await ask(query)).sources.map(({ source }: { source: string }) => source);
    expect(await names('side=attacker')).toEqual(['ru-mod']);
    expect(await names('side=attacker&source=ua-air-force')).toEqual([]);
    expect(await names('scope=regional')).toEqual(['ua-air-command-south']);
    expect(await names('basis=tally')).toEqual([]);
    expect(await names('source=ru-mod,ua-air-force&side=defender')).toEqual(['ua-air-force']);
    expect(await names(`from=${nightsAgo(3)}`)).toHaveLength(3);
    expect((await ask(`to=${nightsAgo(500)}`)).claims).toBe(3);
  });

  it('answers as of every version what was known then', async () => {
    const { before, ids } = await withHistory();
    const then = await ask(`as_of=${before}`);
    expect(then).toMatchObject({ claims: 10, claims_revised: 0, retracted: 0 });
    expect(then.interception).toMatchObject({ claims: 6, claims_moved: 0, difference: 0 });
    // After both corrections of the first claim and before the second was touched.
    const later = (await ask(`as_of=${before + 2}`)).sources[2].fields.launched;
    expect(later).toMatchObject({ moved: 1, net_change: 1, revisions: 2 });
    const between = (await ask(`as_of=${before + 1}`)).sources[2].fields.launched;
    expect(between.largest_absolute_change).toMatchObject({ claim: ids.raised, now: 12 });
    const live = (await test.get('/stats/revisions')).json();
    await correct(ids.raised, { launched: 99 });
    const pinned = (await test.get(live.meta.citation.permalink)).json();
    expect(pinned.data).toEqual(live.data);
  });

  it('gives null rates with reasons where there is nothing to pool', async () => {
    expect((await ask()).interception).toMatchObject({
      claims: 0,
      first: { value: null, reason: 'no_claims' },
      difference: null,
    });
    await record(nightsAgo(3), { basis: 'tally', launched: 5 });
    expect((await ask('basis=tally')).interception.now.reason).toBe('tally_only');
    const id = await record(nightsAgo(4), { launched: 0, intercepted: 0 });
    expect((await ask(`to=${nightsAgo(4)}`)).interception.now.reason).toBe('denominator_zero');
    await correct(id, { launched: 1, intercepted: 2, as_reported: true });
    expect((await ask(`to=${nightsAgo(4)}`)).interception).toMatchObject({
      first: { reason: 'denominator_zero' },
      now: { value: null, reason: 'impossible_claims' },
      difference: null,
    });
  });

  it('dates a revision by the file that it came from, else by the day on which it was recorded', async () => {
    const take = (published: string, changes: Row) => {
      const rows = [row({ time_start: '2024-03-05', time_end: '2024-03-05 08:00', ...changes })];
      const file_name = `${published}.csv`;
      return runImport(test.db, rowsJob(rows, { file_name, published, strict: true }));
    };
    await take('2024-03-03', {});
    await take('2024-03-04', { launched: '11.0' });
    await take('2024-03-12', { launched: '12.0' });
    await take('2024-03-13', { launched: '13.0' });
    await take('2025-03-05', { launched: '14.0' });
    await take('2025-03-06', { launched: '15.0' });
    const { sources } = await ask();
    // A day before the label of the night, then 7, 8, 365 and 366 days after it.
    expect(sources[0].fields.launched).toMatchObject({
      moved: 1,
      revisions: 5,
      revisions_by_age: { '0-7': 2, '8-30': 1, '31-90': 0, '91-365': 1, over_365: 1 },
    });
    await correct(sources[0].fields.launched.largest_absolute_change.claim, { launched: 16 });
    const { launched } = (await ask()).sources[0].fields;
    expect(launched).toMatchObject({ revisions: 6, revisions_by_age: { over_365: 2 } });
  });

  it('dates a correction by hand by its own day, not by the file that the claim came from', async () => {
    const rows = [row({ time_start: '2024-03-05', time_end: '2024-03-05 08:00' })];
    const from = { file_name: 'first.csv', published: '2024-03-06', strict: true };
    await runImport(test.db, rowsJob(rows, from));
    const { id } = (await test.get('/claims')).json().data[0];
    await correct(id, { launched: 16 });
    const { launched } = (await ask()).sources[0].fields;
    expect(launched).toMatchObject({ revisions: 1, revisions_by_age: { '0-7': 0, over_365: 1 } });
  });

  it.each(['side=both', 'limit=5', 'from=2024-09-31'])('400 for %s', async (query) => {
    expect((await test.get(`/stats/revisions?${query}`)).statusCode).toBe(400);
  });
});
