import { RECORD_NAMES, type RevisedEntity } from '../domain/change.js';
import type { Dependencies } from './dependencies.js';
import { Problem } from './problem.js';

/** The problem of a record that is not there: 410 if it was retracted, 404 if there never was one at that version. */
export async function missing(
  { db, stores }: Dependencies,
  entity: RevisedEntity,
  id: string,
  asOf: string,
): Promise<Problem> {
  const history = asOf === 'latest' ? await stores.changes.listRevisions(db, entity, id) : [];
  if (history.length === 0)
    return new Problem('not-found', `There is no ${RECORD_NAMES[entity]} "${id}".`);
  const detail = `The ${RECORD_NAMES[entity]} "${id}" was retracted; ask for it at an older as_of.`;
  return new Problem('gone', detail);
}
