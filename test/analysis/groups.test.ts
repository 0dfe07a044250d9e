import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXCLUSIONS } from '../../src/analysis/cells.js';
import { GROUP_KEYS, type GroupKey } from '../../src/analysis/group-key.js';
import { seriesOf } from '../../src/analysis/series.js';
import { statsOf } from '../../src/analysis/stats.js';
import type { StatsQuery } from '../../src/analysis/stats-query.js';
import type { Summary } from '../../src/analysis/summary.js';
import { addDays, BUCKETS } from '../../src/domain/calendar.js';
import { BASES, SCOPES } from '../../src/domain/claim.js';
import { FLAGS, orderedFlags } from '../../src/domain/claim-flags.js';
import { SIDES } from '../../src/domain/source.js';
import { commit } from '../../src/storage/commit.js';
import { Database } from '../../src/storage/database.js';
import { currentVersion } from '../../src/storage/versions.js';
import {
  barrageRow,
  CAUSE,
  claimRow,
  eraRow,
  munitionRow,
  sourceRow,
} from '../storage/fixtures.js';
import { analysis } from './fixtures.js';

const count = fc.option(fc.integer({ min: 0, max: 30 }), { freq: 4 });
const claimArbitrary = fc.record({
  day: fc.integer({ min: 0, max: 500 }),
  source: fc.constantFrom('xxb-staff', 'xxb-coast', 'xxa-ministry', 'wire'),
  munition: fc.constantFrom('synthetic-uav', 'lancet', 'kalibr'),
  scope: fc.constantFrom(...SCOPES),
  basis: fc.constantFrom(...BASES),
  launched: count,
  intercepted: count,
  suppressed: count,
  left_airspace: count,
  still_airborne: count,
  hit_locations: count,
  debris_locations: count,
  launch_places: fc.subarray(['A', 'B', 'C']),
  flags: fc.subarray([...FLAGS], { maxLength: 2 }),
  rivals: fc.boolean(),
});
type Drawn = typeof claimArbitrary extends fc.Arbitrary<infer T> ? T : never;

const queryArbitrary: fc.Arbitrary<StatsQuery> = fc.record({
  attacker: fc.constant('XXA'),
  defender: fc.constant('XXB'),
  side: fc.constantFrom(...SIDES),
  scope: fc.subarray([...SCOPES], { minLength: 1 }),
  basis: fc.subarray([...BASES], { minLength: 1 }),
});

async function filled(drawn: readonly Drawn[]): Promise<Database> {
  const db = await Database.open('file::memory:');
  const id = (index: number) => `clm_${String(index).padStart(26, '0')}`;
  await commit(db, CAUSE, async (draft) => {
    draft.create('source', sourceRow());
    draft.create('source', sourceRow({ slug: 'xxb-coast' }));
    draft.create('source', sourceRow({ slug: 'xxa-ministry', party: 'XXA' }));
    draft.create('source', sourceRow({ slug: 'wire', party: null }));
    draft.create('munition', munitionRow());
    draft.create('reporting_era', eraRow({ to_night: '2024-06-30' }));
    draft.create('reporting_era', eraRow({ id: 'xxb-b', code: 'B', from_night: '2024-07-01' }));
    const nights = new Set(drawn.map(({ day }) => addDays('2023-12-25', day)));
    for (const night of nights) draft.create('barrage', barrageRow(night));
    for (const [index, { day, rivals, flags, ...said }] of drawn.entries()) {
      const barrage_id = `xxa-xxb-${addDays('2023-12-25', day)}`;
      const common = { barrage_id, flags: orderedFlags(flags) };
      draft.create('claim', claimRow({ ...said, ...common, id: id(index), target: `t${index}` }));
      if (!rivals) continue;
      const rival = { id: id(1_000 + index), alternative_to: id(index), target: `r${index}` };
      draft.create('claim', claimRow({ ...said, ...common, ...rival, intercepted: 1 }));
    }
  });
  return db;
}

const TOTALS = [
  'launched',
  'intercepted',
  'suppressed',
  'left_airspace',
  'still_airborne',
  'unaccounted',
  'launched_all',
  'intercepted_all',
  'hit_locations',
  'debris_locations',
  'hit_location_claims',
  'debris_location_claims',
  'claims',
] as const satisfies readonly (keyof Summary)[];

/** The sum of what is known; null where nothing is. */
function added(parts: readonly (number | null)[]): number | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.reduce((sum, part) => sum + part, 0);
}

function expectAddsUp(whole: Summary, groups: readonly Summary[], what: string): void {
  for (const field of TOTALS) {
    const sum = added(groups.map((group) => group[field]));
    // A count of claims of no group at all is 0; every other total of nothing is null.
    const empty = typeof whole[field] === 'number' && groups.length === 0 ? 0 : sum;
    expect(empty, `${what}: ${field}`).toBe(whole[field]);
  }
  for (const reason of EXCLUSIONS) {
    const sum = groups.reduce((total, { excluded }) => total + excluded[reason], 0);
    expect(sum, `${what}: ${reason}`).toBe(whole.excluded[reason]);
  }
  for (const flag of FLAGS) {
    const sum = groups.reduce((total, { flagged }) => total + (flagged[flag] ?? 0), 0);
    expect(sum, `${what}: ${flag}`).toBe(whole.flagged[flag] ?? 0);
  }
}

describe('groups', () => {
  it('add up to the whole by every key and pair of keys, and points to the summary by every bucket', async () => {
    const claims = fc.array(claimArbitrary, { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(claims, queryArbitrary, async (drawn, query) => {
        const db = await filled(drawn);
        const version = await currentVersion(db);
        const whole = await statsOf(db, version.version, query, []);
        const keys: GroupKey[][] = [...GROUP_KEYS.map((key) => [key]), ['month', 'source']];
        for (const by of keys) {
          const { groups = [], ...same } = await statsOf(db, version.version, query, by);
          expect(same, 'grouping changes nothing of the whole').toEqual(whole);
          expectAddsUp(whole, groups, by.join());
          const names = groups.map(({ key }) => JSON.stringify(key));
          expect(new Set(names).size).toBe(names.length);
        }
        for (const bucket of BUCKETS) {
          const options = { bucket, measure: 'interception', fill: 'none' } as const;
          const { points, breaks } = await seriesOf(db, version, query, options);
          for (const field of ['launched', 'intercepted', 'suppressed'] as const) {
            expect(added(points.map((point) => point[field])), bucket).toBe(whole[field]);
          }
          const total = points.reduce((sum, point) => sum + point.claims, 0);
          expect(total, bucket).toBe(whole.claims);
          expect(breaks).toEqual(whole.breaks);
        }
        await db.close();
      }),
      { numRuns: 30 },
    );
  });

  it('have the whole’s rate between the lowest and the highest of theirs', async () => {
    const { claim, stats } = await analysis();
    await claim('2024-03-05', { launched: 10, intercepted: 1 });
    await claim('2024-03-06', { launched: 30, intercepted: 27 });
    const { rates, groups = [] } = await stats('group_by=night');
    expect(groups.map((group) => group.rates.interception.value)).toEqual([0.1, 0.9]);
    expect(rates.interception.value).toBe(0.7);
  });

  it('have their keys spelled as documented, in order, null last', async () => {
    const { claim, stats } = await analysis();
    await claim('2024-12-30', { launched: 1, intercepted: 1, launch_places: ['B', 'A'] });
    await claim('2024-09-07', { launched: 1, intercepted: 1 });
    const keys = async (by: string) =>
      ((await stats(`group_by=${by}`)).groups ?? []).map(({ key }) => key[by]);
    expect(await keys('night')).toEqual(['2024-09-07', '2024-12-30']);
    expect(await keys('week')).toEqual(['2024-W36', '2025-W01']);
    expect(await keys('quarter')).toEqual(['2024-Q3', '2024-Q4']);
    expect(await keys('year')).toEqual(['2024']);
    expect(await keys('weekday')).toEqual(['1', '6']);
    expect(await keys('month_of_year')).toEqual(['09', '12']);
    expect(await keys('category')).toEqual(['uav']);
    expect(await keys('side')).toEqual(['defender']);
    expect(await keys('era')).toEqual([null]);
    expect(await keys('launch_place')).toEqual(['A and B', null]);
  });
});
