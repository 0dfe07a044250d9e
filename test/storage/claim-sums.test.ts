import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REBUILD_SUMS } from '../../src/storage/claim-sums.js';
import type { Database } from '../../src/storage/database.js';
import { commit, type Draft } from '../../src/storage/draft.js';
import {
  barrageRow,
  CAUSE,
  claimRow,
  munitionRow,
  openDatabase,
  rows,
  sourceRow,
} from './fixtures.js';

const NIGHTS = ['2024-03-05', '2024-03-06'];
const idOf = (index: number) => `clm_${String(index).padStart(26, '0')}`;

const contents = fc.record({
  barrage_id: fc.constantFrom(...NIGHTS.map((night) => `xxa-xxb-${night}`)),
  launched: fc.option(fc.nat({ max: 50 })),
  intercepted: fc.option(fc.nat({ max: 50 })),
  suppressed: fc.option(fc.nat({ max: 5 })),
  strike_uav_min: fc.option(fc.nat({ max: 5 })),
  hit_locations: fc.option(fc.nat({ max: 5 })),
  scope: fc.constantFrom('national' as const, 'regional' as const),
  basis: fc.constantFrom('barrage' as const, 'tally' as const),
  flags: fc.constantFrom([], ['unknown_munition' as const]),
});
/** What one version does: claims that it writes, corrects or retracts, by number. */
const versions = fc.array(
  fc.array(fc.tuple(fc.nat({ max: 5 }), fc.boolean(), contents), { minLength: 1, maxLength: 6 }),
  { minLength: 1, maxLength: 8 },
);

const KEPT = `select * from claim_sums order by ${Array.from({ length: 35 }, (_, n) => n + 1)}`;

describe('the kept sums', () => {
  it('are those that the claims of every version add up to, whatever was written', async () => {
    await fc.assert(
      fc.asyncProperty(versions, async (script) => {
        const db: Database = await openDatabase();
        await commit(db, CAUSE, async (draft) => {
          draft.create('source', sourceRow());
          draft.create('munition', munitionRow());
          for (const night of NIGHTS) draft.create('barrage', barrageRow(night));
        });
        const revisions = new Map<number, number>();
        const retracted = new Map<number, number>();
        const act = (draft: Draft, index: number, retract: boolean, content: object): void => {
          const row = claimRow({ ...content, id: idOf(index), target: `t${index}` });
          const revision = revisions.get(index);
          if (revision === undefined) {
            const next = (retracted.get(index) ?? 0) + 1;
            draft.create('claim', row, next);
            revisions.set(index, next);
          } else if (retract) {
            draft.retract('claim', idOf(index), revision);
            revisions.delete(index);
            retracted.set(index, revision);
          } else {
            draft.correct('claim', row, revision, ['launched']);
            revisions.set(index, revision + 1);
          }
        };
        for (const version of script) {
          const seen = new Set<number>();
          await commit(db, CAUSE, async (draft) => {
            for (const [index, retract, content] of version) {
              if (seen.has(index)) continue;
              seen.add(index);
              act(draft, index, retract, content);
            }
          });
        }
        const kept = await rows(db, KEPT);
        expect(kept.length).toBeGreaterThan(0);
        await db.write(REBUILD_SUMS);
        expect(kept).toEqual(await rows(db, KEPT));
      }),
      { numRuns: 40 },
    );
  });
});
