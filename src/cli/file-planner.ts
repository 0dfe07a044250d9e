import { isDeepStrictEqual } from 'node:util';
import type { OpenText } from '../importers/csv-records.js';
import type { Importer } from '../importers/registry.js';
import { type CodeListsAt, codeListsAt } from '../storage/code-list-store.js';
import type { Database } from '../storage/database.js';
import type { ImportStage } from '../storage/import-stage.js';
import { type LastImport, lastImport } from '../storage/import-store.js';
import { barragesWrittenBetween, unchangedRows } from '../storage/matchable-claims.js';
import { currentVersion } from '../storage/versions.js';
import { ImportAccount } from './import-account.js';
import { rejectLine } from './import-summary.js';
import { planStaged } from './plan-import.js';
import { halvesOf } from './read-aside.js';
import { readFile, readHalves, type StagedFile } from './read-file.js';
import type { TextFile } from './text-file.js';

/** One file to import and how to treat it. */
export interface ImportJob {
  importer: Importer;
  file_name: string;
  /** The file, from its beginning each time. */
  open: OpenText;
  /** The same where it lies on a disk, so that it can be read at two places at once. */
  file?: TextFile;
  munitions: string | undefined;
  published: string | undefined;
  strict: boolean;
  force: boolean;
  dry_run: boolean;
}

/** A file that was compared with a dataset version, its changes staged. */
export interface Planned {
  version: number;
  file: StagedFile;
  previous: LastImport | null;
  account: ImportAccount;
}

function refuseIfWrong(job: ImportJob, { file, previous, account }: Planned): void {
  const published = job.published ?? file.published;
  const newest = previous?.published ?? null;
  if (newest !== null && published < newest && !job.force) {
    throw new Error(
      `${job.file_name} is of ${published}, older than the snapshot of ${newest} that was imported last; --force takes it all the same`,
    );
  }
  const { rejected } = account;
  if (job.strict && rejected.length > 0) {
    throw new Error(`--strict: nothing was written.\n${rejected.map(rejectLine).join('\n')}`);
  }
}

/** Whether a file that was read against some code lists reads the same against others. */
function readsTheSame({ lists, named }: StagedFile, now: CodeListsAt): boolean {
  const slugs = new Set(lists.sources.map(({ slug }) => slug));
  const isNamed = (slug: string): boolean => named.sources.some((source) => source.slug === slug);
  // A source that somebody adds concerns only rows of that source, and they named it as a new one.
  const before = now.sources.filter(({ slug }) => slugs.has(slug) || isNamed(slug));
  return isDeepStrictEqual(lists, { ...now, sources: before });
}

/** What is known of a file before it is compared. */
interface Prepared {
  version: number;
  file: StagedFile;
  /** How many rows of each barrage were what a claim says. */
  unchanged: ReadonlyMap<string, number>;
}

/** Looks what a file that is laid out in a stage would write, as of one dataset version or another. */
export class FilePlanner {
  readonly #db: Database;
  readonly #stage: ImportStage;
  readonly #job: ImportJob;
  #prepared: Prepared | null = null;

  constructor(db: Database, stage: ImportStage, job: ImportJob) {
    this.#db = db;
    this.#stage = stage;
    this.#job = job;
  }

  async #read(lists: CodeListsAt): Promise<StagedFile> {
    const { importer, open, file, munitions } = this.#job;
    const reading = { importer, lists, munitions };
    const halves = file === undefined ? null : halvesOf(file, reading);
    const read = halves === null ? null : await readHalves(this.#stage, halves, reading);
    return read ?? readFile(this.#stage, open, reading);
  }

  /** Whether the file was read, and reads the same with the code lists of a dataset version. */
  async isRead(db: Database, version: number): Promise<boolean> {
    if (this.#prepared === null) return false;
    return readsTheSame(this.#prepared.file, await codeListsAt(db, version));
  }

  /** Reads the file, unless that was done against the same code lists, and looks what of it is there already. */
  async prepare(): Promise<void> {
    const { version } = await currentVersion(this.#db);
    const before = (await this.isRead(this.#db, version)) ? this.#prepared : null;
    const file = before?.file ?? (await this.#read(await codeListsAt(this.#db, version)));
    const unchanged = await unchangedRows(this.#db, version, this.#stage.name);
    this.#prepared = { version, file, unchanged };
  }

  /** What was prepared, as of now. The stage is not read through the database: that would lock it. */
  async #current(db: Database): Promise<Prepared> {
    if (this.#prepared === null) throw new Error('the file was not read yet');
    const { file, unchanged, ...before } = this.#prepared;
    const { version } = await currentVersion(db);
    if (version === before.version) return this.#prepared;
    const lists = await codeListsAt(db, version);
    if (!readsTheSame(file, lists)) {
      return { version, file: await this.#read(lists), unchanged: new Map() };
    }
    const touched = await barragesWrittenBetween(db, before.version, version);
    const left = [...unchanged].filter(([id]) => !touched.has(id));
    return { version, file, unchanged: new Map(left) };
  }

  /** What the file would write now. @throws Error if it is refused */
  async plan(db: Database): Promise<Planned> {
    const { version, file, unchanged } = await this.#current(db);
    const previous = await lastImport(db, this.#job.importer.name);
    const barrages = this.#stage.barrages(previous?.published ?? '');
    const comparison = { db, version, previous, unchanged };
    const account = await planStaged(comparison, this.#stage, file, () => {
      return new ImportAccount(file, barrages);
    });
    const planned = { version, file, previous, account };
    refuseIfWrong(this.#job, planned);
    return planned;
  }

  /** A plan as of now: itself, if what was written since has nothing to do with it, else null. */
  async stillPlanned(planned: Planned, db: Database): Promise<Planned | null> {
    const { version } = await currentVersion(db);
    const { account, previous } = planned;
    if (version === planned.version) return planned;
    if (this.#prepared?.file !== planned.file || !(await this.isRead(db, version))) return null;
    const last = await lastImport(db, this.#job.importer.name);
    if (!isDeepStrictEqual(last, previous)) return null;
    const written = await barragesWrittenBetween(db, planned.version, version);
    const concerns = [...written].some(([id, { fromFile }]) => fromFile || account.looksAt(id));
    return concerns ? null : { ...planned, version };
  }
}
