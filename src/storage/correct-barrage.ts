import { barrageInputSchema } from '../domain/barrage-input.js';
import { mergePatch } from '../domain/merge-patch.js';
import { type Recorded, StaleRecord } from '../domain/record-error.js';
import { findBarrage, touchedAt } from './barrage-store.js';
import { claimsOfBarrages } from './claim-store.js';
import { record } from './commit.js';
import { type Expected, expectCurrent, readPatched } from './correction.js';
import type { Database } from './database.js';
import { debrisSitesOfBarrages } from './debris-site-store.js';
import type { Cause } from './draft.js';

// Attacker, defender and night are a barrage's identity: its id spells them. Only the note can be corrected.
const correctable = barrageInputSchema.pick({ note: true });

/** Corrects a barrage's note. @throws RecordGone, RecordNotFound, StaleRecord, InvalidRecord */
export function correctBarrage(
  db: Database,
  cause: Cause,
  expected: Expected,
  patch: unknown,
): Promise<Recorded> {
  const { id } = expected;
  return record(db, cause, async (draft, db) => {
    const found = await findBarrage(db, draft.version - 1, id);
    const current = await expectCurrent(db, 'barrage', expected, found);
    const { note } = readPatched(correctable, mergePatch({ note: current.note }, patch));
    if (note === current.note) return { outcome: 'existing', id };
    const { attacker, defender, night, revision } = current;
    draft.correct('barrage', { id, attacker, defender, night, note }, revision, ['note']);
    return { outcome: 'created', id };
  });
}

/**
 * Retracts a barrage with everything in it, in one dataset version: never what the client has not seen, because it was
 * recorded or corrected after the barrage was read.
 *
 * @throws RecordGone, RecordNotFound, StaleRecord
 */
export function retractBarrage(db: Database, cause: Cause, expected: Expected): Promise<Recorded> {
  const { id } = expected;
  return record(db, cause, async (draft, db) => {
    const version = draft.version - 1;
    const found = await findBarrage(db, version, id);
    const { revision } = await expectCurrent(db, 'barrage', expected, found);
    const isUnseen =
      expected.revision !== null && (expected.version ?? 0) < (await touchedAt(db, id));
    if (isUnseen) throw new StaleRecord('barrage', id, revision);
    for (const claim of await claimsOfBarrages(db, version, [id])) {
      draft.retract('claim', claim.id, claim.revision);
    }
    for (const site of await debrisSitesOfBarrages(db, version, [id])) {
      draft.retract('debris_site', site.id, site.revision);
    }
    draft.retract('barrage', id, revision);
    return { outcome: 'created', id };
  });
}
