import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { addDays } from '../../src/domain/calendar.js';
import { REBUILD_SUMS } from '../../src/storage/claim-sums.js';
import { commit } from '../../src/storage/commit.js';
import type { Database } from '../../src/storage/database.js';
import type { Draft } from '../../src/storage/draft.js';
import { keptMonths } from '../../src/storage/kept-sums.js';
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
  launched: fc.option(fc.nat({ max: 50 })),
  intercepted: fc.option(fc.nat({ max: 50 })),
  suppressed: fc.option(fc.nat({ max: 5 })),
  strike_uav_min: fc.option(fc.nat({ max: 5 })),
  hit_locations: fc.option(fc.nat({ max: 5 })),
  scope: fc.constantFrom('national' as const, 'regional' as const),
  basis: fc.constantFrom('barrage' as const, 'tally' as const),
  flags: fc.constantFrom([], ['unknown_munition' as const]),
  alternative_to: fc.option(fc.nat({ max: 5 })),
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

/** What a claim says: in the barrage of its number, as it competes only with a claim of its own barrage that is there. */
function said(
  index: number,
  { alternative_to: other, flags, ...content }: Said,
  isThere: (other: number) => boolean,
) {
  const isRival = other !== null && other !== index && other % 2 === index % 2 && isThere(other);
  return {
    ...content,
    flags: [...flags],
    id: idOf(index),
    target: `t${index}`,
    barrage_id: `xxa-xxb-${NIGHTS[index % 2]}`,
    alternative_to: isRival ? idOf(other) : null,
  };
}

type Said = typeof contents extends fc.Arbitrary<infer T> ? T : never;
type Script = typeof versions extends fc.Arbitrary<infer T> ? T : never;

/** Writes what a script says, version by version. @param after is told each version that was written */
async function play(db: Database, script: Script, after: () => Promise<void>): Promise<void> {
  // The current revision of each claim, or the last one before it was retracted.
  const revisions = new Map<number, { revision: number; retracted: boolean }>();
  // Claims that the version does not touch: what it touches may be gone while it is written.
  let there = new Set<number>();
  const act = (draft: Draft, index: number, retract: boolean, content: Said): void => {
    const isThere = (other: number) => there.has(other);
    const row = claimRow(said(index, content, isThere));
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
      const current = [...revisions].filter(
        ([index, { retracted }]) => !retracted && !once.has(index),
      );
      there = new Set(current.map(([index]) => index));
      for (const [index, [retract, content]] of once) act(draft, index, retract, content);
    });
    await after();
  }
}

/** The kept sums of a version without their flags, which the sums over claims do not tell apart. */
async function keptAt(db: Database, version: number): Promise<unknown[]> {
  const added = new Map<string, Record<string, unknown>>();
  const months = await keptMonths(db, version, PAIR);
  for (const { sums } of months.flatMap(({ nights }) => nights)) {
    for (const { flags: _, given, ...sum } of sums) {
      const all: Record<string, unknown> = { ...sum, ...given };
      const name = JSON.stringify([
        sum.night,
        sum.scope,
        sum.basis,
        sum.alternative,
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

/** The contested claims of a version as they are kept. */
async function contestsKeptAt(db: Database, version: number): Promise<unknown[]> {
  const months = await keptMonths(db, version, PAIR);
  return months
    .flatMap(({ nights }) => nights)
    .flatMap(({ contests }) => contests)
    .flatMap(({ contested, ...key }) =>
      contested.map(({ headline, rivals }) => ({ ...key, headline, rivals: sorted(rivals) })),
    );
}

const VISIBLE = (table: string, version: number) =>
  `${table}.from_version <= ${version} and (${table}.to_version is null or ${table}.to_version > ${version})`;
const outcomeOf = ([launched, intercepted, suppressed, left_airspace, basis]: unknown[]) => ({
  launched,
  intercepted,
  suppressed,
  left_airspace,
  basis,
});

/** The same from the claims. */
async function contestsAt(db: Database, version: number): Promise<unknown[]> {
  const columns = 'launched, intercepted, suppressed, left_airspace, basis';
  const headlines = await rows(
    db,
    `select ${columns}, id, night, source, munition, scope from claims as one where ${VISIBLE('one', version)}
      and alternative_to is null and launched is not null and intercepted is not null`,
  );
  const all = headlines.map(async (row) => {
    const [id, night, source, munition, scope] = row.slice(5);
    const rivals = await rows(
      db,
      `select ${columns} from claims as one where ${VISIBLE('one', version)} and alternative_to = '${id}'`,
    );
    const key = { night, source, munition, scope, basis: row[4], launch_places: null };
    const counted = { alternative: false, repetition: false, assertion: false };
    const known = { launched_known: true, intercepted_known: true };
    const headline = outcomeOf(row);
    const contest = { ...key, ...counted, ...known, headline };
    return rivals.length === 0 ? [] : [{ ...contest, rivals: sorted(rivals.map(outcomeOf)) }];
  });
  return (await Promise.all(all)).flat();
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

  it('come with the claims that compete, at the newest version and at every older one', async () => {
    let contested = 0;
    await fc.assert(
      fc.asyncProperty(versions, async (script) => {
        const db = await prepared();
        const seen: number[] = [];
        const check = async (version: number) => {
          const kept = await contestsKeptAt(db, version);
          expect(sorted(kept)).toEqual(sorted(await contestsAt(db, version)));
          contested += kept.length;
        };
        await play(db, script, async () => {
          const { version } = await currentVersion(db);
          seen.push(version);
          await check(version);
        });
        for (const version of seen.toReversed()) await check(version);
      }),
      { numRuns: 60 },
    );
    expect(contested).toBeGreaterThan(0);
  });

  it('are the same object for a month in which nothing moved, and keep the other nights of one that did', async () => {
    const db = await prepared();
    const months = async () => keptMonths(db, (await currentVersion(db)).version, PAIR);
    const write = (index: number, night: string) =>
      commit(db, CAUSE, async (draft) =>
        draft.create(
          'claim',
          claimRow({ id: idOf(index), target: `t${index}`, barrage_id: `xxa-xxb-${night}` }),
        ),
      );
    const [first = '', second = ''] = NIGHTS;
    await commit(db, CAUSE, async (draft) => draft.create('barrage', barrageRow('2024-04-01')));
    for (const [index, night] of ['2024-04-01', second].entries()) await write(index, night);
    const before = await months();
    expect(before.map(({ month }) => month)).toEqual(['2024-03', '2024-04']);
    await write(2, first);
    const after = await months();
    expect(after[0]?.nights.map(({ night }) => night)).toEqual([first, second]);
    expect(after[0]?.nights[1]).toBe(before[0]?.nights[0]);
    expect(after[1]).toBe(before[1]);
    await commit(db, CAUSE, async (draft) => draft.retract('claim', idOf(0), 1));
    expect((await months()).map(({ month }) => month)).toEqual(['2024-03']);
  });

  describe('after a write', () => {
    const asked = async (db: Database) => keptMonths(db, (await currentVersion(db)).version, PAIR);
    const write = (db: Database, index: number) =>
      commit(db, CAUSE, async (draft) =>
        draft.create(
          'claim',
          claimRow({
            id: idOf(index),
            target: `t${index}`,
            barrage_id: `xxa-xxb-${NIGHTS[index % 2]}`,
          }),
        ),
      );

    it('are moved on before anybody asks again, if anybody asked since the one before', async () => {
      const db = await prepared();
      await asked(db);
      const walk = vi.spyOn(db, 'walk');
      await write(db, 0);
      await setImmediate();
      expect(walk).toHaveBeenCalled();
      walk.mockClear();
      await write(db, 1);
      await setImmediate();
      expect(walk).not.toHaveBeenCalled();
      const nights = async () => (await asked(db)).flatMap(({ nights }) => nights);
      expect(await nights()).toHaveLength(2);
      await write(db, 2);
      await setImmediate();
      walk.mockClear();
      expect((await nights()).flatMap(({ sums }) => sums.map(({ claims }) => claims))).toEqual([
        2, 1,
      ]);
      expect(walk).not.toHaveBeenCalled();
    });

    it('are moved on after the next one too, if somebody asked sooner than they were', async () => {
      const db = await prepared();
      await asked(db);
      await write(db, 0);
      expect(await asked(db)).toHaveLength(1);
      await setImmediate();
      await write(db, 1);
      await setImmediate();
      const walk = vi.spyOn(db, 'walk');
      expect((await asked(db)).flatMap(({ nights }) => nights)).toHaveLength(2);
      expect(walk).not.toHaveBeenCalled();
    });

    it('are left to whoever asks, if many nights moved', async () => {
      const db = await prepared();
      await asked(db);
      const nights = Array.from({ length: 101 }, (_, index) => addDays('2024-05-01', index));
      await commit(db, CAUSE, async (draft) => {
        for (const night of nights) draft.create('barrage', barrageRow(night));
        for (const [index, night] of nights.entries()) {
          const barrage_id = `xxa-xxb-${night}`;
          draft.create('claim', claimRow({ id: idOf(index), target: `t${index}`, barrage_id }));
        }
      });
      await setImmediate();
      const walk = vi.spyOn(db, 'walk');
      expect((await asked(db)).map(({ nights }) => nights.length)).toEqual([31, 30, 31, 9]);
      expect(walk).toHaveBeenCalled();
    });

    it('are read by whoever asks, if they could not be moved on', async () => {
      const db = await prepared();
      await asked(db);
      const walk = vi.spyOn(db, 'walk').mockRejectedValueOnce(new Error('no answer'));
      await write(db, 0);
      await setImmediate();
      expect(walk).toHaveBeenCalled();
      expect(await asked(db)).toHaveLength(1);
    });
  });
});
