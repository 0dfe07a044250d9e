import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportSummary } from '../../src/cli/import-summary.js';
import { runImport } from '../../src/cli/run-import.js';
import {
  hasShared,
  needsShared,
  type Reference,
  reference,
  SNAPSHOTS,
  snapshotJob,
} from '../support/shared-data.js';
import { type TestApp, testApp } from '../support/test-app.js';

const EVERYTHING = 'scope=national,regional,other&basis=barrage,tally';

describe.skipIf(!hasShared)(`the seven snapshots imported in order of date${needsShared}`, () => {
  let test: TestApp;
  let newest: TestApp;
  let revisions: Reference;
  const summaries = new Map<string, ImportSummary>();

  beforeAll(async () => {
    test = await testApp();
    newest = await testApp();
    revisions = reference('revisions');
    for (const date of SNAPSHOTS) summaries.set(date, await runImport(test.db, snapshotJob(date)));
    await runImport(newest.db, snapshotJob('2026-03-01'));
  }, 120_000);
  afterAll(async () => {
    await test.close();
    await newest.close();
  });

  const versionOf = (date: string): number => summaries.get(date)?.dataset_version ?? 0;
  const stats = async (query: string, app = test): Promise<Reference> =>
    (await app.get(`/stats?${query}`)).json().data;

  it('matches, adds, removes and edits what the reference says', () => {
    for (const pair of revisions.pairs) {
      const summary = summaries.get(pair.newer);
      expect(summary?.matching, `${pair.older} to ${pair.newer}`).toEqual({
        matched: pair.matched,
        matched_by_pass: pair.matched_by_pass,
        removed: pair.removed,
        added: pair.added,
        backfilled: pair.backfilled,
        edited: pair.edited,
        fields: pair.fields,
      });
      expect(summary?.created).toBe(pair.added);
      expect(summary?.retracted).toBe(pair.removed);
      expect(summary?.corrected.edited).toBe(pair.edited);
      expect(summary?.rejected).toEqual([]);
    }
  });

  it('raises one dataset version per snapshot, and none for a repeated one', async () => {
    const versions = SNAPSHOTS.map(versionOf);
    expect(versions).toEqual(versions.map((_, index) => (versions[0] ?? 0) + index));
    const again = await runImport(test.db, snapshotJob('2026-03-01'));
    expect(again).toMatchObject({ new_version: false, created: 0, unchanged: 3468, retracted: 0 });
    expect((await test.get('/stats')).json().meta.dataset_version).toBe(versions.at(-1));
  });

  it('refuses an older snapshot after a newer one, unless forced', async () => {
    await expect(runImport(test.db, snapshotJob('2025-05-26'))).rejects.toThrow(/older.*--force/);
    const forced = await runImport(
      test.db,
      snapshotJob('2025-05-26', { force: true, dry_run: true }),
    );
    expect(forced.rows_read).toBe(2472);
  });

  it('answers as of every snapshot what that snapshot said', async () => {
    const queries: Record<string, string> = {
      shahed_national_overall: 'munition=shahed-136-131',
      cruise_all_rows_overall: `category=cruise_missile&${EVERYTHING}`,
      shahed_national_nights_to_2023_06_30: 'munition=shahed-136-131&to=2023-06-30',
      all_models_all_rows_night_2025_01_12: `from=2025-01-12&to=2025-01-12&${EVERYTHING}`,
      cruise_all_rows_nights_of_2024_08: `category=cruise_missile&from=2024-08-01&to=2024-08-31&${EVERYTHING}`,
    };
    for (const [fact, query] of Object.entries(queries)) {
      for (const date of SNAPSHOTS) {
        const expected = revisions.as_of[fact].values[date];
        if (expected === null) continue;
        const answer = await stats(`${query}&as_of=${versionOf(date)}`);
        const { claims, launched, intercepted } = answer;
        const unused = answer.excluded.launched_unknown + answer.excluded.outcome_unknown;
        const what = `${fact} as of ${date}`;
        expect({ rows: claims + unused, launched, destroyed: intercepted }, what).toEqual(expected);
      }
    }
  });

  it('ends where a database starts that saw the newest snapshot only', async () => {
    for (const query of [
      '',
      'group_by=munition',
      `group_by=month,category&${EVERYTHING}`,
      `group_by=source,era&${EVERYTHING}`,
    ]) {
      expect(await stats(query)).toEqual(await stats(query, newest));
    }
  });
});
