import { desc, eq } from 'drizzle-orm';
import { barrageKey } from '../domain/barrage.js';
import type { Munition } from '../domain/munition.js';
import type { Source } from '../domain/source.js';
import { munitionRevisions } from './code-list-store.js';
import type { Database } from './database.js';
import type { Cause, Draft } from './draft.js';
import type { ImportStage } from './import-stage.js';
import { insertDated } from './statements.js';
import { imports } from './tables.js';
import {
  missingBarrages,
  retractEmptied,
  rowMs,
  spansOf,
  spansWritten,
  Taking,
} from './take-over.js';

/** The newest import of an importer: what the next snapshot is compared with. */
export type LastImport = Pick<
  typeof imports.$inferSelect,
  'file_name' | 'sha256' | 'published' | 'columns'
>;

/** The newest import of an importer, or null before the first. */
export async function lastImport(db: Database, importer: string): Promise<LastImport | null> {
  const { file_name, sha256, published, columns } = imports;
  const [row] = await db.query
    .select({ file_name, sha256, published, columns })
    .from(imports)
    .where(eq(imports.importer, importer))
    .orderBy(desc(imports.version))
    .limit(1);
  return row ?? null;
}

/** The file an import comes from. */
export type ImportFile = Omit<typeof imports.$inferInsert, 'id' | 'version' | 'at'>;

async function draftMunitions(
  db: Database,
  draft: Draft,
  munitions: readonly Munition[],
): Promise<void> {
  const revisions = await munitionRevisions(db, draft.version - 1);
  for (const munition of munitions) {
    const revision = revisions.get(munition.slug);
    if (revision === undefined) draft.create('munition', munition);
    else draft.correct('munition', munition, revision, ['name', 'category', 'components']);
  }
}

// So many rows are taken over by one statement.
const SPAN_ROWS = 5_000;

/** What an import writes besides the claims that its stage holds. */
export interface ImportWrite {
  munitions: readonly Munition[];
  sources: readonly Source[];
  file: ImportFile;
}

/** Puts a whole import into a draft: code lists, barrages, claims, and the record of the file itself. */
export async function draftImport(
  db: Database,
  draft: Draft,
  cause: Cause,
  stage: ImportStage,
  { munitions, sources, file }: ImportWrite,
): Promise<void> {
  const { version } = draft;
  await draftMunitions(db, draft, munitions);
  for (const source of sources) draft.create('source', source);
  const taking = new Taking(stage.name, version, cause);
  const fresh = stage.freshBarrages().map(([id, claims]) => ({ id, claims, isNew: true }));
  const spans = spansOf(fresh, SPAN_ROWS);
  for (const [id, revision] of await missingBarrages(db, stage.name)) {
    draft.create('barrage', { id, ...barrageKey(id), note: null }, revision + 1);
  }
  const ms = await rowMs(db, taking, spans, draft.statements);
  draft.addClaims(
    [
      taking.closings(),
      ...spans.flatMap((span) => taking.fresh(span, ms * span.claims)),
      ...taking.compared(),
    ],
    await spansWritten(db, stage.name, fresh),
  );
  for (const statement of retractEmptied(version, cause)) draft.add(statement);
  draft.add(insertDated(imports, { ...file, id: stage.import_id, version }, 'at'));
}
