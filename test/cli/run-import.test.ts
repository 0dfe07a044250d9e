import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ImportJob } from '../../src/cli/file-planner.js';
import { runImport } from '../../src/cli/run-import.js';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { currentVersion } from '../../src/storage/versions.js';
import { type Row, row } from '../importers/fixtures.js';
import { rowsJob } from '../support/import-rows.js';
import { type TestApp, testApp } from '../support/test-app.js';
import { state } from './commands.js';

/** The card's night as the compilation would write it. */
const CARD_ROW = row({
  time_start: '2024-09-07',
  time_end: '2024-09-07 08:00',
  launch_place: 'Chauda, Crimea and Kursk oblast and Yeysk',
  launched: '67.0',
  destroyed: '58.0',
  not_reach_goal: '3.0',
  border_crossing: "{'belarus': 6.0}",
});
const CARD = '/barrages/rus-ukr-2024-09-07';
const [CARD_CLAIM] = CARD_NIGHT.claims;

const job = (rows: readonly Row[], changes: Partial<ImportJob> = {}): ImportJob =>
  rowsJob(rows, { file_name: 'missile_attacks_daily.csv', ...changes });

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
  onTestFinished(() => test.close());
});

const imports = (rows: readonly Row[], changes?: Partial<ImportJob>) =>
  runImport(test.db, job(rows, changes));
const data = async (url: string) => (await test.get(url)).json().data;
const changesAt = (version: number) =>
  test.db.query.values<unknown[]>(
    sql`select op, entity, revision, fields from changes where version = ${version} order by seq`,
  );

async function expectCardNight(): Promise<void> {
  const { claims, totals } = await data(CARD);
  expect(claims).toHaveLength(1);
  expect(totals).toMatchObject([{ claims: 1, launched: 67, intercepted: 58, unaccounted: 0 }]);
  const stats = await data('/stats?munition=shahed-136-131&from=2024-09-07&to=2024-09-07');
  expect(stats).toMatchObject({ claims: 1, launched: 67, intercepted: 58, unaccounted: 0 });
  const { interception, neutralisation, non_penetration } = stats.rates;
  expect(interception.value).toBeCloseTo(0.8657, 4);
  expect(interception.wilson[0]).toBeCloseTo(0.764, 4);
  expect(interception.wilson[1]).toBeCloseTo(0.9277, 4);
  expect(neutralisation).toMatchObject({ numerator: 61, denominator: 67 });
  expect(non_penetration).toMatchObject({ numerator: 67, denominator: 67, value: 1 });
}

describe('an import that is refused', () => {
  it('writes nothing: a snapshot older than the last, unless it is forced', async () => {
    await imports([CARD_ROW], { published: '2024-10-01' });
    const { version } = await currentVersion(test.db);
    const older = () => imports([row()], { published: '2024-09-30' });
    await expect(older()).rejects.toThrow('older than the snapshot of 2024-10-01');
    expect((await currentVersion(test.db)).version).toBe(version);
    await imports([row()], { published: '2024-09-30', force: true });
    expect((await currentVersion(test.db)).version).toBe(version + 1);
  });

  it('writes nothing: a row that cannot be read, under --strict', async () => {
    const { version } = await currentVersion(test.db);
    const wrong = row({ time_start: 'yesterday' });
    await expect(imports([CARD_ROW, wrong], { strict: true })).rejects.toThrow(
      /--strict: nothing was written\.\n.*yesterday/s,
    );
    expect((await currentVersion(test.db)).version).toBe(version);
    expect(await imports([CARD_ROW, wrong])).toMatchObject({ created: 1 });
  });
});

describe('a file whose nights stand in no order', () => {
  const DAYS = [9, 4, 7, 4, 9, 2, 7, 2];
  const rows = DAYS.map((day, index) =>
    row({ time_start: `2024-03-0${day}`, time_end: `2024-03-0${day}`, target: `place ${index}` }),
  );
  const inOrder = DAYS.map((day, index) => [`rus-ukr-2024-03-0${day}`, index + 2]).toSorted();

  it('is written night by night, its ids and changes in the same order', async () => {
    expect(await imports(rows)).toMatchObject({ created: rows.length });
    const written = (order: string) =>
      test.db.query.values<unknown[]>(
        sql.raw(`select c.barrage_id, c.import_line from claims c join changes h on h.id = c.id
          and h.entity = 'claim' where c.import_id is not null order by ${order}`),
      );
    for (const order of ['c.rowid', 'c.id', 'h.seq']) {
      expect(await written(order), order).toEqual(inOrder);
    }
  });

  it('has each row that makes an earlier one’s claim rejected, wherever it stands', async () => {
    const [first = row(), second = row()] = rows;
    const { created, rejected } = await imports([...rows, first, second, first]);
    expect(created).toBe(rows.length);
    expect(rejected.map(({ line, reason }) => [line, reason.split(' of ').at(-1)])).toEqual([
      [10, 'line 2'],
      [11, 'line 3'],
      [12, 'line 2'],
    ]);
  });
});

describe('the card’s night', () => {
  it('gives its figures from a POST alone', async () => {
    expect((await test.post('/barrages', CARD_NIGHT)).statusCode).toBe(201);
    await expectCardNight();
  });

  it('gives its figures from an import alone', async () => {
    expect(await imports([CARD_ROW])).toMatchObject({ created: 1, rejected: [] });
    await expectCardNight();
  });

  it('recorded by hand and then imported, stays one headline claim with the row as its provenance', async () => {
    await test.post('/barrages', CARD_NIGHT);
    const [before] = (await data(CARD)).claims;
    const summary = await imports([CARD_ROW]);
    expect(summary).toMatchObject({
      created: 0,
      corrected: { adopted: 1 },
      possible_duplicates: [],
    });
    await expectCardNight();
    const [after] = (await data(CARD)).claims;
    expect([after.id, after.revision, after.origin]).toEqual([before.id, 2, 'client']);
    const claim = await data(`/claims/${after.id}`);
    expect(claim.provenance).toMatchObject({
      importer: 'piterfm',
      file_name: 'missile_attacks_daily.csv',
      published: '2024-09-07',
      line: 2,
      raw: CARD_ROW,
    });
    expect((await data('/debris-sites')).length).toBe(1);
    expect(await imports([CARD_ROW])).toMatchObject({ new_version: false, unchanged: 1 });
  });

  it('imported and then posted, as a claim, stays one headline claim', async () => {
    await imports([CARD_ROW]);
    const { statusCode } = await test.post(`${CARD}/claims`, CARD_CLAIM);
    expect(statusCode).toBe(200);
    await expectCardNight();
  });

  it('imported and then posted with other figures under the same key, is refused', async () => {
    await imports([CARD_ROW]);
    const [{ url, target }] = (await data(CARD)).claims;
    const posted = { ...CARD_CLAIM, url, target, intercepted: 57 };
    const response = await test.post(`${CARD}/claims`, posted);
    expect(response.statusCode).toBe(409);
    expect(response.json().errors).toMatchObject([{ pointer: '/intercepted', code: 'differs' }]);
    await expectCardNight();
  });

  it('nearly repeated by a row, is flagged and listed', async () => {
    await test.post('/barrages', CARD_NIGHT);
    const [byHand] = (await data(CARD)).claims;
    const summary = await imports([{ ...CARD_ROW, destroyed: '57.0' }]);
    expect(summary).toMatchObject({
      created: 1,
      flags: { possible_duplicate: 1 },
      possible_duplicates: [{ line: 2, claim_id: byHand.id, differs: ['intercepted'] }],
    });
    const { claims } = await data(CARD);
    const imported = claims.find(({ id }: { id: string }) => id !== byHand.id);
    expect(imported.flags).toContain('possible_duplicate');
    const { flagged } = await data('/stats?from=2024-09-07&to=2024-09-07');
    expect(flagged).toMatchObject({ possible_duplicate: 1 });
  });

  it('detached, not lost, when its row vanishes', async () => {
    await test.post('/barrages', CARD_NIGHT);
    await imports([CARD_ROW, row({ time_start: '2024-09-08', time_end: '2024-09-08' })]);
    const summary = await imports([row({ time_start: '2024-09-08', time_end: '2024-09-08' })]);
    expect(summary).toMatchObject({ retracted: 0, detached: 1 });
    const [claim] = (await data(CARD)).claims;
    expect([claim.revision, claim.provenance, claim.launched]).toEqual([3, null, 67]);
    await expectCardNight();
  });
});

describe('a newer snapshot', () => {
  const other = row({ model: 'Kalibr', time_start: '2024-03-06', time_end: '2024-03-06' });

  it('makes an edited row a second revision, with the changed fields in the log', async () => {
    await imports([row(), other]);
    const summary = await imports([row({ destroyed: '9.0', target: 'Ukraine' }), other]);
    expect(summary).toMatchObject({ corrected: { edited: 1 }, unchanged: 1, dataset_version: 3 });
    expect(await changesAt(3)).toEqual([['corrected', 'claim', 2, '["intercepted"]']]);
    const now = await data('/stats?munition=shahed-136-131');
    const then = await data('/stats?munition=shahed-136-131&as_of=2');
    expect([then.intercepted, now.intercepted]).toEqual([8, 9]);
  });

  it('retracts a vanished row, and the barrage that it leaves empty', async () => {
    await imports([row(), other]);
    const summary = await imports([row()], { force: true });
    expect(summary).toMatchObject({ retracted: 1, unchanged: 1 });
    const log = (await changesAt(3)).map(([op, entity]) => [op, entity]);
    expect(log).toEqual([
      ['retracted', 'claim'],
      ['retracted', 'barrage'],
    ]);
    expect((await test.get('/barrages/rus-ukr-2024-03-06')).statusCode).not.toBe(200);
    expect((await test.get('/barrages/rus-ukr-2024-03-06?as_of=2')).statusCode).toBe(200);
  });

  it('opens a retracted barrage again when its row comes back', async () => {
    await imports([row(), other]);
    await imports([row()], { force: true });
    await imports([row(), other]);
    expect(await data('/barrages/rus-ukr-2024-03-06')).toMatchObject({ revision: 2 });
  });

  it('keeps a barrage that holds a debris site, or a note', async () => {
    const sited = row({ time_start: '2024-03-07', time_end: '2024-03-07' });
    await imports([row(), other, sited]);
    const site = { source: 'ua-air-force', place: 'Synthetic town' };
    await test.post('/barrages/rus-ukr-2024-03-06/debris-sites', site);
    await imports([row(), sited], { force: true });
    expect(await data('/barrages/rus-ukr-2024-03-06')).toMatchObject({ totals: [] });
  });

  it('moves a claim whose night moved, and closes the night it left', async () => {
    await imports([other]);
    await imports([{ ...other, time_start: '2024-03-08', time_end: '2024-03-08' }]);
    const { data: barrages } = (await test.get('/barrages')).json();
    expect(barrages.map(({ id }: { id: string }) => id)).toEqual(['rus-ukr-2024-03-08']);
  });

  it('brings all of its changes under one version that names the file', async () => {
    const first = await imports([row(), other]);
    const second = await imports([row({ destroyed: '1' })], { force: true });
    expect([first.dataset_version, second.dataset_version]).toEqual([2, 3]);
    const files = await test.db.query.values(
      sql`select version, file_name, sha256, published from imports order by version`,
    );
    expect(files).toEqual([
      [2, 'missile_attacks_daily.csv', first.sha256, '2024-03-06'],
      [3, 'missile_attacks_daily.csv', second.sha256, '2024-03-05'],
    ]);
  });

  it('writes nothing in a rehearsal, under strict with a reject, or when it is older', async () => {
    await imports([row(), other]);
    const before = await state(test.db);
    expect(await imports([row({ destroyed: '1' }), other], { dry_run: true })).toMatchObject({
      corrected: { edited: 1 },
    });
    const bad = [row(), other, row({ launched: 'x', model: 'Lancet' })];
    await expect(imports(bad, { strict: true })).rejects.toThrow(/--strict: nothing was written/);
    await expect(imports([row()])).rejects.toThrow(/older than the snapshot of 2024-03-06/);
    expect(await state(test.db)).toEqual(before);
  });

  it('leaves claims of other parties alone', async () => {
    await test.post('/sources', {
      slug: 'xxb-staff',
      name: 'Staff',
      party: 'XXB',
      kind: 'official',
    });
    const window = { window_start: '2024-03-05', window_end: '2024-03-05' };
    const claim = {
      source: 'xxb-staff',
      munition: 'lancet',
      ...window,
      launched: 1,
      intercepted: 1,
    };
    await test.post('/barrages', { attacker: 'XXA', defender: 'XXB', claims: [claim] });
    await imports([row()]);
    await imports([other]);
    expect(await data('/stats?attacker=XXA&defender=XXB')).toMatchObject({ claims: 1 });
  });
});

describe('what somebody set right by hand', () => {
  const correct = async (url: string, body: object) => {
    const response = await test.patch(url, body);
    expect(response.statusCode, response.body).toBe(200);
  };
  const claimUrl = async () => `/claims/${(await data('/claims'))[0].id}`;

  it('outranks the file in every later import, and the import says so', async () => {
    await imports([CARD_ROW]);
    const url = await claimUrl();
    await correct(url, { intercepted: 57, reason: 'the bulletin says 57' });
    expect(await data(url)).toMatchObject({ intercepted: 57, set_by_hand: ['intercepted'] });
    const again = await imports([CARD_ROW]);
    expect(again).toMatchObject({ new_version: false, unchanged: 1 });
    expect(again.overruled).toMatchObject([{ line: 2, fields: ['intercepted'] }]);
    await imports([{ ...CARD_ROW, not_reach_goal: '2.0' }], { published: '2024-10-01' });
    expect(await data(url)).toMatchObject({ intercepted: 57, suppressed: 2, revision: 3 });
    expect(await data(url)).toMatchObject({ set_by_hand: ['intercepted'] });
  });

  it('keeps the flag of a cell that could not be read', async () => {
    await imports([{ ...CARD_ROW, border_crossing: '{oops' }]);
    const url = await claimUrl();
    expect((await data(url)).flags).toContain('unparsable_literal');
    await correct(url, { note: 'looked at', reason: 'a test' });
    expect((await data(url)).flags).toContain('unparsable_literal');
  });

  it('stays retracted although the row is published again', async () => {
    await imports([CARD_ROW]);
    const url = await claimUrl();
    expect((await test.retract(url)).statusCode).toBe(204);
    const again = await imports([CARD_ROW]);
    expect(again).toMatchObject({ new_version: false, created: 0, retracted: 0 });
    expect(again.withheld).toEqual([{ line: 2, claim_id: url.slice('/claims/'.length) }]);
    expect((await test.get(url)).statusCode).toBe(410);
    expect((await data('/stats')).claims).toBe(0);
  });

  it('comes back when the import itself retracted it', async () => {
    await imports([CARD_ROW, row({ model: 'Kalibr' })]);
    await imports([row({ model: 'Kalibr' })], { published: '2024-10-01' });
    expect(
      await imports([CARD_ROW, row({ model: 'Kalibr' })], { published: '2024-10-02' }),
    ).toMatchObject({
      created: 1,
      withheld: [],
    });
  });

  it('is given back to the file field by field, with release', async () => {
    await imports([CARD_ROW]);
    const url = await claimUrl();
    await correct(url, { intercepted: 57, note: 'seen', reason: 'the bulletin says 57' });
    await correct(url, { release: ['intercepted'], reason: 'it does not' });
    expect(await data(url)).toMatchObject({ intercepted: 57, set_by_hand: ['note'], revision: 3 });
    const [, , last] = await data(`${url}/revisions`);
    expect(last).toMatchObject({ reason: 'it does not', op: 'corrected' });
    expect(await imports([CARD_ROW])).toMatchObject({ new_version: true, overruled: [] });
    expect(await data(url)).toMatchObject({ intercepted: 58, note: 'seen', set_by_hand: ['note'] });
    // Set and released at once: the value stands until the next import.
    await correct(url, { launched: 70, reason: 'a slip' });
    await correct(url, { launched: 67, release: ['launched'], reason: 'undone' });
    expect(await data(url)).toMatchObject({ launched: 67, set_by_hand: ['note'] });
  });

  it('422 for a release of what was not set by hand, and nothing is changed', async () => {
    await imports([CARD_ROW]);
    const url = await claimUrl();
    await correct(url, { intercepted: 57, reason: 'the bulletin says 57' });
    const headers = {
      authorization: `Bearer ${test.key}`,
      'if-match': '*',
      'content-type': 'application/merge-patch+json',
    };
    const patch = (body: object) =>
      test.request({ method: 'PATCH', url, headers, payload: JSON.stringify(body) });
    const release = ['intercepted', 'launched', 'lunched'];
    const refused = await patch({ launched: 1, release, reason: 'r' });
    expect(refused.statusCode).toBe(422);
    expect(refused.json().errors).toMatchObject([
      { pointer: '/release/1', code: 'not_set_by_hand' },
      { pointer: '/release/2', code: 'not_set_by_hand' },
    ]);
    for (const wrong of [null, 'intercepted', [1]])
      expect((await patch({ release: wrong, reason: 'r' })).statusCode).toBe(422);
    expect(await data(url)).toMatchObject({ set_by_hand: ['intercepted'], revision: 2 });
  });

  it('survives a snapshot in which its row is missing, and gets the row back', async () => {
    const other = row({ model: 'Kalibr', time_start: '2024-10-01', time_end: '2024-10-01' });
    await imports([CARD_ROW, other]);
    const url = `/claims/${(await data(CARD)).claims[0].id}`;
    const claim_id = url.slice('/claims/'.length);
    await correct(url, { intercepted: 57, reason: 'the bulletin says 57' });
    const without = await imports([other]);
    expect(without).toMatchObject({
      retracted: 0,
      detached: 1,
      kept_without_row: [{ claim_id, set_by_hand: ['intercepted'] }],
    });
    expect(await data(url)).toMatchObject({ intercepted: 57, provenance: null });
    await correct(url, { suppressed: 4, left_airspace: 5, reason: 'while it has no row' });
    expect(await imports([other])).toMatchObject({ new_version: false });
    const back = await imports([CARD_ROW, other], { strict: true });
    expect(back).toMatchObject({ created: 0, rejected: [], corrected: { adopted: 1 } });
    expect(back.attached).toEqual([{ line: 2, claim_id }]);
    expect(await data(url)).toMatchObject({
      intercepted: 57,
      suppressed: 4,
      set_by_hand: ['intercepted', 'left_airspace', 'suppressed'],
      provenance: { line: 2 },
    });
    expect(await imports([CARD_ROW, other])).toMatchObject({ new_version: false });
  });

  it('recorded by hand, adopted, corrected and detached, gets its row back too', async () => {
    const other = row({ model: 'Kalibr', time_start: '2024-10-01', time_end: '2024-10-01' });
    await test.post('/barrages', CARD_NIGHT);
    await imports([CARD_ROW, other]);
    const url = `/claims/${(await data(CARD)).claims[0].id}`;
    await correct(url, { intercepted: 57, reason: 'the bulletin says 57' });
    await imports([other]);
    const back = await imports([CARD_ROW, other], { strict: true });
    expect(back).toMatchObject({ created: 0, corrected: { adopted: 1 }, rejected: [] });
    expect(await data(url)).toMatchObject({ intercepted: 57, provenance: { line: 2 } });
  });
});

describe('a claim that moves to another night', () => {
  it('frees those that named it, in the same version and with the reason', async () => {
    const other = row({ model: 'Kalibr', time_start: '2024-10-01', time_end: '2024-10-01' });
    await imports([CARD_ROW, other]);
    const [{ id: headline }] = (await data(CARD)).claims;
    const rival = { ...CARD_CLAIM, source: 'ru-mod', alternative_to: headline };
    const posted = (await test.post(`${CARD}/claims`, rival)).json().data;
    const later = { ...CARD_ROW, time_start: '2024-09-09', time_end: '2024-09-09 08:00' };
    const summary = await imports([later, other]);
    expect(summary.freed).toEqual([{ claim_id: posted.id, named: [headline] }]);
    const { barrage_id } = await data(`/claims/${headline}`);
    expect(barrage_id).toBe('rus-ukr-2024-09-09');
    const freed = await data(`/claims/${posted.id}`);
    expect(freed).toMatchObject({ alternative_to: null, barrage_id: 'rus-ukr-2024-09-07' });
    const { reason, changed } = (await data(`/claims/${posted.id}/revisions`)).at(-1);
    expect(reason).toMatch(/^missile_attacks_daily.csv sha256:.* another night$/);
    expect(changed).toMatchObject([{ field: 'alternative_to' }]);
    expect(await imports([later, other])).toMatchObject({ new_version: false });
  });
});
