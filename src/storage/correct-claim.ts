import { z } from 'zod';
import { type ClaimContent, claimInputSchema } from '../domain/claim.js';
import { CARRIED_FLAGS, type Flag, IMPOSSIBLE_FLAGS, orderedFlags } from '../domain/claim-flags.js';
import { DUPLICATE_FIELDS, isSameStatement, naturalKey } from '../domain/claim-identity.js';
import { mergePatch } from '../domain/merge-patch.js';
import {
  type FieldError,
  InvalidRecord,
  RecordConflict,
  type Recorded,
} from '../domain/record-error.js';
import { referenceErrors, referrerErrors, referrersOf } from './claim-references.js';
import { claimsOfBarrages, findClaim, type StoredClaim } from './claim-store.js';
import { codeListsAt } from './code-list-store.js';
import { record } from './commit.js';
import { changedFields, type Expected, expectCurrent, readPatched } from './correction.js';
import type { Database } from './database.js';
import type { Cause } from './draft.js';
import { type PreparedClaim, prepareClaim } from './prepare-claim.js';

/** A claim that was already recorded as reported stays so unless the patch says otherwise. */
function asReported({ flags }: StoredClaim): boolean {
  return flags.some((flag) => IMPOSSIBLE_FLAGS.has(flag) || flag === 'unknown_munition');
}

/** @throws RecordConflict if the corrected claim would be another one */
function refuseTwins(
  current: StoredClaim,
  content: ClaimContent,
  others: readonly StoredClaim[],
  saysSo: boolean,
): void {
  const refuse = (id: string, code: string, detail: string): never => {
    throw new RecordConflict(`/claims/${id}`, [{ pointer: '', code, detail: `${id} ${detail}` }]);
  };
  const twin = others.find((other) => naturalKey(other.content) === naturalKey(content));
  if (twin !== undefined) {
    refuse(
      twin.id,
      'same_key',
      'has the same source, url, munition, window, launch places and target',
    );
  }
  const repeated = others.find((other) => isNewlySame(other, current, content));
  if (repeated === undefined || saysSo) return;
  const detail =
    'makes the same statement, so it would count twice; if the source really made both, as_reported: true';
  refuse(repeated.id, 'possible_duplicate', detail);
}

/** Whether it is the correction that makes a claim repeat another: what repeated it before was accepted as it was. */
const isNewlySame = (other: StoredClaim, before: StoredClaim, after: ClaimContent): boolean =>
  isSameStatement(other.content, after) && !isSameStatement(other.content, before.content);

/** Flags that no correction takes away, unless it settles what they say. */
function carriedFlags(
  current: StoredClaim,
  content: ClaimContent,
  others: readonly StoredClaim[],
): Flag[] {
  const changed = changedFields<Partial<ClaimContent>>(current.content, content);
  const touched = changed.some((field) => (DUPLICATE_FIELDS as readonly string[]).includes(field));
  const repeats = others.some((other) => isSameStatement(other.content, content));
  const carried = current.flags.filter(
    (flag) => CARRIED_FLAGS.has(flag) && (flag !== 'possible_duplicate' || !touched || repeats),
  );
  const accepted = others.some((other) => isNewlySame(other, current, content));
  return accepted ? [...carried, 'possible_duplicate'] : carried;
}

async function prepared(
  db: Database,
  version: number,
  current: StoredClaim,
  patch: unknown,
): Promise<PreparedClaim> {
  const { barrage_id, content } = current;
  const patched = mergePatch({ ...content, as_reported: asReported(current) }, patch);
  const input = readPatched(claimInputSchema, patched);
  const errors: FieldError[] = [];
  const claim = prepareClaim(input, barrage_id, '', await codeListsAt(db, version), errors);
  const others = (await claimsOfBarrages(db, version, [barrage_id])).filter(
    ({ id }) => id !== current.id,
  );
  errors.push(...referenceErrors(claim.content, others, ''));
  errors.push(...referrerErrors(current.id, claim.content, others));
  if (errors.length > 0) throw new InvalidRecord(errors);
  // Said of another oddity, as_reported does not say that the source made this statement twice.
  const saysSo = Reflect.get(Object(patch), 'as_reported') === true;
  refuseTwins(current, claim.content, others, saysSo);
  const flags = orderedFlags([...claim.flags, ...carriedFlags(current, claim.content, others)]);
  return { ...claim, flags };
}

const releaseSchema = z.looseObject({ release: z.array(z.string()).default([]) });

/** The fields that a patch gives back to the file, and the patch without them. */
function released(current: StoredClaim, patch: unknown): { release: string[]; patch: unknown } {
  const { release, ...rest } = readPatched(releaseSchema, patch);
  const errors = release.flatMap((name, index): FieldError[] =>
    current.set_by_hand.some((field) => field === name)
      ? []
      : [
          {
            pointer: `/release/${index}`,
            code: 'not_set_by_hand',
            detail: `"${name}" is no field of this claim that was set by hand`,
            allowed: current.set_by_hand,
          },
        ],
  );
  if (errors.length > 0) throw new InvalidRecord(errors);
  return { release, patch: rest };
}

/**
 * Corrects a claim: closes the revision that the client read and opens the next. A patch that changes nothing writes
 * nothing.
 *
 * @param patch JSON merge patch (RFC 7396) of the claim's content; `release` names fields set by hand that the next import
 * may rule again
 * @throws RecordGone, RecordNotFound, StaleRecord, InvalidRecord, RecordConflict
 */
export function correctClaim(
  db: Database,
  cause: Cause,
  expected: Expected,
  patch: unknown,
): Promise<Recorded> {
  const { id } = expected;
  return record(db, cause, async (draft, db) => {
    const version = draft.version - 1;
    const current = await expectCurrent(db, 'claim', expected, await findClaim(db, version, id));
    const { release, patch: contentPatch } = released(current, patch);
    const claim = await prepared(db, version, current, contentPatch);
    const fields = changedFields<ClaimContent>(current.content, claim.content);
    if (fields.length + release.length === 0) return { outcome: 'existing', id };
    const { barrage_id, origin, import_id, import_line, raw } = current;
    for (const munition of claim.new_munitions) draft.create('munition', munition);
    const { content, regions, flags } = claim;
    // No later file overrules what somebody set right by hand.
    const set = raw === null ? [] : (fields as (keyof ClaimContent)[]);
    const set_by_hand = [...new Set([...current.set_by_hand, ...set])]
      .filter((field) => !release.includes(field))
      .toSorted();
    const row = { import_line, raw };
    draft.correct(
      'claim',
      { ...content, id, barrage_id, regions, flags, origin, import_id, set_by_hand, ...row },
      current.revision,
      release.length === 0 ? fields : [...fields, 'set_by_hand'],
    );
    return { outcome: 'created', id };
  });
}

/**
 * Retracts a claim; older versions of the dataset keep it.
 *
 * @throws RecordGone, RecordNotFound, StaleRecord, RecordConflict while other claims compete with it or repeat it
 */
export function retractClaim(db: Database, cause: Cause, expected: Expected): Promise<Recorded> {
  const { id } = expected;
  return record(db, cause, async (draft, db) => {
    const version = draft.version - 1;
    const current = await expectCurrent(db, 'claim', expected, await findClaim(db, version, id));
    const claims = await claimsOfBarrages(db, version, [current.barrage_id]);
    const errors = referrersOf(id, claims).map((other) => ({
      pointer: '',
      code: other.content.alternative_to === id ? 'has_alternatives' : 'has_repetitions',
      detail: `${other.id} ${other.content.alternative_to === id ? 'competes with' : 'repeats'} it; retract or correct that one first`,
    }));
    if (errors.length > 0) throw new RecordConflict(`/claims/${id}`, errors);
    draft.retract('claim', id, current.revision);
    return { outcome: 'created', id };
  });
}
