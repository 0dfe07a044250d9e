import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { barrageId, barrageKey } from '../domain/barrage.js';
import type { Flag } from '../domain/claim-flags.js';
import { dropRepeated, flagAlike, type RepeatedRow } from './alike-rows.js';
import { contentOf } from './claim-store.js';
import { makeDatasetFolder } from './dataset-folders.js';
import { idInSeries, idSeries, newId } from './new-id.js';
import { positionOf } from './row-position.js';
import { StageFile } from './stage-file.js';
import { CLAIM_COLUMNS, type ClaimRecord, claimParams, claimRow } from './staged-columns.js';
import { barragesIn, type FlagCount, flagsIn, publishedIn } from './staged-counts.js';
import type { ImportedClaim, StagedUnread, StagedWrite, StagePart } from './staged-rows.js';

const SCHEMA = `
  create table rows (line integer primary key, report text not null, ${CLAIM_COLUMNS.join(', ')});
  create table unread (line integer primary key, barrage_id text, raw text not null);
  create table alike (line integer primary key);
  create table fresh (barrage_id text primary key) without rowid;
  create table leftovers (report text not null, side text not null, barrage_id text not null);
  create table writes (seq integer primary key, op text not null, line integer, fields text not null, because text, ${CLAIM_COLUMNS.join(', ')});
`;
const MARKS = CLAIM_COLUMNS.map(() => '?').join(', ');
const KEEP = `insert into rows values (?, ?, ${MARKS})`;
// Made when all rows are there: while they come, in whatever order of nights, each would go to another page of it.
// Ids sort by night and line, and with them in it the changes of a version are written from the index alone.
const INDEX = 'create index if not exists rows_by_barrage on rows (barrage_id, id)';
const WRITE = `insert into writes values (null, ?, ?, ?, ?, ${MARKS})`;

/**
 * A temporary database in which a file is laid out row by row, as the claims it makes, so that neither the file nor the
 * comparison with what is stored has to fit into memory. Synchronous, and nobody else's: nothing waits for it.
 */
export class ImportStage {
  /** Under which the stage is attached to the database. */
  readonly name = 'stage';
  /** The id of the import that the rows belong to. */
  readonly import_id: string;
  readonly path: string;
  readonly #series: string;
  readonly #file: StageFile;

  private constructor({ path, import_id, series }: StagePart) {
    this.path = path;
    this.import_id = import_id;
    this.#series = series;
    this.#file = new StageFile(path);
    this.#file.exec(SCHEMA);
  }

  static async open(): Promise<ImportStage> {
    const path = join(await makeDatasetFolder(), 'import.db');
    return new ImportStage({ path, import_id: newId('imp'), series: idSeries('clm') });
  }

  /** Opens a part of a stage, does some work with it, and leaves it to be taken in. */
  static withPart<T>(part: StagePart, work: (stage: ImportStage) => T): T {
    const stage = new ImportStage(part);
    try {
      return work(stage);
    } finally {
      stage.#file.close();
    }
  }

  /** A part that is still to be laid out. It is removed with the stage. */
  newPart(): StagePart {
    const name = `part-${newId('imp')}.db`;
    return {
      path: join(dirname(this.path), name),
      import_id: this.import_id,
      series: this.#series,
    };
  }

  /** Takes in the rows of a part. Of tables that are the same SQLite copies records as they are, none taken apart. */
  async takeIn({ path }: StagePart): Promise<void> {
    this.#file.prepare('attach ? as part').run(path);
    for (const table of ['rows', 'unread']) {
      this.#file.exec(`insert into ${table} select * from part.${table}`);
    }
    this.#file.exec('detach part');
    await rm(path);
  }

  async close(): Promise<void> {
    this.#file.close();
    await rm(dirname(this.path), { recursive: true, force: true });
  }

  /** Does some work in one go; afterwards other connections can read what it left. */
  together<T>(work: () => T): T {
    return this.#file.together(work);
  }

  /** The id of a claim that a row makes anew. */
  idOf({ barrage, line }: Pick<ImportedClaim, 'barrage' | 'line'>): string {
    return idInSeries(this.#series, positionOf(barrage.night, line));
  }

  /** Keeps a row, whether or not an earlier one makes its claim. */
  keep(row: ImportedClaim, report: string): void {
    const { line, barrage, content, regions, flags, raw } = row;
    const own: ClaimRecord = {
      id: this.idOf(row),
      revision: 1,
      barrage_id: barrageId(barrage),
      regions,
      flags,
      origin: 'import',
      import_id: this.import_id,
      import_line: line,
      raw,
      set_by_hand: [],
    };
    this.#file.prepare(KEEP).run(line, report, claimParams(own, content));
  }

  /** Once all rows are there: forgets those that make the claim of an earlier one. */
  dropRepeated(): RepeatedRow[] {
    this.#file.exec(INDEX);
    return dropRepeated(this.#file);
  }

  refuse({ line, barrage_id, raw }: StagedUnread): void {
    this.#file
      .prepare('insert into unread values (?, ?, ?)')
      .run(line, barrage_id, JSON.stringify(raw));
  }

  /** Forgets all that was laid out. */
  clear(): void {
    this.#file.exec('drop index if exists rows_by_barrage');
    for (const table of ['rows', 'unread']) this.#file.exec(`delete from ${table}`);
    this.forgetPlan();
  }

  /** Forgets all that was planned; what was read stays. */
  forgetPlan(): void {
    for (const table of ['fresh', 'leftovers', 'writes']) this.#file.exec(`delete from ${table}`);
  }

  /** Changes the flags of the rows that tell the same numbers of the same attack from different reports. */
  flagAlike(flagged: (flags: readonly Flag[]) => Flag[]): void {
    flagAlike(this.#file, flagged);
  }

  /** The rows of some barrages, in the order of the file. */
  rowsOf(barrages: readonly string[]): ImportedClaim[] {
    const select = this.#file
      .prepare(
        `select ${CLAIM_COLUMNS.join(', ')} from rows where barrage_id in (select value from json_each(?)) order by line`,
      )
      .raw();
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
    const rows = this.#file.prepare('select line, barrage_id, raw from unread order by line').all();
    return (rows as { line: number; barrage_id: string | null; raw: string }[]).map((row) => ({
      ...row,
      raw: JSON.parse(row.raw),
    }));
  }

  /** The newest date of a report. */
  published(): string {
    return publishedIn(this.#file);
  }

  /** How many rows each barrage has, and how many of them are no newer than a date. */
  barrages(date: string): Map<string, { rows: number; backfilled: number }> {
    return barragesIn(this.#file, date);
  }

  /** How often each list of flags stands on a row, by barrage. */
  flags(): FlagCount[] {
    return flagsIn(this.#file);
  }

  /** Barrages of which nothing is stored: all their rows make claims, as they are. */
  takeAsTheyAre(barrages: Iterable<string>): void {
    const insert = this.#file.prepare('insert into fresh values (?)');
    for (const id of barrages) insert.run(id);
  }

  addWrite({ op, claim, content, fields, because }: StagedWrite): void {
    this.#file
      .prepare(WRITE)
      .run(
        op,
        op === 'retracted' ? null : claim.import_line,
        JSON.stringify(fields),
        because,
        claimParams(claim, content),
      );
  }

  /** Notes that a report found no partner in its own barrage; `side` is the file's or the stored one. */
  addLeftover(report: string, side: 'file' | 'stored', barrage: string): void {
    this.#file.prepare('insert into leftovers values (?, ?, ?)').run(report, side, barrage);
  }

  /** Notes that no row of the fresh barrages found a partner in its own. */
  addFreshLeftovers(): void {
    this.#file.exec(
      `insert into leftovers select distinct report, 'file', barrage_id from rows where barrage_id in (select barrage_id from fresh)`,
    );
  }

  /** Barrages between which one report may have moved: those where it was left over, if it was on both sides. */
  linked(): string[][] {
    const groups = this.#file
      .prepare(
        `select json_group_array(distinct barrage_id) from leftovers group by report having min(side) <> max(side) and count(distinct barrage_id) > 1`,
      )
      .pluck();
    return groups.all().map((list) => JSON.parse(String(list)) as string[]);
  }

  /** Takes barrages out of those whose rows are taken as they are. */
  dropFresh(barrages: Iterable<string>): void {
    const remove = this.#file.prepare('delete from fresh where barrage_id = ?');
    for (const id of barrages) remove.run(id);
  }
}
