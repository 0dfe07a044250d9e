import { desc, eq } from 'drizzle-orm';
import { barrageKey } from '../domain/barrage.js';
import type { Munition } from '../domain/munition.js';
import type { Source } from '../domain/source.js';
import { munitionRevisions } from './code-list-store.js';
import type { Database } from './database.js';
import type { Cause, Draft } from './draft.js';
import { insertDated } from './statements.js';
import { imports } from './tables.js';
import {
  type BarrageClaims,
  missingBarrages,
  retractEmptied,
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
export type ImportFile = Omit<typeof imports.$inferInsert, 'version' | 'at'>;

async function draftMunitions(
  db: Database,
  draft: Draft,
  { munitions, placed }: ImportWrite,
): Promise<void> {
  const revisions = await munitionRevisions(db, draft.version - 1);
  for (const munition of munitions) {
    const revision = revisions.get(munition.slug);
    if (revision !== undefined) {
      draft.correct('munition', munition, revision, ['name', 'category', 'components']);
    } else if (placed === null) draft.create('munition', munition);
  }
}

/** What an import writes besides the claims that its stage holds. */
export interface ImportWrite {
  munitions: readonly Munition[];
  sources: readonly Source[];
  file: ImportFile;
  /** Barrages whose rows are taken as they are. */
  fresh: readonly BarrageClaims[];
  /**
   * Those among them of which everything was written ahead, with all sources and all munitions that were not there; null
   * if nothing was.
   */
  placed: ReadonlySet<string> | null;
}

/**
 * Puts a whole import into a draft, as far as it was not written ahead: code lists, barrages, claims, and the record of
 * the file itself.
 */
export async function draftImport(
  db: Database,
  draft: Draft,
  cause: Cause,
  stage: string,
  write: ImportWrite,
): Promise<void> {
  const { version } = draft;
  const { sources, file, placed } = write;
  await draftMunitions(db, draft, write);
  if (placed === null) for (const source of sources) draft.create('source', source);
  const taking = new Taking(stage, version, cause);
  const fresh = write.fresh.filter(({ id }) => !placed?.has(id));
  // Between two of them there may be others that were written ahead.
  const spans = placed === null ? spansOf(fresh) : spansOf(fresh, 0);
  for (const [id, revision] of await missingBarrages(db, stage, version)) {
    draft.create('barrage', { id, ...barrageKey(id), note: null }, revision + 1);
  }
  draft.addClaims(
    [taking.closings(), ...spans.flatMap((span) => taking.fresh(span)), ...taking.compared()],
    await spansWritten(db, stage, fresh, placed === null),
  );
  for (const statement of retractEmptied(version, cause)) draft.add(statement);
  draft.add(insertDated(imports, { ...file, version }));
}
