import { isDeepStrictEqual } from 'node:util';
import type { OpenText } from '../importers/csv-records.js';
import type { Importer } from '../importers/registry.js';
import { type CodeListsAt, codeListsAt } from '../storage/code-list-store.js';
import type { Database } from '../storage/database.js';
import { type Cause, Draft } from '../storage/draft.js';
import type { Apply, Progress } from '../storage/group-writer.js';
import { ImportStage } from '../storage/import-stage.js';
import { draftImport, type LastImport, lastImport } from '../storage/import-store.js';
import { barragesWrittenSince, IMPORT_ACTOR, unchangedRows } from '../storage/matchable-claims.js';
import { currentVersion, earliestNext } from '../storage/versions.js';
import { ImportAccount } from './import-account.js';
import { type ImportSummary, rejectLine } from './import-summary.js';
import { planStaged } from './plan-import.js';
import { halvesOf } from './read-aside.js';
import { readFile, readHalves, type StagedFile, sha256Of } from './read-file.js';
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

// How often a file is compared with what is stored while others may write too, before they have to wait for it.
const OPEN_ATTEMPTS = 3;

/** A file that was compared with a dataset version, its changes staged. */
interface Planned {
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

/** One import, from its file to its dataset version. */
class Import {
  readonly #db: Database;
  readonly #stage: ImportStage;
  readonly #job: ImportJob;
  readonly #onProgress: Progress | undefined;
  #prepared: Prepared | null = null;

  constructor(db: Database, stage: ImportStage, job: ImportJob, onProgress?: Progress) {
    this.#onProgress = onProgress;
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

  /** Reads the file, unless that was done against the same code lists, and looks what of it is there already. */
  async prepare(): Promise<void> {
    const { version } = await currentVersion(this.#db);
    const lists = await codeListsAt(this.#db, version);
    const before = this.#prepared;
    const isRead = before !== null && readsTheSame(before.file, lists);
    const file = isRead ? before.file : await this.#read(lists);
    const unchanged = await unchangedRows(this.#db, this.#stage.name);
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
    const touched = await barragesWrittenSince(db, before.version);
    const left = [...unchanged].filter(([id]) => !touched.has(id));
    return { version, file, unchanged: new Map(left) };
  }

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

  summary({ version, file, account }: Planned): ImportSummary {
    const { importer, file_name, dry_run } = this.#job;
    const new_version = !account.isEmpty;
    return account.summary({
      importer: importer.name,
      file_name,
      sha256: file.sha256,
      published: this.#job.published ?? file.published,
      dry_run,
      dataset_version: new_version ? version + 1 : version,
      new_version,
    });
  }

  /** Writes what was planned. @returns whether it did: not if somebody else wrote since */
  async write(inside: Database, apply: Apply, planned: Planned): Promise<boolean> {
    const last = await currentVersion(inside);
    if (last.version !== planned.version) return false;
    const { file_name, importer, munitions } = this.#job;
    const { rejected, possible_duplicates, ...summary } = this.summary(planned);
    const { sha256, published } = summary;
    const cause: Cause = {
      actor: IMPORT_ACTOR + importer.name,
      reason: `${file_name} sha256:${sha256}`,
    };
    const draft = new Draft(last.version + 1, cause);
    await draftImport(inside, draft, cause, this.#stage, {
      ...planned.file.named,
      file: {
        importer: importer.name,
        file_name,
        sha256,
        munitions_sha256: munitions === undefined ? null : sha256Of(munitions),
        published,
        columns: [...planned.file.columns],
        summary,
      },
    });
    await apply(draft.statements, this.#onProgress, earliestNext(this.#db, last));
    return true;
  }

  /** Compares the file while others may write, after a few losses while nobody else can, and writes it. */
  async run(): Promise<ImportSummary> {
    for (let attempt = 0; ; attempt += 1) {
      await this.prepare();
      const before = attempt < OPEN_ATTEMPTS ? await this.plan(this.#db) : null;
      if (before?.account.isEmpty) return this.summary(before);
      const planned = await this.#db.exclusively(async (apply, inside) => {
        const now = before ?? (await this.plan(inside));
        return now.account.isEmpty || (await this.write(inside, apply, now)) ? now : null;
      }, true);
      if (planned !== null) return this.summary(planned);
    }
  }
}

/**
 * Imports a file as one dataset version, or says what it would write.
 *
 * @throws Error if the file is older than the one imported last, or has rejects under `strict`; nothing is written then
 */
export async function runImport(
  db: Database,
  job: ImportJob,
  onProgress?: Progress,
): Promise<ImportSummary> {
  const stage = await ImportStage.open();
  try {
    return await db.withAttached(stage.path, stage.name, async () => {
      const one = new Import(db, stage, job, onProgress);
      if (!job.dry_run) return await one.run();
      await one.prepare();
      return one.summary(await one.plan(db));
    });
  } finally {
    await stage.close();
  }
}
