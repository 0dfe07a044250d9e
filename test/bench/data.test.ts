import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { CELLS, CELLS_PER_NIGHT, cells, NIGHTS } from '../../bench/data/cells.mjs';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { claims } from '../../bench/data/claims.mjs';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { makeServiceDatabase } from '../../bench/data/service-database.mjs';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { batchOf, claimBody } from '../../bench/load/bodies.mjs';
import { barrageInputSchema } from '../../src/domain/barrage-input.js';
import { claimInputSchema } from '../../src/domain/claim.js';
import type { FieldError } from '../../src/domain/record-error.js';
import { listChanges } from '../../src/storage/change-store.js';
import { findClaim } from '../../src/storage/claim-store.js';
import { codeListsAt } from '../../src/storage/code-list-store.js';
import { Database } from '../../src/storage/database.js';
import { prepareClaim } from '../../src/storage/prepare-claim.js';
import { currentVersion } from '../../src/storage/versions.js';

const SAMPLE = 97;
const CODE_LIST_VERSION = 2;

interface Claim {
  id: string;
  night: string;
  source: string;
  munition: string;
  scope: string;
  basis: string;
  url: string;
  suppressed: number | null;
  alternative_to: string | null;
}

/** Everything by which sums are told apart. */
const cellOf = ({ night, source, munition, scope, basis, suppressed, alternative_to }: Claim) =>
  [night, source, munition, scope, basis, suppressed === null, alternative_to === null].join();

const countsByCell = (size: number) => {
  const counts = new Map<string, number>();
  for (const claim of claims(size) as Iterable<Claim>) {
    counts.set(cellOf(claim), (counts.get(cellOf(claim)) ?? 0) + 1);
  }
  return counts;
};

describe('the data of the benchmark', () => {
  it('has the same cells at every size, with more claims in each', () => {
    const [small, large] = [countsByCell(CELLS), countsByCell(3 * CELLS)];
    expect([...large.keys()]).toEqual([...small.keys()]);
    for (const [cell, count] of small) expect(large.get(cell)).toBe(3 * count);
  });

  it('has as many nights and cells as it says, from a fixed seed', () => {
    const all = cells();
    expect(all).toHaveLength(CELLS);
    expect(CELLS).toBe(NIGHTS * CELLS_PER_NIGHT);
    expect(new Set(all.map(({ night }: Claim) => night)).size).toBe(NIGHTS);
    expect([...claims(CELLS)]).toEqual([...claims(CELLS)]);
  });

  it('lets each rival compete with a headline claim of the same night', () => {
    const byId = new Map([...claims(2 * CELLS)].map((claim: Claim) => [claim.id, claim]));
    const rivals = [...byId.values()].filter(({ alternative_to }) => alternative_to !== null);
    expect(rivals.length).toBeGreaterThan(100);
    for (const { alternative_to, night } of rivals) {
      const headline = byId.get(alternative_to ?? '');
      expect(headline).toMatchObject({ night, source: 'xxb-air-defence', alternative_to: null });
    }
  });
});

describe('the database of the benchmark', () => {
  let folder: string;
  let path: string;
  let db: Database;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bench-data-'));
    path = join(folder, 'service.db');
    await makeServiceDatabase(path, CELLS);
    db = await Database.open(`file:${path}`);
  });
  afterAll(async () => {
    await db.close();
    rmSync(folder, { recursive: true });
  });

  it('holds every claim as the service itself would have stored it', async () => {
    const { version } = await currentVersion(db);
    const lists = await codeListsAt(db, version);
    for (const [index, claim] of [...(claims(CELLS) as Iterable<Claim>)].entries()) {
      if (index % SAMPLE !== 0) continue;
      const stored = await findClaim(db, version, claim.id);
      if (stored === null) throw new Error(`${claim.id} is not there`);
      const errors: FieldError[] = [];
      const input = claimInputSchema.parse(stored.content);
      const prepared = prepareClaim(input, stored.barrage_id, '', lists, errors);
      expect(errors).toEqual([]);
      expect(stored.content).toEqual(prepared.content);
      expect(stored.flags).toEqual(prepared.flags);
      expect(stored.regions).toEqual(prepared.regions);
      expect(stored.content).toMatchObject({ url: claim.url, source: claim.source });
    }
  });

  it('keeps a sum for every cell', async () => {
    const sums = new Sqlite(path, { readonly: true });
    const current = 'select count(*) as cells, sum(claims) as claims from claim_sums';
    const kept = sums.prepare(`${current} where to_version is null`).get();
    sums.close();
    expect(kept).toEqual({ cells: CELLS, claims: CELLS });
  });

  it('has a version for every night, and a log of every record', async () => {
    const { version } = await currentVersion(db);
    expect(version).toBe(CODE_LIST_VERSION + NIGHTS);
    const night = await listChanges(db, { version, seq: -1 }, 100);
    expect(night.map(({ entity, op }) => `${entity} ${op}`)).toEqual([
      'barrage created',
      ...Array(CELLS_PER_NIGHT).fill('claim created'),
    ]);
  });
});

describe('what the benchmark writes', () => {
  it('is valid, and no two claims make the same statement', () => {
    const numbers = [0, 1, 999, 1_000, 1_000_001, 54_000_017];
    const posted = numbers.map((n) => claimInputSchema.parse(claimBody(n)));
    const statements = posted.map(({ launched, window_start, window_end }) =>
      [launched, window_start, window_end].join(),
    );
    expect(new Set(statements).size).toBe(numbers.length);
  });

  it('makes batches of 1,000 barrages that no other batch holds', () => {
    const keyOf = ({
      attacker,
      defender,
      claims: [claim],
    }: ReturnType<typeof barrageInputSchema.parse>) =>
      `${attacker}-${defender}-${claim?.window_end.slice(0, 10)}`;
    const keys = [0, 1, 25, 2_249].flatMap((number) =>
      batchOf(number).map((item: unknown) => keyOf(barrageInputSchema.parse(item))),
    );
    expect(new Set(keys).size).toBe(4_000);
  });
});
