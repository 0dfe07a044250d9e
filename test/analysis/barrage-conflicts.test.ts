import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { barrageConflicts, listByConflict } from '../../src/analysis/barrage-conflicts.js';
import { addDays } from '../../src/domain/calendar.js';
import { ASSERTIONS, BASES, SCOPES } from '../../src/domain/claim.js';
import { claimsOfBarrages } from '../../src/storage/claim-store.js';
import { listSources } from '../../src/storage/code-list-store.js';
import { commit } from '../../src/storage/commit.js';
import { Database } from '../../src/storage/database.js';
import { currentVersion } from '../../src/storage/versions.js';
import { barrageRow, CAUSE, claimRow, munitionRow, sourceRow } from '../storage/fixtures.js';

const SOURCES = [
  ['xxb-staff', 'XXB'],
  ['xxb-coast', 'XXB'],
  ['xxa-ministry', 'XXA'],
  ['a-wire', null],
] as const;
const MUNITIONS = ['synthetic-uav', 'synthetic-missile'];
const BARRAGES = 12;
const PAGE = { limit: 1000, descending: false, after: undefined };

const number = fc.option(fc.integer({ min: 0, max: 2 }), { freq: 2 });
const said = fc.record({
  source: fc.constantFrom(...SOURCES.map(([slug]) => slug)),
  munition: fc.constantFrom(...MUNITIONS),
  launched: number,
  intercepted: number,
  hit_locations: number,
  assertion: fc.option(fc.constantFrom(...ASSERTIONS), { freq: 2 }),
  scope: fc.constantFrom(SCOPES[0], ...SCOPES),
  basis: fc.constantFrom(BASES[0], ...BASES),
  competes: fc.boolean(),
  repeats: fc.boolean(),
});
type Said = typeof said extends fc.Arbitrary<infer T> ? T : never;
const night = fc.array(said, { maxLength: 3 });

let claimsMade = 0;
const nextId = (): string => {
  claimsMade += 1;
  return `clm_${String(claimsMade).padStart(26, '0')}`;
};

/** The claims of one barrage: some name the first one, as a rival only if it is about the same munition. */
function claimsOf(barrage_id: string, [first, ...more]: readonly Said[]) {
  if (first === undefined) return [];
  const original = nextId();
  return [{ ...first, id: original }, ...more.map((claim) => ({ ...claim, id: nextId() }))].map(
    ({ competes, repeats, assertion, ...claim }) => {
      const refers = claim.id !== original;
      const silent = { launched: null, intercepted: null, suppressed: null, hit_locations: null };
      return claimRow({
        ...claim,
        barrage_id,
        target: claim.id,
        suppressed: null,
        assertion,
        ...(assertion !== null && { ...silent, quotation: 'So it is said.' }),
        alternative_to: refers && competes && claim.munition === first.munition ? original : null,
        independent_of: refers && repeats ? [original] : [],
      });
    },
  );
}

it('has_conflict=true and =false divide all barrages, whatever their claims say', async () => {
  const db = await Database.open('file::memory:');
  onTestFinished(() => db.close());
  await commit(db, CAUSE, async (draft) => {
    for (const [slug, party] of SOURCES) draft.create('source', sourceRow({ slug, party }));
    for (const slug of MUNITIONS) draft.create('munition', munitionRow({ slug }));
  });
  let from = '2000-01-01';
  const met = { conflict: 0, none: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(night, { minLength: BARRAGES, maxLength: BARRAGES }),
      async (nights) => {
        const to = addDays(from, BARRAGES - 1);
        const window = { from, to };
        const dates = nights.map((_, day) => addDays(window.from, day));
        await commit(db, CAUSE, async (draft) => {
          for (const [day, date] of dates.entries()) {
            draft.create('barrage', barrageRow(date));
            for (const claim of claimsOf(`xxa-xxb-${date}`, nights[day] ?? [])) {
              draft.create('claim', claim);
            }
          }
        });
        from = addDays(to, 1);
        const { version } = await currentVersion(db);
        const list = async (wanted: boolean) =>
          (await listByConflict(db, version, window, PAGE, wanted)).map(({ id }) => id);
        const [conflicting, quiet] = [await list(true), await list(false)];
        const ids = dates.map((date) => `xxa-xxb-${date}`);
        expect([...conflicting, ...quiet].toSorted()).toEqual(ids);
        const sources = await listSources(db, version);
        for (const id of ids) {
          const conflicts = barrageConflicts(await claimsOfBarrages(db, version, [id]), sources);
          expect(conflicting.includes(id)).toBe(conflicts.length > 0);
        }
        met.conflict += conflicting.length;
        met.none += quiet.length;
      },
    ),
    // So many that both kinds are met more than often enough below.
    { numRuns: 120 },
  );
  expect([met.conflict > 50, met.none > 50]).toEqual([true, true]);
}, 60_000);
