import { contradictions } from '../domain/claim-identity.js';
import { RecordConflict, type Recorded } from '../domain/record-error.js';
import type { Source } from '../domain/source.js';
import { findSource } from './code-list-store.js';
import { record } from './commit.js';
import type { Database } from './database.js';
import type { Cause } from './draft.js';

/**
 * Records a source.
 *
 * @throws RecordConflict if the slug is taken by a source with other content
 */
export function recordSource(db: Database, cause: Cause, posted: Source): Promise<Recorded> {
  const { slug } = posted;
  return record(db, cause, async (draft, db) => {
    const existing = await findSource(db, slug, draft.version - 1);
    if (existing === null) {
      draft.create('source', posted);
      return { outcome: 'created', id: slug };
    }
    // Whose side a source is on decides every rate, so leaving the party out is not the same as naming it.
    const fields = contradictions(posted, existing.source, ['party']);
    if (fields.length === 0) return { outcome: 'existing', id: slug };
    const errors = fields.map((field) => ({
      pointer: `/${field}`,
      code: 'differs',
      detail: `posted ${JSON.stringify(posted[field])}, recorded ${JSON.stringify(existing.source[field])}`,
    }));
    throw new RecordConflict('/sources', errors);
  });
}
