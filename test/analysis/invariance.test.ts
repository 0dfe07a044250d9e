import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statsOf } from '../../src/analysis/stats.js';
import type { StatsQuery } from '../../src/analysis/stats-query.js';
import { trendOf } from '../../src/analysis/trend.js';
import { addDays } from '../../src/domain/calendar.js';
import { commit } from '../../src/storage/commit.js';
import { Database } from '../../src/storage/database.js';
import type { Content } from '../../src/storage/entities.js';
import { currentVersion } from '../../src/storage/versions.js';
import { barrageRow, CAUSE, claimRow, munitionRow, sourceRow } from '../storage/fixtures.js';

const QUERY: StatsQuery = {
  attacker: 'XXA',
  defender: 'XXB',
  side: 'defender',
  scope: ['national'],
  basis: ['barrage'],
};
const COUNTED = [
  'launched',
  'intercepted',
  'suppressed',
  'left_airspace',
  'still_airborne',
  'nights',
  'claims',
  'rates',
  'claim_range',
  'breaks',
] as const;
const id = (index: number): string => `clm_${String(index).padStart(26, '0')}`;

const claim = fc
  .record({
    day: fc.integer({ min: 0, max: 200 }),
    launched: fc.integer({ min: 0, max: 40 }),
    intercepted: fc.integer({ min: 0, max: 40 }),
    suppressed: fc.option(fc.integer({ min: 0, max: 10 })),
  })
  .map(({ launched, intercepted, ...rest }) => ({
    ...rest,
    launched,
    intercepted: Math.min(launched, intercepted),
  }));
type Drawn = typeof claim extends fc.Arbitrary<infer T> ? T : never;

const row = ({ day, ...said }: Drawn, index: number): Content<'claim'> =>
  claimRow({
    ...said,
    id: id(index),
    target: `t${index}`,
    barrage_id: `xxa-xxb-${addDays('2024-01-01', day)}`,
  });

async function filled(claims: readonly Content<'claim'>[]): Promise<Database> {
  const db = await Database.open('file::memory:');
  await commit(db, CAUSE, async (draft) => {
    for (const [slug, party] of [
      ['xxb-staff', 'XXB'],
      ['xxa-ministry', 'XXA'],
    ]) {
      draft.create('source', sourceRow({ slug: slug ?? '', party: party ?? null }));
    }
    draft.create('munition', munitionRow());
    const nights = new Set(claims.map(({ barrage_id }) => barrage_id.slice(8)));
    for (const night of nights) draft.create('barrage', barrageRow(night));
    for (const content of claims) draft.create('claim', content);
  });
  return db;
}

async function figures(claims: readonly Content<'claim'>[]) {
  const db = await filled(claims);
  const { version } = await currentVersion(db);
  const stats = await statsOf(db, version, QUERY, []);
  const trend = await trendOf(db, version, QUERY, 'interception');
  await db.close();
  return { stats, trend };
}

const counted = ({ stats }: Awaited<ReturnType<typeof figures>>) =>
  COUNTED.map((field) => stats[field]);
const drawn = fc.array(claim, { minLength: 1, maxLength: 30 });

describe('figures', () => {
  it('do not depend on the order in which claims came in', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (claims) => {
        const rows = claims.map(row);
        expect(await figures(rows.toReversed())).toEqual(await figures(rows));
      }),
      { numRuns: 15 },
    );
  });

  it('do not move by default when an alternative, a regional claim, a tally or another side comes in', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, drawn, async (claims, others) => {
        const rows = claims.map(row);
        const more = others.flatMap((other, index) => {
          const content = row(other, 1_000 + index);
          return [
            { ...content, scope: 'regional' as const },
            { ...content, id: id(2_000 + index), basis: 'tally' as const, target: `x${index}` },
            { ...content, id: id(3_000 + index), source: 'xxa-ministry', target: `y${index}` },
          ];
        });
        const before = await figures(rows);
        const after = await figures([...rows, ...more]);
        expect(counted(after)).toEqual(counted(before));
        const rival = {
          ...row(claims[0] ?? { day: 0, launched: 1, intercepted: 0, suppressed: null }, 4_000),
          alternative_to: id(0),
          target: 'z',
        };
        const contested = await figures([...rows, rival]);
        const { claim_range: _, ...sums } = Object.fromEntries(
          COUNTED.map((field) => [field, contested.stats[field]]),
        );
        for (const [field, value] of Object.entries(sums)) {
          expect(value, field).toEqual(before.stats[field as (typeof COUNTED)[number]]);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('never turn a count that nobody gives into 0', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (claims) => {
        const { stats } = await figures(
          claims.map((one, index) => row({ ...one, suppressed: null }, index)),
        );
        expect(stats).toMatchObject({
          suppressed: null,
          left_airspace: null,
          still_airborne: null,
          hit_locations: null,
        });
        expect(stats.rates.neutralisation).toMatchObject({ value: null, numerator: null });
      }),
      { numRuns: 15 },
    );
  });

  it('keep their value inside both intervals', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (claims) => {
        const { interception } = (await figures(claims.map(row))).stats.rates;
        for (const interval of [interception.wilson, interception.night_clustered]) {
          if (interval === null || interception.value === null) continue;
          expect(interval[0]).toBeLessThanOrEqual(interception.value);
          expect(interval[1]).toBeGreaterThanOrEqual(interception.value);
        }
      }),
      { numRuns: 15 },
    );
  });
});
