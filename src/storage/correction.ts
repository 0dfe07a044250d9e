import type { z } from 'zod';
import { RECORD_NAMES, type RevisedEntity } from '../domain/change.js';
import {
  type FieldError,
  InvalidRecord,
  RecordGone,
  RecordNotFound,
  StaleRecord,
} from '../domain/record-error.js';
import { sameValue } from '../domain/same-value.js';
import { listRevisions } from './change-store.js';
import type { Database } from './database.js';

/** The revision that a client read before it decided to change it; null is "whatever is current". */
export interface Expected {
  id: string;
  revision: number | null;
  /** The dataset version at which it was read, of a record that is shown together with others. */
  version?: number | undefined;
}

/**
 * The current record, if it is the revision that the client read.
 *
 * @throws RecordGone if it was retracted, RecordNotFound if it never existed, StaleRecord if it moved on
 */
export async function expectCurrent<T extends { revision: number }>(
  db: Database,
  entity: RevisedEntity,
  { id, revision }: Expected,
  current: T | null,
): Promise<T> {
  if (current === null) {
    const history = await listRevisions(db, entity, id);
    throw history.length > 0
      ? new RecordGone(RECORD_NAMES[entity], id)
      : new RecordNotFound(RECORD_NAMES[entity], id);
  }
  if (revision !== null && revision !== current.revision) {
    throw new StaleRecord(RECORD_NAMES[entity], id, current.revision);
  }
  return current;
}

/** A patched document as its schema reads it. @throws InvalidRecord with every field error */
export function readPatched<T extends z.ZodType>(schema: T, patched: unknown): z.output<T> {
  const result = schema.safeParse(patched);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue): FieldError[] => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
    const path = issue.path.map((part) => `/${String(part)}`).join('');
    if (keys.length === 0) return [{ pointer: path, code: issue.code, detail: issue.message }];
    return keys.map((key) => ({
      pointer: `${path}/${key}`,
      code: 'unknown',
      detail: `there is no field "${key}" here`,
    }));
  });
  throw new InvalidRecord(errors);
}

/** The fields in which two contents differ. */
export function changedFields<T extends object>(before: T, after: T): string[] {
  return Object.keys(after).filter(
    (field) => !sameValue(Reflect.get(before, field), Reflect.get(after, field)),
  );
}
