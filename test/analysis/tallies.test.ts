import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROUP_KEYS, type GroupKey } from '../../src/analysis/group-key.js';
import { cellsOfClaims } from '../../src/analysis/load-cells.js';
import { loadTallies } from '../../src/analysis/load-tallies.js';
import { compareKeys } from '../../src/analysis/stats.js';
import type { StatsQuery } from '../../src/analysis/stats-query.js';
import { summarise } from '../../src/analysis/summary.js';
import { type Tallies, talliesOfCells } from '../../src/analysis/tallies.js';
import { addDays } from '../../src/domain/calendar.js';
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

const FIRST = '2024-01-20';
const NIGHTS = Array.from({ length: 60 }, (_, day) => addDays(FIRST, day));
const SOURCES = { 'xxb-staff': 'XXB', 'xxb-coast': 'XXB', 'xxa-ministry': 'XXA' };
const MUNITIONS = ['synthetic-uav', 'synthetic-cruise-missile'];

const count = (max: number) => fc.option(fc.nat({ max }));
const written = fc.record({
  day: fc.nat({ max: NIGHTS.length - 1 }),
  source: fc.constantFrom(...Object.keys(SOURCES)),
  munition: fc.constantFrom(...MUNITIONS),
  launched: count(40),
  intercepted: count(40),
  suppressed: count(5),
  left_airspace: count(5),
  scope: fc.constantFrom('national' as const, 'regional' as const),
  basis: fc.constantFrom('barrage' as const, 'tally' as const),
  flag: fc.boolean(),
  rivals: fc.nat({ max: 2 }),
});
type Written = typeof written extends fc.Arbitrary<infer T> ? T : never;

const night = fc.option(fc.constantFrom(...NIGHTS), { nil: undefined });
const asked = fc.record({
  from: night,
  to: night,
  munition: fc.constantFrom(undefined, MUNITIONS.slice(0, 1), MUNITIONS),
  source: fc.constantFrom(undefined, ['xxb-coast']),
  side: fc.constantFrom('defender' as const, 'attacker' as const),
  scope: fc.constantFrom(['national' as const], ['national' as const, 'regional' as const]),
  basis: fc.constantFrom(['barrage' as const], ['barrage' as const, 'tally' as const]),
});
const grouped = fc.uniqueArray(
  fc.constantFrom(...GROUP_KEYS.filter((key) => key !== 'launch_place')),
  { maxLength: 2 },
);

async function prepared(): Promise<Database> {
  const db = await Database.open('file::memory:');
  await commit(db, CAUSE, async (draft) => {
    for (const [slug, party] of Object.entries(SOURCES)) {
      draft.create('source', sourceRow({ slug, party }));
    }
    for (const slug of MUNITIONS) draft.create('munition', munitionRow({ slug }));
    for (const [id, from_night] of Object.entries({ a: null, b: '2024-02-15' })) {
      const era = { id: `xxb-${id}`, party: 'XXB', source: null, code: id.toUpperCase() };
      draft.create('reporting_era', eraRow({ ...era, from_night, to_night: null }));
    }
    for (const one of NIGHTS) draft.create('barrage', barrageRow(one));
  });
  return db;
}

/** A claim and those that compete with it. */
function claimsOf({ day, flag, rivals, ...content }: Written, number: number) {
  const id = (index: number) => `clm_${String(number * 10 + index).padStart(26, '0')}`;
  const own = { ...content, barrage_id: `xxa-xxb-${NIGHTS[day]}` };
  const flags = flag ? ['unknown_munition' as const] : [];
  const headline = claimRow({ ...own, flags, id: id(0), target: id(0) });
  const others = Array.from({ length: rivals }, (_, index) => {
    const said = { launched: 10 + index, intercepted: 3 * index, alternative_to: id(0) };
    return claimRow({ ...own, ...said, id: id(index + 1), target: id(index + 1) });
  });
  return [headline, ...others];
}

/** Everything that is told of each group. */
const told = (tallies: Tallies, keys: readonly GroupKey[]) =>
  tallies
    .by(keys)
    .map(({ key, group }) => ({
      key,
      ...summarise(group),
      nights: group.nights,
      era: group.era,
      reports: [group.first_report, group.last_report],
    }))
    .toSorted(compareKeys);

describe('tallies of kept months', () => {
  it('are those of the claims, whatever was asked before and written since', async () => {
    let contested = 0;
    const writes = fc.array(fc.array(written, { minLength: 1, maxLength: 8 }), { maxLength: 4 });
    const questions = fc.array(fc.tuple(asked, grouped), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(writes, questions, async (versions, questions) => {
        const db = await prepared();
        for (const [number, claims] of versions.entries()) {
          await commit(db, CAUSE, async (draft) => {
            for (const [index, one] of claims.entries()) {
              for (const row of claimsOf(one, number * 100 + index)) draft.create('claim', row);
            }
          });
          const { version } = await currentVersion(db);
          for (const [more, keys] of questions) {
            const query: StatsQuery = { attacker: 'XXA', defender: 'XXB', ...more };
            const kept = await loadTallies(db, version, query, false);
            const fresh = talliesOfCells(await cellsOfClaims(db, version, query, false));
            expect(told(kept, keys)).toEqual(told(fresh, keys));
            expect(summarise(kept.whole())).toEqual(summarise(fresh.whole()));
            contested += kept.whole().choices('interception').length;
          }
        }
        await db.close();
      }),
      { numRuns: 60 },
    );
    expect(contested).toBeGreaterThan(0);
  });
});
