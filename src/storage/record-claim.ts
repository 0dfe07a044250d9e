import { CLAIM_COUNTS, type ClaimContent, type ClaimInput } from '../domain/claim.js';
import { type Flag, orderedFlags } from '../domain/claim-flags.js';
import { contradictions, isSameStatement, naturalKey } from '../domain/claim-identity.js';
import {
  type FieldError,
  InvalidRecord,
  RecordConflict,
  type Recorded,
  RecordNotFound,
} from '../domain/record-error.js';
import { isBarrageKnown } from './barrage-store.js';
import { referenceErrors } from './claim-references.js';
import { codeListsAt } from './code-list-store.js';
import { record } from './commit.js';
import type { Database } from './database.js';
import type { Cause, Draft } from './draft.js';
import type { KnownClaim } from './known-barrages.js';
import { newId } from './new-id.js';
import { type PreparedClaim, prepareClaim } from './prepare-claim.js';
import { similarClaims } from './similar-claims.js';

// In a count null is a statement of its own ("not reported"), so it must agree as well.
const STRICT = [...CLAIM_COUNTS, 'alternative_to', 'assertion'];

/** The claim that a posted one repeats, with the fields in which it says something else. */
export interface Repetition {
  stored: KnownClaim;
  fields: string[];
  /** Not its natural key but its statement is the same. */
  same_statement_only: boolean;
}

// In a batch every posted claim of a barrage is compared with every stored one.
const keys = new WeakMap<ClaimContent, string>();

function keyOf(content: ClaimContent): string {
  const key = keys.get(content) ?? naturalKey(content);
  keys.set(content, key);
  return key;
}

/** Looks for a stored claim that a posted one repeats: by natural key first, then by what it states. */
export function findRepetition(
  { content }: PreparedClaim,
  stored: readonly KnownClaim[],
): Repetition | null {
  const key = keyOf(content);
  const sameKey = stored.find((claim) => keyOf(claim.content) === key);
  const repeated = sameKey ?? stored.find((claim) => isSameStatement(claim.content, content));
  if (repeated === undefined) return null;
  const fields = contradictions(content, repeated.content, STRICT);
  return { stored: repeated, fields, same_statement_only: sameKey === undefined };
}

/** The differences of a repetition as field errors, for a 409. */
export function differences(
  posted: PreparedClaim,
  { stored, fields, same_statement_only }: Repetition,
  pointer: string,
): FieldError[] {
  return fields.map((field) => {
    const name = field as keyof typeof posted.content;
    const told = JSON.stringify(posted.content[name]);
    const recorded = JSON.stringify(stored.content[name]);
    const hint = same_statement_only
      ? `; if the source really made both statements, POST it to /barrages/${stored.barrage_id}/claims with as_reported: true`
      : '';
    return {
      pointer: `${pointer}/${field}`,
      code: same_statement_only ? 'possible_duplicate' : 'differs',
      detail: `posted ${told}, recorded ${recorded} in ${stored.id}${hint}`,
    };
  });
}

/** Adds a new claim, and any munition it introduces, to a draft. Returns its id. */
export function draftClaim(
  draft: Draft,
  barrageId: string,
  { content, regions, flags, new_munitions }: PreparedClaim,
  more: readonly Flag[] = [],
): string {
  const id = newId('clm');
  for (const munition of new_munitions) draft.create('munition', munition);
  draft.createPosted(content, {
    id,
    barrage_id: barrageId,
    regions,
    flags: more.length === 0 ? flags : orderedFlags([...flags, ...more]),
  });
  return id;
}

/** A posted claim, checked, with the current ones that it is compared with. @param version the newest */
async function prepared(
  db: Database,
  version: number,
  barrageId: string,
  input: ClaimInput,
): Promise<{ claim: PreparedClaim; stored: KnownClaim[] }> {
  const errors: FieldError[] = [];
  const lists = await codeListsAt(db, version);
  const claim = prepareClaim(input, barrageId, '', lists, errors);
  const stored = await similarClaims(db, barrageId, claim.content);
  errors.push(...referenceErrors(claim.content, stored, ''));
  if (errors.length > 0) throw new InvalidRecord(errors);
  return { claim, stored };
}

/**
 * Records one claim in a barrage that exists.
 *
 * @throws InvalidRecord, RecordNotFound if there is no such barrage, RecordConflict if a claim with the same natural
 *   key, or the same statement, says something else
 */
export function recordClaim(
  db: Database,
  cause: Cause,
  barrageId: string,
  input: ClaimInput,
): Promise<Recorded> {
  return record(db, cause, async (draft, db) => {
    const version = draft.version - 1;
    if (!(await isBarrageKnown(db, version, barrageId))) {
      throw new RecordNotFound('barrage', barrageId);
    }
    const { claim, stored } = await prepared(db, version, barrageId, input);
    const repetition = findRepetition(claim, stored);
    if (repetition === null) return { outcome: 'created', id: draftClaim(draft, barrageId, claim) };
    const { id } = repetition.stored;
    if (repetition.fields.length === 0) return { outcome: 'existing', id };
    if (repetition.same_statement_only && claim.as_reported) {
      return {
        outcome: 'created',
        id: draftClaim(draft, barrageId, claim, ['possible_duplicate']),
      };
    }
    throw new RecordConflict(`/claims/${id}`, differences(claim, repetition, ''));
  });
}
