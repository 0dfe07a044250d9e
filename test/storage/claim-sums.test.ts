import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REBUILD_SUMS } from '../../src/storage/claim-sums.js';
import { commit } from '../../src/storage/commit.js';
import type { Database } from '../../src/storage/database.js';
import type { Draft } from '../../src/storage/draft.js';
import { keptNights } from '../../src/storage/kept-sums.js';
import { claimSums } from '../../src/storage/sum-store.js';
import { currentVersion } from '../../src/storage/versions.js';
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
const PAIR = { attacker: 'XXA', defender: 'XXB' };

/** A database with some barrages and no claim in them. */
async function prepared(): Promise<Database> {
  const db = await openDatabase();
  await commit(db, CAUSE, async (draft) => {
    draft.create('source', sourceRow());
    draft.create('munition', munitionRow());
    for (const night of NIGHTS) draft.create('barrage', barrageRow(night));
  });
  return db;
}

type Script = typeof versions extends fc.Arbitrary<infer T> ? T : never;

/** Writes what a script says, version by version. @param after is told each version that was written */
async function play(db: Database, script: Script, after: () => Promise<void>): Promise<void> {
  // The current revision of each claim, or the last one before it was retracted.
  const revisions = new Map<number, { revision: number; retracted: boolean }>();
  const act = (draft: Draft, index: number, retract: boolean, content: object): void => {
    const row = claimRow({ ...content, id: idOf(index), target: `t${index}` });
    const { revision, retracted } = revisions.get(index) ?? { revision: 0, retracted: true };
    if (retracted) draft.create('claim', row, revision + 1);
    else if (retract) draft.retract('claim', idOf(index), revision);
    else draft.correct('claim', row, revision, ['launched']);
    const isRetracted = !retracted && retract;
    revisions.set(index, {
      revision: isRetracted ? revision : revision + 1,
      retracted: isRetracted,
    });
  };
  for (const version of script) {
    await commit(db, CAUSE, async (draft) => {
      const once = new Map(version.map(([index, ...rest]) => [index, rest]));
      for (const [index, [retract, content]] of once) act(draft, index, retract, content);
    });
    await after();
  }
}

/** The kept sums of a version without their flags, which the sums over claims do not tell apart. */
async function keptAt(db: Database, version: number): Promise<unknown[]> {
  const added = new Map<string, Record<string, unknown>>();
  for (const { sums } of await keptNights(db, version, PAIR)) {
    for (const { flags: _, given, ...sum } of sums) {
      const all: Record<string, unknown> = { ...sum, ...given };
      const name = JSON.stringify([
        sum.night,
        sum.scope,
        sum.basis,
        sum.launched_known,
        sum.intercepted_known,
      ]);
      const known = added.get(name);
      for (const [field, value] of Object.entries(known ?? {})) {
        const other = all[field];
        if (typeof value === 'number') all[field] = value + Number(other ?? 0);
      }
      added.set(name, all);
    }
  }
  return [...added.values()];
}

async function summedAt(db: Database, version: number): Promise<unknown[]> {
  const sums = await claimSums(db, version, { attackers: ['XXA'], defenders: ['XXB'] }, false);
  return sums.map(({ given, ...sum }) => ({ ...sum, ...given }));
}

const sorted = (rows: unknown[]) =>
  rows.map((row) => JSON.stringify(Object.entries(row as object).toSorted())).toSorted();

describe('the kept sums', () => {
  it('are those that the claims of every version add up to, whatever was written', async () => {
    await fc.assert(
      fc.asyncProperty(versions, async (script) => {
        const db = await prepared();
        await play(db, script, async () => undefined);
        const kept = await rows(db, KEPT);
        expect(kept.length).toBeGreaterThan(0);
        await db.write(REBUILD_SUMS);
        expect(kept).toEqual(await rows(db, KEPT));
      }),
      { numRuns: 40 },
    );
  });

  it('are read as the claims themselves add up, at the newest version and at every older one', async () => {
    await fc.assert(
      fc.asyncProperty(versions, async (script) => {
        const db = await prepared();
        const seen: number[] = [];
        await play(db, script, async () => {
          const { version } = await currentVersion(db);
          seen.push(version);
          expect(sorted(await keptAt(db, version))).toEqual(sorted(await summedAt(db, version)));
        });
        for (const version of seen.toReversed()) {
          expect(sorted(await keptAt(db, version))).toEqual(sorted(await summedAt(db, version)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are the same object for a night in which nothing moved', async () => {
    const db = await prepared();
    const nights = async () => keptNights(db, (await currentVersion(db)).version, PAIR);
    const write = (index: number, night: string) =>
      commit(db, CAUSE, async (draft) =>
        draft.create(
          'claim',
          claimRow({ id: idOf(index), target: `t${index}`, barrage_id: `xxa-xxb-${night}` }),
        ),
      );
    for (const [index, night] of NIGHTS.entries()) await write(index, night);
    const before = await nights();
    await write(2, NIGHTS[1] ?? '');
    const after = await nights();
    expect(after.map(({ night }) => night)).toEqual(NIGHTS);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });
});
