import { barrageId } from '../domain/barrage.js';
import type { ClaimContent } from '../domain/claim.js';
import type { ExistingClaim, ImportPlan, ParsedRow } from '../importers/import-types.js';
import type { ImportStage } from '../storage/import-stage.js';

/** A row as the next revision of a claim, or as the first of a new one. */
function rowRecord(
  stage: ImportStage,
  { barrage, regions, flags, raw, line }: ParsedRow,
  claim: Pick<ExistingClaim, 'id' | 'revision' | 'origin' | 'set_by_hand'>,
) {
  const { id, revision, origin, set_by_hand } = claim;
  return {
    id,
    revision: revision + 1,
    barrage_id: barrageId(barrage),
    regions,
    flags,
    origin,
    import_id: stage.import_id,
    import_line: line,
    raw: { ...raw },
    set_by_hand: [...set_by_hand],
  };
}

/** A claim with what it had, as its next revision. */
function keptRecord(claim: ExistingClaim, changes: { import_id?: null; import_line?: null } = {}) {
  const { id, revision, barrage_id, regions, flags, origin, import_id, import_line } = claim;
  return {
    id,
    revision: revision + 1,
    barrage_id,
    regions,
    flags,
    origin,
    import_id,
    import_line,
    raw: claim.raw === null ? null : { ...claim.raw },
    set_by_hand: [...claim.set_by_hand],
    ...changes,
  };
}

const NEW = { revision: 0, origin: 'import', set_by_hand: [] } as const;
const FREED = 'it named a claim of what is now another night';

/** Stages what a plan writes: new claims, corrections, retractions, and claims that lose a reference. */
export function stagePlan(stage: ImportStage, plan: ImportPlan): void {
  const { creations, corrections, retractions } = plan;
  const freed = new Map(plan.freed.map((one) => [one.claim.id, one]));
  for (const row of creations) {
    const claim = rowRecord(stage, row, { ...NEW, id: stage.idOf(row) });
    const content = row.content;
    stage.addWrite({ op: 'created', claim, content, fields: [], because: null });
  }
  for (const { claim, row, fields } of corrections) {
    const record = rowRecord(stage, row, claim);
    const content = row.content;
    stage.addWrite({ op: 'corrected', claim: record, content, fields, because: null });
    freed.delete(claim.id);
  }
  for (const { claim, detach } of retractions) {
    const one = freed.get(claim.id);
    freed.delete(claim.id);
    if (detach) {
      const record = keptRecord(claim, { import_id: null, import_line: null });
      const content: ClaimContent = one?.content ?? claim.content;
      const fields = ['provenance', ...(one?.fields ?? [])];
      stage.addWrite({ op: 'corrected', claim: record, content, fields, because: null });
    } else {
      const record = { ...keptRecord(claim), revision: claim.revision };
      const { content } = claim;
      stage.addWrite({ op: 'retracted', claim: record, content, fields: [], because: null });
    }
  }
  for (const { claim, content, fields } of freed.values()) {
    stage.addWrite({ op: 'corrected', claim: keptRecord(claim), content, fields, because: FREED });
  }
}
