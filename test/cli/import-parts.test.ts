import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runImport } from '../../src/cli/run-import.js';
import { planImport } from '../../src/importers/plan.js';
import { REBUILD_SUMS } from '../../src/storage/claim-sums.js';
import { codeListsAt } from '../../src/storage/code-list-store.js';
import { Database } from '../../src/storage/database.js';
import { lastImport } from '../../src/storage/import-store.js';
import { claimsOfNights, storedBarrages } from '../../src/storage/matchable-claims.js';
import { currentVersion } from '../../src/storage/versions.js';
import { file, parseText, type Row, row } from '../importers/fixtures.js';
import { rows as storedRows } from '../storage/fixtures.js';
import { rowsJob } from '../support/import-rows.js';
import { type TestApp, testApp } from '../support/test-app.js';

const KEPT_SUMS = `select * from claim_sums order by ${Array.from({ length: 35 }, (_, n) => n + 1)}`;
const PAIR = { attacker: 'RUS', defender: 'UKR' };
const REPORTS = ['kpszsu/posts/a', 'kpszsu/posts/b', 'PvKPivden/posts/c', 'pvkshid/posts/d'];

const rowOf = ([day, hour, model, report, target, launched]: number[]): Row =>
  row({
    time_start: `2024-03-0${1 + Number(day)} 00:00`,
    time_end: `2024-03-0${1 + Number(day)} 0${1 + Number(hour)}:00`,
    model: ['Kalibr', 'Lancet'][Number(model)] ?? '',
    source: REPORTS[Number(report)] ?? '',
    target: ['', 'south'][Number(target)] ?? '',
    // Some rows cannot be read.
    launched: Number(launched) === 9 ? 'x' : `${launched}`,
    destroyed: '0',
  });
const rowArbitrary = fc
  .tuple(...[4, 1, 1, 3, 1, 9].map((max) => fc.nat({ max })))
  .map((numbers) => rowOf(numbers));
const rowsArbitrary = fc
  .array(rowArbitrary, { minLength: 1, maxLength: 12 })
  .map((rows) => [...rows, row({ time_start: '2024-04-01', time_end: '2024-04-01' })]);

const job = (rows: readonly Row[], dry_run: boolean) => rowsJob(rows, { force: true, dry_run });

describe('an import that is compared part by part', () => {
  it('finds and writes what comparing the whole file at once finds', async () => {
    await fc.assert(
      fc.asyncProperty(rowsArbitrary, rowsArbitrary, async (older, newer) => {
        const db = await Database.open('file::memory:');
        try {
          await runImport(db, job(older, false));
          const { version } = await currentVersion(db);
          const lists = await codeListsAt(db, version);
          const nights = [...(await storedBarrages(db, version, PAIR)).keys()];
          const existing = await claimsOfNights(db, version, nights);
          const whole = parseText(file(newer), lists);
          const plan = planImport(whole, existing, await lastImport(db, 'piterfm'), lists);
          const summary = await runImport(db, job(newer, false));
          expect(summary).toMatchObject({
            created: plan.creations.length,
            retracted: plan.retractions.length,
            unchanged: plan.unchanged,
            held: plan.held.length,
            matching: plan.matching,
          });
          const count = (kind: string) =>
            plan.corrections.filter((one) => one.kind === kind).length;
          expect(summary.corrected).toMatchObject({
            edited: count('edited'),
            rederived: count('rederived'),
          });
          const kept = await storedRows(db, KEPT_SUMS);
          await db.write(REBUILD_SUMS);
          expect(kept).toEqual(await storedRows(db, KEPT_SUMS));
          // A row that cannot be read takes part in the matching, so that beside it others may find no partner.
          if (whole.unread.length > 0) return;
          expect(await runImport(db, job(newer, false))).toMatchObject({ new_version: false });
        } finally {
          await db.close();
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe('an import in parts', () => {
  const other = row({ time_start: '2024-04-01', time_end: '2024-04-01', model: 'Kalibr' });
  const setUp = async (rows: readonly Row[]) => {
    const test = await testApp();
    onTestFinished(() => test.close());
    await runImport(test.db, job(rows, false));
    return test;
  };
  const imports = (test: TestApp, rows: readonly Row[]) => runImport(test.db, job(rows, false));
  const claimOf = async (test: TestApp) => {
    const { data } = (await test.get('/claims?munition=shahed-136-131')).json();
    return `/claims/${data[0].id}`;
  };

  it("looks at the night that a window names which is half a person's and half the row's", async () => {
    const test = await setUp([row({ time_start: '2024-03-05', time_end: '2024-03-05' }), other]);
    const url = await claimOf(test);
    const by_hand = { window_end: '2024-03-05T07:00', reason: 'a test' };
    expect((await test.patch(url, by_hand)).statusCode).toBe(200);
    const late = row({ time_start: '2024-03-09', time_end: '2024-03-11', destroyed: '7' });
    expect(await imports(test, [late, other])).toMatchObject({
      created: 0,
      retracted: 0,
      corrected: { edited: 1 },
    });
    expect((await test.get(url)).json().data).toMatchObject({
      window_start: '2024-03-09',
      window_end: '2024-03-05T07:00',
      barrage_id: 'rus-ukr-2024-03-07',
    });
    expect(await imports(test, [late, other])).toMatchObject({ new_version: false });
    // Another row of that very night with the very natural key.
    const taken = row({ time_start: '2024-03-09', time_end: '2024-03-05 07:00' });
    const clash = await imports(test, [late, taken, other]);
    expect(clash).toMatchObject({ created: 0, rejected: [{ line: 3, column: 'source' }] });
  });

  it('keeps barrages apart that share no report, and takes a file that says nothing new for what it is', async () => {
    const days = ['05', '06', '07'].map((day) => {
      return row({
        time_start: `2024-03-${day}`,
        time_end: `2024-03-${day}`,
        source: `x/posts/${day}`,
      });
    });
    const test = await setUp([...days, other]);
    const [first = {}, ...rest] = days;
    const summary = await imports(test, [{ ...first, destroyed: '7' }, ...rest, other]);
    expect(summary).toMatchObject({
      unchanged: 3,
      corrected: { edited: 1 },
      matching: { matched: 4 },
    });
    expect(summary.matching.matched_by_pass).toMatchObject({ natural_key: 4 });
  });
});
