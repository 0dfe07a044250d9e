import { createHash } from 'node:crypto';
import type { ImportPlan, ParsedFile } from '../importers/import-types.js';
import { planImport } from '../importers/plan.js';
import type { Importer } from '../importers/registry.js';
import { codeListsAt } from '../storage/code-list-store.js';
import type { Database } from '../storage/database.js';
import { commit, type Draft, rehearse } from '../storage/draft.js';
import type { Progress } from '../storage/group-writer.js';
import { draftImport, lastImport } from '../storage/import-store.js';
import { IMPORT_ACTOR, matchableClaims } from '../storage/matchable-claims.js';
import { type ImportSummary, rejectLine, summariseImport } from './import-summary.js';

/** One file to import and how to treat it. */
export interface ImportJob {
  importer: Importer;
  file_name: string;
  text: string;
  munitions: string | undefined;
  published: string | undefined;
  strict: boolean;
  force: boolean;
  dry_run: boolean;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function refuseIfWrong(
  job: ImportJob,
  parsed: ParsedFile,
  plan: ImportPlan,
  newest: string | null,
): void {
  const published = job.published ?? parsed.published;
  if (newest !== null && published < newest && !job.force) {
    throw new Error(
      `${job.file_name} is of ${published}, older than the snapshot of ${newest} that was imported last; --force takes it all the same`,
    );
  }
  const rejects = [...parsed.rejects, ...plan.rejects];
  if (job.strict && rejects.length > 0) {
    throw new Error(`--strict: nothing was written.\n${rejects.map(rejectLine).join('\n')}`);
  }
}

/** Reads the file against the current state and puts what has to change into the draft. */
async function drafted(db: Database, draft: Draft, job: ImportJob): Promise<ImportSummary> {
  const version = draft.version - 1;
  const lists = await codeListsAt(db, version);
  const parsed = job.importer.parse(job.text, lists, job.munitions);
  const pair = { attacker: 'RUS', defender: 'UKR' };
  const existing = await matchableClaims(db, version, pair);
  const previous = await lastImport(db, job.importer.name);
  const plan = planImport(parsed, existing, previous, lists);
  refuseIfWrong(job, parsed, plan, previous?.published ?? null);
  const published = job.published ?? parsed.published;
  const { file_name, dry_run } = job;
  const digest = sha256(job.text);
  const file = {
    importer: job.importer.name,
    file_name,
    sha256: digest,
    munitions_sha256: job.munitions === undefined ? null : sha256(job.munitions),
    published,
    columns: parsed.columns,
  };
  const { munitions, sources } = parsed;
  const identity = { importer: file.importer, file_name, sha256: digest, published, dry_run };
  const summaryAt = (dataset_version: number, new_version: boolean) =>
    summariseImport({ ...identity, dataset_version, new_version }, parsed, plan);
  const { rejected, possible_duplicates, ...counts } = summaryAt(draft.version, true);
  await draftImport(
    db,
    draft,
    { ...plan, munitions, sources },
    { ...file, summary: { ...counts } },
  );
  return draft.isEmpty ? summaryAt(version, false) : { ...counts, rejected, possible_duplicates };
}

/**
 * Imports a file as one dataset version, or says what it would write.
 *
 * @throws Error if the file is older than the one imported last, or has rejects under `strict`; nothing is written then
 */
export function runImport(
  db: Database,
  job: ImportJob,
  onProgress?: Progress,
): Promise<ImportSummary> {
  const reason = `${job.file_name} sha256:${sha256(job.text)}`;
  const cause = { actor: IMPORT_ACTOR + job.importer.name, reason };
  const build = (draft: Draft) => drafted(db, draft, job);
  return job.dry_run ? rehearse(db, cause, build) : commit(db, cause, build, onProgress);
}
