import { and, count, desc, eq, inArray } from 'drizzle-orm';
import { type Barrage, barrageId } from '../domain/barrage.js';
import type { ClaimContent } from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import type { Munition } from '../domain/munition.js';
import type { Source } from '../domain/source.js';
import { munitionRevisions } from './code-list-store.js';
import type { Database } from './database.js';
import type { Draft } from './draft.js';
import type { MatchableClaim } from './matchable-claims.js';
import { newId } from './new-id.js';
import { insertDated } from './statements.js';
import { barrages, claims, debrisSites, imports } from './tables.js';
import { visibleAt } from './versions.js';

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

/** A row of a file as the claim that it makes. */
export interface ImportedClaim {
  line: number;
  barrage: Pick<Barrage, 'attacker' | 'defender' | 'night'>;
  content: ClaimContent;
  regions: string[];
  flags: Flag[];
  raw: Record<string, string>;
}

type ClaimRef = Pick<MatchableClaim, 'id' | 'revision' | 'barrage_id' | 'origin' | 'set_by_hand'>;

/** Everything that one import writes. */
export interface ImportWrite {
  munitions: readonly Munition[];
  sources: readonly Source[];
  creations: readonly ImportedClaim[];
  corrections: readonly { claim: ClaimRef; row: ImportedClaim; fields: readonly string[] }[];
  /** `detach` keeps a claim in which people have a hand: its row waits for its return and is nobody's provenance. */
  retractions: readonly { claim: MatchableClaim; detach: boolean }[];
  /** Claims that lose a reference; also those that are corrected or detached anyway. */
  freed: readonly { claim: MatchableClaim; content: ClaimContent; fields: readonly string[] }[];
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

async function draftMissingBarrages(
  db: Database,
  draft: Draft,
  rows: readonly ImportedClaim[],
): Promise<void> {
  const needed = new Map(rows.map(({ barrage }) => [barrageId(barrage), barrage]));
  const known = await db.query
    .select({ id: barrages.id, revision: barrages.revision, to_version: barrages.to_version })
    .from(barrages);
  const revisions = new Map<string, number>();
  for (const { id, revision, to_version } of known) {
    if (to_version === null) needed.delete(id);
    revisions.set(id, Math.max(revision, revisions.get(id) ?? 0));
  }
  for (const [id, key] of needed) {
    draft.create('barrage', { id, ...key, note: null }, (revisions.get(id) ?? 0) + 1);
  }
}

/** Retracts the barrages that the import leaves without any claim and that hold no debris site. */
async function draftEmptiedBarrages(db: Database, draft: Draft, write: ImportWrite): Promise<void> {
  const version = draft.version - 1;
  const left = [
    ...write.retractions.filter(({ detach }) => !detach).map(({ claim }) => claim.barrage_id),
    ...write.corrections.map(({ claim }) => claim.barrage_id),
  ];
  const affected = [...new Set(left)];
  if (affected.length === 0) return;
  const held = await db.query
    .select({ id: claims.barrage_id, claims: count() })
    .from(claims)
    .where(and(visibleAt(claims, version), inArray(claims.barrage_id, affected)))
    .groupBy(claims.barrage_id);
  const remaining = new Map(held.map((row) => [row.id, row.claims]));
  const change = (id: string, by: number) => remaining.set(id, (remaining.get(id) ?? 0) + by);
  for (const id of left) change(id, -1);
  for (const { row } of write.corrections) change(barrageId(row.barrage), 1);
  for (const row of write.creations) change(barrageId(row.barrage), 1);
  const empty = affected.filter((id) => (remaining.get(id) ?? 0) === 0);
  const sites = await db.query
    .selectDistinct({ id: debrisSites.barrage_id })
    .from(debrisSites)
    .where(and(visibleAt(debrisSites, version), inArray(debrisSites.barrage_id, empty)));
  const sited = new Set(sites.map(({ id }) => id));
  const rows = await db.query
    .select({ id: barrages.id, revision: barrages.revision, note: barrages.note })
    .from(barrages)
    .where(and(visibleAt(barrages, version), inArray(barrages.id, empty)));
  for (const { id, revision, note } of rows) {
    if (!sited.has(id) && note === null) draft.retract('barrage', id, revision);
  }
}

/** Puts a whole import into a draft: code lists, barrages, claims, and the record of the file itself. */
export async function draftImport(
  db: Database,
  draft: Draft,
  write: ImportWrite,
  file: ImportFile,
): Promise<void> {
  const id = newId('imp');
  const claimRow = (row: ImportedClaim, claim: Omit<ClaimRef, 'revision' | 'barrage_id'>) => ({
    ...row.content,
    id: claim.id,
    barrage_id: barrageId(row.barrage),
    regions: row.regions,
    flags: row.flags,
    origin: claim.origin,
    import_id: id,
    import_line: row.line,
    raw: row.raw,
    set_by_hand: [...claim.set_by_hand],
  });
  await draftMunitions(db, draft, write.munitions);
  for (const source of write.sources) draft.create('source', source);
  const rows = [...write.creations, ...write.corrections.map(({ row }) => row)];
  await draftMissingBarrages(db, draft, rows);
  for (const row of write.creations) {
    draft.create('claim', claimRow(row, { id: newId('clm'), origin: 'import', set_by_hand: [] }));
  }
  for (const { claim, row, fields } of write.corrections) {
    draft.correct('claim', claimRow(row, claim), claim.revision, fields);
  }
  for (const { claim, detach } of write.retractions) {
    if (!detach) draft.retract('claim', claim.id, claim.revision);
    else {
      const one = write.freed.find((freed) => freed.claim.id === claim.id);
      const row = { ...kept(claim, one?.content), import_id: null, import_line: null };
      draft.correct('claim', row, claim.revision, ['provenance', ...(one?.fields ?? [])]);
    }
  }
  draftFreed(draft, write, file);
  await draftEmptiedBarrages(db, draft, write);
  if (draft.isEmpty) return;
  draft.add(insertDated(imports, { ...file, id, version: draft.version }, 'at'));
}

/** Clears the references across barrages of the claims that the import writes for no other reason. */
function draftFreed(draft: Draft, write: ImportWrite, file: ImportFile): void {
  const others = [...write.corrections, ...write.retractions].map(({ claim }) => claim.id);
  const written = new Set(others);
  const reason = `${file.file_name} sha256:${file.sha256}: it named a claim of what is now another night`;
  for (const { claim, content, fields } of write.freed) {
    if (written.has(claim.id)) continue;
    draft.correct('claim', kept(claim, content), claim.revision, fields, reason);
  }
}

function kept(claim: MatchableClaim, content = claim.content) {
  const { id, barrage_id, regions, flags, origin, raw, import_id, import_line, set_by_hand } =
    claim;
  const row = { raw, import_id, import_line, set_by_hand: [...set_by_hand] };
  return { ...content, id, barrage_id, regions, flags, origin, ...row };
}
