import { debrisSiteInputSchema } from '../domain/debris-site.js';
import { mergePatch } from '../domain/merge-patch.js';
import { InvalidRecord, RecordConflict, type Recorded } from '../domain/record-error.js';
import { codeListsAt } from './code-list-store.js';
import { record } from './commit.js';
import { changedFields, type Expected, expectCurrent, readPatched } from './correction.js';
import type { Database } from './database.js';
import { debrisSitesOfBarrages, findDebrisSite } from './debris-site-store.js';
import type { Cause } from './draft.js';
import { debrisSiteErrors, findSameSite } from './record-debris-site.js';

/** Corrects a debris site. @throws RecordGone, RecordNotFound, StaleRecord, InvalidRecord, RecordConflict */
export function correctDebrisSite(
  db: Database,
  cause: Cause,
  expected: Expected,
  patch: unknown,
): Promise<Recorded> {
  const { id } = expected;
  return record(db, cause, async (draft, db) => {
    const version = draft.version - 1;
    const found = await findDebrisSite(db, version, id);
    const current = await expectCurrent(db, 'debris_site', expected, found);
    const site = readPatched(debrisSiteInputSchema, mergePatch(current.content, patch));
    const errors = debrisSiteErrors(site, '', await codeListsAt(db, version));
    if (errors.length > 0) throw new InvalidRecord(errors);
    const sites = await debrisSitesOfBarrages(db, version, [current.barrage_id]);
    const twin = findSameSite(
      site,
      sites.filter((other) => other.id !== id),
    );
    if (twin !== undefined) {
      const detail = `${twin.id} has the same source, url and place`;
      throw new RecordConflict(`/debris-sites/${twin.id}`, [
        { pointer: '', code: 'same_key', detail },
      ]);
    }
    const fields = changedFields(current.content, site);
    if (fields.length === 0) return { outcome: 'existing', id };
    const { barrage_id, revision } = current;
    draft.correct('debris_site', { ...site, id, barrage_id }, revision, fields);
    return { outcome: 'created', id };
  });
}

/** Retracts a debris site. @throws RecordGone, RecordNotFound, StaleRecord */
export function retractDebrisSite(
  db: Database,
  cause: Cause,
  expected: Expected,
): Promise<Recorded> {
  const { id } = expected;
  return record(db, cause, async (draft, db) => {
    const found = await findDebrisSite(db, draft.version - 1, id);
    const { revision } = await expectCurrent(db, 'debris_site', expected, found);
    draft.retract('debris_site', id, revision);
    return { outcome: 'created', id };
  });
}
