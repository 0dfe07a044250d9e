import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { barrageId, barrageKey } from '../domain/barrage.js';
import type { ClaimContent } from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import { contentOf } from './claim-store.js';
import { makeDatasetFolder } from './dataset-folders.js';
import { idsInOrder, newId } from './new-id.js';
import {
  CLAIM_COLUMNS,
  type ClaimRecord,
  claimParams,
  claimRow,
  NATURAL_KEY,
} from './staged-columns.js';
import type { ImportedClaim, StagedUnread, StagedWrite } from './staged-rows.js';

const SCHEMA = `
  create table rows (line integer primary key, report text not null, ${CLAIM_COLUMNS.join(', ')});
  create unique index rows_key on rows (${NATURAL_KEY});
  create table unread (line integer primary key, barrage_id text, raw text not null);
  create table fresh (barrage_id text primary key) without rowid;
  create table leftovers (report text not null, side text not null, barrage_id text not null);
  create table writes (seq integer primary key, op text not null, line integer, fields text not null, because text, ${CLAIM_COLUMNS.join(', ')});
`;
const MARKS = CLAIM_COLUMNS.map(() => '?').join(', ');
const KEEP = `insert into rows values (?, ?, ${MARKS}) on conflict (${NATURAL_KEY}) do nothing`;
const WRITE = `insert into writes values (null, ?, ?, ?, ?, ${MARKS})`;
const CACHE_KIB = 8_000;

/**
 * A temporary database in which a file is laid out row by row, as the claims it makes, so that neither the file nor the
 * comparison with what is stored has to fit into memory. Synchronous, and nobody else's: nothing waits for it.
 */
export class ImportStage {
  readonly path: string;
  /** Under which the stage is attached to the database. */
  readonly name = 'stage';
  /** The id of the import that the rows belong to. */
  readonly import_id = newId('imp');
  readonly #folder: string;
  readonly #ids = idsInOrder('clm');
  readonly #connection: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();

  private constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, 'import.db');
    this.#connection = new Sqlite(this.path);
    // What a crash leaves is thrown away.
    this.#connection.pragma('journal_mode = OFF');
    this.#connection.pragma('synchronous = OFF');
    this.#connection.pragma(`cache_size = -${CACHE_KIB}`);
    this.#connection.exec(SCHEMA);
  }

  static async open(): Promise<ImportStage> {
    return new ImportStage(await makeDatasetFolder());
  }

  async close(): Promise<void> {
    this.#statements.clear();
    this.#connection.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Does some work in one go; afterwards other connections can read what it left. */
  together<T>(work: () => T): T {
    return this.#connection.transaction(work)();
  }

  /** Keeps a row. @returns the earlier line that already made its claim, or null */
  keep(row: ImportedClaim, report: string): number | null {
    const { line, barrage, content, regions, flags, raw } = row;
    const barrage_id = barrageId(barrage);
    const own: ClaimRecord = {
      id: this.#ids(),
      revision: 1,
      barrage_id,
      regions,
      flags,
      origin: 'import',
      import_id: this.import_id,
      import_line: line,
      raw,
      set_by_hand: [],
    };
    const { changes } = this.#prepare(KEEP).run(line, report, ...claimParams(own, content));
    return changes > 0 ? null : this.#lineOf(barrage_id, content);
  }

  #lineOf(barrage: string, { source, url, munition, ...content }: ClaimContent): number {
    const find = this.#prepare(
      `select line from rows where barrage_id = ? and source = ? and coalesce(url, '') = ? and munition = ? and window_start = ? and window_end = ? and launch_places = ? and coalesce(target, '') = ?`,
    ).pluck();
    const { window_start, window_end, launch_places, target } = content;
    const window = [window_start, window_end];
    const places = [JSON.stringify(launch_places), target ?? ''];
    return Number(find.get(barrage, source, url ?? '', munition, ...window, ...places));
  }

  refuse({ line, barrage_id, raw }: StagedUnread): void {
    this.#prepare('insert into unread values (?, ?, ?)').run(line, barrage_id, JSON.stringify(raw));
  }

  /** Forgets all that was laid out. */
  clear(): void {
    for (const table of ['rows', 'unread']) this.#connection.exec(`delete from ${table}`);
    this.forgetPlan();
  }

  /** Forgets all that was planned; what was read stays. */
  forgetPlan(): void {
    for (const table of ['fresh', 'leftovers', 'writes'])
      this.#connection.exec(`delete from ${table}`);
  }

  /** Changes the flags of the rows that tell the same numbers of the same attack from different reports. */
  flagAlike(flagged: (flags: readonly Flag[]) => Flag[]): void {
    const groups = this.#prepare(
      `select group_concat(line) from rows group by window_start, window_end, munition, target, launched, intercepted having min(report) <> max(report)`,
    ).pluck();
    const lines = groups.all().flatMap((list) => String(list).split(','));
    const flagsOf = this.#prepare('select flags from rows where line = ?').pluck();
    const update = this.#prepare('update rows set flags = ? where line = ?');
    for (const line of lines) {
      const flags = JSON.parse(String(flagsOf.get(line))) as Flag[];
      update.run(JSON.stringify(flagged(flags)), line);
    }
  }

  /** The rows of some barrages, in the order of the file. */
  rowsOf(barrages: readonly string[]): ImportedClaim[] {
    const select = this.#prepare(
      `select ${CLAIM_COLUMNS.join(', ')} from rows where barrage_id in (select value from json_each(?)) order by line`,
    ).raw();
    return select.all(JSON.stringify(barrages)).map((values) => {
      const row = claimRow(values as unknown[]);
      const { import_line, barrage_id, regions, flags, raw } = row;
      const barrage = barrageKey(barrage_id);
      return {
        line: Number(import_line),
        barrage,
        content: contentOf(row),
        regions,
        flags,
        raw: raw ?? {},
      };
    });
  }

  /** All rows that could not be read. */
  unread(): StagedUnread[] {
    const rows = this.#prepare('select line, barrage_id, raw from unread order by line').all();
    return (rows as { line: number; barrage_id: string | null; raw: string }[]).map((row) => ({
      ...row,
      raw: JSON.parse(row.raw),
    }));
  }

  /** The newest date of a report. */
  published(): string {
    return String(this.#prepare('select max(substr(window_end, 1, 10)) from rows').pluck().get());
  }

  /** The last line that is taken as it is; 0 if none is. */
  lastFreshLine(): number {
    const last = 'select max(line) from rows where barrage_id in (select barrage_id from fresh)';
    return Number(this.#prepare(last).pluck().get());
  }

  /** How many rows each barrage has, and how many of them are no newer than a date. */
  barrages(date: string): Map<string, { rows: number; backfilled: number }> {
    const counts = this.#prepare(
      'select barrage_id, count(*), sum(substr(window_end, 1, 10) <= ?) from rows group by barrage_id',
    ).raw();
    const rows = counts.all(date) as [string, number, number][];
    return new Map(rows.map(([id, all, backfilled]) => [id, { rows: all, backfilled }]));
  }

  /** How often each list of flags stands on a row, by barrage. */
  flags(): { barrage_id: string; flags: Flag[]; rows: number }[] {
    const counts = this.#prepare(
      `select barrage_id, flags, count(*) as rows from rows where flags <> '[]' group by barrage_id, flags`,
    ).all() as { barrage_id: string; flags: string; rows: number }[];
    return counts.map((one) => ({ ...one, flags: JSON.parse(one.flags) }));
  }

  /** Barrages of which nothing is stored: all their rows make claims, as they are. */
  takeAsTheyAre(barrages: Iterable<string>): void {
    const insert = this.#prepare('insert into fresh values (?)');
    for (const id of barrages) insert.run(id);
  }

  addWrite({ op, claim, content, fields, because }: StagedWrite): void {
    this.#prepare(WRITE).run(
      op,
      op === 'retracted' ? null : claim.import_line,
      JSON.stringify(fields),
      because,
      ...claimParams(claim, content),
    );
  }

  /** Notes that a report found no partner in its own barrage; `side` is the file's or the stored one. */
  addLeftover(report: string, side: 'file' | 'stored', barrage: string): void {
    this.#prepare('insert into leftovers values (?, ?, ?)').run(report, side, barrage);
  }

  /** Notes that no row of the fresh barrages found a partner in its own. */
  addFreshLeftovers(): void {
    this.#connection.exec(
      `insert into leftovers select distinct report, 'file', barrage_id from rows where barrage_id in (select barrage_id from fresh)`,
    );
  }

  /** Barrages between which one report may have moved: those where it was left over, if it was on both sides. */
  linked(): string[][] {
    const groups = this.#prepare(
      `select json_group_array(distinct barrage_id) from leftovers group by report having min(side) <> max(side) and count(distinct barrage_id) > 1`,
    ).pluck();
    return groups.all().map((list) => JSON.parse(String(list)) as string[]);
  }

  /** Takes barrages out of those whose rows are taken as they are. */
  dropFresh(barrages: Iterable<string>): void {
    const remove = this.#prepare('delete from fresh where barrage_id = ?');
    for (const id of barrages) remove.run(id);
  }

  #prepare(text: string): Sqlite.Statement {
    const known = this.#statements.get(text) ?? this.#connection.prepare(text);
    this.#statements.set(text, known);
    return known;
  }
}
