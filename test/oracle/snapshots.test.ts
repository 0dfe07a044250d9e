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

  /** All claims that a query lets through, page by page. */
  const walked = async (query: string): Promise<Reference[]> => {
    const claims: Reference[] = [];
    let cursor = '';
    do {
      const { data, page } = (await test.get(`/claims?limit=500&${query}${cursor}`)).json();
      claims.push(...data);
      cursor = page.has_more ? `&cursor=${page.next_cursor}` : '';
    } while (cursor !== '');
    return claims;
  };

  // An empty sum is null with us; the reference writes 0 beside 0 rows.
  const pooled = (query: string) => async (asOf: string) => {
    const answer = await stats(`${query}&${asOf}`);
    const { claims, launched, intercepted, excluded } = answer;
    const rows = claims + excluded.launched_unknown + excluded.outcome_unknown;
    const none = claims === 0 ? 0 : null;
    return { rows, launched: launched ?? none, destroyed: intercepted ?? none };
  };

  /** How each fact of the reference is asked for. A code that a snapshot does not know names no claim of it. */
  const ASKED: Record<string, (asOf: string) => Promise<unknown>> = {
    rows: async (asOf) => {
      const { claims, excluded } = await stats(`${EVERYTHING}&${asOf}`);
      const left = Object.values<number>(excluded).reduce((sum, count) => sum + count, 0);
      expect(await walked(asOf)).toHaveLength(claims + left);
      return claims + left;
    },
    shahed_national_overall: pooled('munition=shahed-136-131'),
    cruise_all_rows_overall: pooled(`category=cruise_missile&${EVERYTHING}`),
    shahed_national_nights_to_2023_06_30: pooled('munition=shahed-136-131&to=2023-06-30'),
    cruise_all_rows_nights_of_2024_08: pooled(
      `category=cruise_missile&from=2024-08-01&to=2024-08-31&${EVERYTHING}`,
    ),
    guided_bomb_all_rows_nights_to_2024_12_31: pooled(
      `category=guided_bomb&to=2024-12-31&${EVERYTHING}`,
    ),
    model_KAB_all_rows: pooled(`munition=kab&${EVERYTHING}`),
    x59_and_x31p_rows_of_night_2022_12_16: async (asOf) => {
      const claims = await walked(`from=2022-12-16&to=2022-12-16&${asOf}`);
      const { data: munitions } = (await test.get(`/munitions?${asOf}`)).json();
      const names = new Map(munitions.map(({ slug, name }: Reference) => [slug, name]));
      return claims
        .map(({ munition, launched, intercepted }) => ({
          model: names.get(munition) as string,
          launched,
          destroyed: intercepted,
        }))
        .filter(({ model }) => /X-(59|31P)/.test(model))
        .toSorted((a, b) => (a.model < b.model ? -1 : 1));
    },
    all_models_all_rows_night_2025_01_12: pooled(`from=2025-01-12&to=2025-01-12&${EVERYTHING}`),
    unparsable_literal_rows: async (asOf) => {
      const claims = await walked(asOf);
      const flagged = claims.filter(({ flags }) => flags.includes('unparsable_literal')).length;
      const { flagged: counted } = await stats(`${EVERYTHING}&${asOf}`);
      expect(counted.unparsable_literal ?? 0, 'of the defender').toBe(
        claims.filter(
          ({ flags, side, alternative_to }) =>
            flags.includes('unparsable_literal') && side === 'defender' && alternative_to === null,
        ).length,
      );
      return flagged;
    },
  };

  it('asks for every fact that the reference has as of a snapshot, and for no other', () => {
    const { definition: _, ...facts } = revisions.as_of;
    expect(Object.keys(facts).toSorted()).toEqual(Object.keys(ASKED).toSorted());
    for (const [fact, { values }] of Object.entries<Reference>(facts)) {
      expect(Object.keys(values), fact).toEqual([...SNAPSHOTS]);
    }
  });

  it.each(Object.keys(ASKED))(
    'answers as of every snapshot what that snapshot said: %s',
    async (fact) => {
      const { values } = revisions.as_of[fact];
      for (const date of SNAPSHOTS) {
        // Null: the period is not covered yet.
        const expected = values[date] ?? { rows: 0, launched: 0, destroyed: 0 };
        const answer = await ASKED[fact]?.(`as_of=${versionOf(date)}`);
        expect(answer, `${fact} as of ${date}`).toEqual(expected);
      }
    },
  );

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
