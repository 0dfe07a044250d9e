import type { Database } from '../storage/database.js';
import { type Cause, Draft } from '../storage/draft.js';
import type { Apply, Progress } from '../storage/group-writer.js';
import { ImportStage } from '../storage/import-stage.js';
import { draftImport } from '../storage/import-store.js';
import { IMPORT_ACTOR } from '../storage/matchable-claims.js';
import { ReservedVersion, TooLate } from '../storage/reserved-version.js';
import { spansOf } from '../storage/take-over.js';
import { dropUnpublished } from '../storage/unpublished.js';
import { currentVersion, earliestNext } from '../storage/versions.js';
import { FilePlanner, type ImportJob, type Planned } from './file-planner.js';
import type { ImportSummary } from './import-summary.js';
import { sha256Of } from './read-file.js';

// How often a file is compared with what is stored while others may write too, before they have to wait for it.
const OPEN_ATTEMPTS = 3;
// What is fewer is written while others wait: they do so for a quarter of a second at most.
const FEW_CLAIMS = 5_000;

/** One import, from its file to its dataset version. */
class Import {
  readonly #planner: FilePlanner;
  #reserved: ReservedVersion | null = null;
  /** What was planned last. */
  #plan: Planned | null = null;

  constructor(
    private readonly db: Database,
    private readonly stage: ImportStage,
    private readonly job: ImportJob,
    private readonly fewClaims: number,
    private readonly onProgress?: Progress,
  ) {
    this.#planner = new FilePlanner(db, stage, job);
  }

  #summary({ version, file, account }: Planned): ImportSummary {
    const { importer, file_name, dry_run } = this.job;
    const new_version = !account.isEmpty;
    const next = this.#reserved?.version ?? version + 1;
    return account.summary({
      importer: importer.name,
      file_name,
      sha256: file.sha256,
      published: this.job.published ?? file.published,
      dry_run,
      dataset_version: new_version ? next : version,
      new_version,
    });
  }

  #causeOf({ file }: Planned): Cause {
    const { importer, file_name } = this.job;
    return { actor: IMPORT_ACTOR + importer.name, reason: `${file_name} sha256:${file.sha256}` };
  }

  /** Writes what was planned as of the newest version, or what of it is not written ahead. */
  async #write(inside: Database, apply: Apply, planned: Planned): Promise<void> {
    const reserved = this.#reserved;
    const notBefore = earliestNext(this.db, await currentVersion(inside));
    const { fresh } = planned.account;
    const ids = new Set(fresh.map(({ id }) => id));
    const placed = reserved === null ? null : await reserved.makeWay(inside, ids, notBefore);
    const { file_name, importer, munitions } = this.job;
    const { rejected, possible_duplicates, ...summary } = this.#summary(planned);
    const { sha256, published, dataset_version } = summary;
    const cause = this.#causeOf(planned);
    const firstSeq = reserved === null ? 0 : (await reserved.lastSeq(inside)) + 1;
    const draft = new Draft(dataset_version, cause, firstSeq);
    const file = {
      id: this.stage.import_id,
      importer: importer.name,
      file_name,
      sha256,
      munitions_sha256: munitions === undefined ? null : sha256Of(munitions),
      published,
      columns: [...planned.file.columns],
      summary,
    };
    const write = { ...planned.file.named, file, fresh, placed };
    await draftImport(inside, draft, cause, this.stage.name, write);
    if (reserved !== null) draft.add(reserved.publication);
    const onProgress = reserved === null ? this.onProgress : undefined;
    await apply(draft.statements, onProgress, notBefore, reserved?.at);
  }

  /** Writes most of a large plan in many short transactions. @returns whether it did */
  async #writeAhead(planned: Planned): Promise<boolean> {
    const spans = spansOf(planned.account.fresh);
    const claims = spans.reduce((sum, span) => sum + span.claims, 0);
    if (this.#reserved !== null || claims <= this.fewClaims) return false;
    const { name: stage } = this.stage;
    const { named } = planned.file;
    const ahead = { stage, cause: this.#causeOf(planned), spans, named };
    this.#reserved = await ReservedVersion.reserve(this.db, ahead);
    await this.#reserved.place(this.onProgress);
    return true;
  }

  /** The plan as of the newest version, if what was written since has nothing to do with it, else null. */
  async #stillPlanned(db: Database): Promise<Planned | null> {
    return this.#plan === null ? null : this.#planner.stillPlanned(this.#plan, db);
  }

  /**
   * Writes the plan.
   *
   * @param isOpen whether others may be faster; else the file is compared anew, if need be, while they wait
   * @returns null if they were
   * @throws TooLate if the instant of what is written ahead has passed
   */
  async #publish(isOpen: boolean): Promise<Planned | null> {
    await this.#reserved?.date();
    return this.db.exclusively(async (apply, inside) => {
      if (!(await this.#isReadAs(inside))) return null;
      const still = await this.#stillPlanned(inside);
      const now = still ?? (isOpen ? null : await this.#planner.plan(inside));
      if (now === null) return null;
      // If it is too late now, it is still planned the next time.
      this.#plan = now;
      if (!now.account.isEmpty) await this.#write(inside, apply, now);
      return now;
    }, true);
  }

  /** Whether what is written ahead is what the file says. */
  async #isReadAs(db: Database): Promise<boolean> {
    if (this.#reserved === null) return true;
    return this.#planner.isRead(db, (await currentVersion(db)).version);
  }

  /** A plan as of now, made while others may write. */
  async #openPlan(): Promise<Planned> {
    if (this.#reserved === null) await this.#planner.prepare();
    const plan = (await this.#stillPlanned(this.db)) ?? (await this.#planner.plan(this.db));
    this.#plan = plan;
    return plan;
  }

  /** Compares the file while others may write, after a few losses while nobody else can, and writes it. */
  async run(): Promise<ImportSummary> {
    await dropUnpublished(this.db);
    for (let lost = 0; ; ) {
      if (!(await this.#isReadAs(this.db))) await this.end();
      const isOpen = lost < OPEN_ATTEMPTS;
      const plan = isOpen ? await this.#openPlan() : null;
      if (plan?.account.isEmpty) return this.#summary(plan);
      // That takes a while: what others wrote meanwhile is better compared while they can write.
      if (plan !== null && (await this.#writeAhead(plan))) continue;
      try {
        const published = await this.#publish(isOpen);
        if (published !== null) return this.#summary(published);
        lost += 1;
      } catch (error) {
        if (!(error instanceof TooLate)) throw error;
      }
    }
  }

  /** What the file would write. */
  async rehearse(): Promise<ImportSummary> {
    await this.#planner.prepare();
    return this.#summary(await this.#planner.plan(this.db));
  }

  /** Leaves nothing behind that is not published. */
  async end(): Promise<void> {
    await this.#reserved?.end();
    this.#reserved = null;
  }
}

/**
 * Imports a file as one dataset version, or says what it would write.
 *
 * @param fewClaims so many new claims at most are written in one transaction, during which others wait
 * @throws Error if the file is older than the one imported last, or has rejects under `strict`; nothing is written then
 */
export async function runImport(
  db: Database,
  job: ImportJob,
  onProgress?: Progress,
  fewClaims = FEW_CLAIMS,
): Promise<ImportSummary> {
  const stage = await ImportStage.open();
  try {
    return await db.withAttached(stage.path, stage.name, async () => {
      const one = new Import(db, stage, job, fewClaims, onProgress);
      try {
        return await (job.dry_run ? one.rehearse() : one.run());
      } finally {
        await one.end();
      }
    });
  } finally {
    await stage.close();
  }
}
