import { setTimeout as pause } from 'node:timers/promises';
import { barrageKey } from '../domain/barrage.js';
import type { BarrageSpan } from './claim-sums.js';
import { COMMIT_INSTANT } from './commit-instant.js';
import type { Database } from './database.js';
import { ReservationLock } from './reservation-lock.js';
import type { Statement } from './statements.js';
import { currentVersion } from './versions.js';

// So many rows are deleted at a time, which takes some 10 ms: the service does that while it answers.
const CHUNK_ROWS = 250;

/** For how long a writer of much lets go of the lock between two transactions: longer than others wait between asking. */
export const BREAK_MS = 5;

/** Tables with their column of the version, in the order in which they are emptied: changes last, by which it is known. */
const TABLES = [
  ['claim_sums', 'from_version'],
  ['claims', 'from_version'],
  ['barrages', 'from_version'],
  ['sources', 'from_version'],
  ['munitions', 'from_version'],
  ['changes', 'version'],
] as const;

// Whoever takes the place of a night deletes its changes, but no source and no munition.
const LAST = `select max((select max(version) from changes),
  (select max(from_version) from sources), (select max(from_version) from munitions)) as version`;

async function isAnythingLeft(db: Database): Promise<boolean> {
  const [last] = await db.rows<{ version: number }>(LAST, []);
  return (last?.version ?? 0) > (await currentVersion(db)).version;
}

/** @returns whether there may be more */
async function dropSome(db: Database, table: string, column: string): Promise<boolean> {
  return db.exclusively(async (_, inside) => {
    const { version } = await currentVersion(inside);
    const some = `select rowid from ${table} where ${column} > ? limit ${CHUNK_ROWS}`;
    await inside.run({ sql: `delete from ${table} where rowid in (${some})`, params: [version] });
    const [deleted] = await inside.rows<{ rows: number }>('select changes() as rows', []);
    return deleted?.rows === CHUNK_ROWS;
  }, true);
}

/** Deletes everything that is newer than the newest version, piece by piece. Only for who holds the lock. */
export async function dropAfterNewest(db: Database): Promise<void> {
  if (!(await isAnythingLeft(db))) return;
  for (const [table, column] of TABLES) {
    while (await dropSome(db, table, column)) await pause(BREAK_MS);
  }
}

/** Deletes what somebody wrote ahead of its publication and left, unless they are still at it. */
export async function dropUnpublished(db: Database): Promise<void> {
  if (!(await isAnythingLeft(db))) return;
  const lock = await ReservationLock.take(db);
  if (lock === null) return;
  try {
    await dropAfterNewest(db);
  } finally {
    lock.release();
  }
}

/** Barrages that were written together ahead of their publication. */
export interface WrittenPiece extends BarrageSpan {
  /** The numbers of their changes. */
  seqs: readonly [first: number, last: number];
}

/** Statements that date some barrages, and all that was written of them, anew. */
export function datePiece(version: number, { first, last, seqs }: WrittenPiece): Statement[] {
  const of = [COMMIT_INSTANT, first, last, version];
  return [
    {
      sql: 'update barrages set recorded_at = ? where id between ? and ? and from_version = ?',
      params: of,
    },
    {
      sql: 'update claims set recorded_at = ? where barrage_id between ? and ? and +from_version = ?',
      params: of,
    },
    {
      sql: 'update changes set at = ? where version = ? and seq between ? and ?',
      params: [COMMIT_INSTANT, version, ...seqs],
    },
  ];
}

/** Statements that date the sources and munitions that were written ahead anew. */
export function dateLists(version: number): Statement[] {
  const entities = [
    ['sources', 'source'],
    ['munitions', 'munition'],
  ] as const;
  return entities.flatMap(([table, entity]) => [
    {
      sql: `update changes set at = ? where version = ? and entity = '${entity}' and id in (select slug from ${table} where from_version = ?)`,
      params: [COMMIT_INSTANT, version, version],
    },
    {
      sql: `update ${table} set recorded_at = ? where from_version = ?`,
      params: [COMMIT_INSTANT, version],
    },
  ]);
}

/** Statements that delete what was written of a barrage ahead of its publication. */
export function dropBarrage(version: number, id: string): Statement[] {
  const { attacker, defender, night } = barrageKey(id);
  const claims = 'from claims where barrage_id = ? and +from_version = ?';
  return [
    {
      sql: `delete from changes where version = ? and entity = 'claim' and id in (select id ${claims})`,
      params: [version, id, version],
    },
    {
      sql: `delete from changes where version = ? and entity = 'barrage' and id = ?`,
      params: [version, id],
    },
    {
      sql: 'delete from claim_sums where attacker = ? and defender = ? and night = ? and to_version is null and +from_version = ?',
      params: [attacker, defender, night, version],
    },
    { sql: `delete ${claims}`, params: [id, version] },
    { sql: 'delete from barrages where id = ? and from_version = ?', params: [id, version] },
  ];
}
