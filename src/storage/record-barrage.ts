import { barrageId, barrageKey } from '../domain/barrage.js';
import type { BarrageInput } from '../domain/barrage-input.js';
import { naturalKey, statementKey } from '../domain/claim-identity.js';
import { nightOf } from '../domain/night.js';
import {
  type FieldError,
  InvalidRecord,
  type Outcome,
  RecordConflict,
  type Recorded,
} from '../domain/record-error.js';
import { referenceErrors } from './claim-references.js';
import type { CodeListsAt } from './code-list-store.js';
import { record } from './commit.js';
import type { Database } from './database.js';
import type { Cause, Draft } from './draft.js';
import { type Known, type KnownBarrage, knownAt } from './known-barrages.js';
import { type PreparedClaim, prepareClaim } from './prepare-claim.js';
import { differences, draftClaim, findRepetition } from './record-claim.js';
import {
  debrisSiteErrors,
  draftDebrisSite,
  findSameSite,
  siteDifferences,
} from './record-debris-site.js';

interface Prepared {
  id: string;
  key: { attacker: string; defender: string; night: string };
  claims: PreparedClaim[];
}

/** Finds the earlier claim of a posted barrage that a later one repeats. */
class Twins {
  readonly #byKey = new Map<string, number>();
  readonly #byStatement = new Map<string, number>();

  /** @returns the index of the first claim with the same natural key or, unless reported so, the same statement */
  add({ content, as_reported }: PreparedClaim, index: number): number | undefined {
    const [key, statement] = [naturalKey(content), statementKey(content) ?? ''];
    const sameKey = this.#byKey.get(key);
    const said = statement === '' || as_reported ? undefined : this.#byStatement.get(statement);
    if (sameKey === undefined) this.#byKey.set(key, index);
    if (statement !== '' && !this.#byStatement.has(statement)) {
      this.#byStatement.set(statement, index);
    }
    if (sameKey === undefined || said === undefined) return sameKey ?? said;
    return Math.min(sameKey, said);
  }
}

function prepare(input: BarrageInput, id: string | null, lists: CodeListsAt): Prepared {
  const { attacker, defender } = input;
  const errors: FieldError[] = [];
  if (attacker === defender) {
    const detail = `attacker and defender are both ${attacker}`;
    errors.push({ pointer: '/defender', code: 'same_party', detail });
  }
  if (id === null) {
    const detail = 'a barrage without claims needs its night';
    throw new InvalidRecord([...errors, { pointer: '/night', code: 'required', detail }]);
  }
  const claims: PreparedClaim[] = [];
  const twins = input.claims.length > 1 ? new Twins() : null;
  for (const [index, claim] of input.claims.entries()) {
    const pointer = `/claims/${index}`;
    const prepared = prepareClaim(claim, id, pointer, lists, errors);
    const twin = twins?.add(prepared, index);
    if (twin !== undefined) {
      const detail = `says what /claims/${twin} says; if the source really made both, as_reported: true`;
      errors.push({ pointer, code: 'repeated', detail });
    }
    claims.push(prepared);
  }
  input.debris_sites.forEach((site, index) => {
    errors.push(...debrisSiteErrors(site, `/debris_sites/${index}`, lists));
  });
  if (errors.length > 0) throw new InvalidRecord(errors);
  return { id, key: barrageKey(id), claims };
}

/** What the posted barrage says that the known one does not. */
function newToExisting(
  existing: KnownBarrage,
  { id, claims }: Prepared,
  input: BarrageInput,
): FieldError[] {
  const missing = (pointer: string, path: string): FieldError => ({
    pointer,
    code: 'not_recorded',
    detail: `the barrage exists without it; POST it to /barrages/${id}/${path}`,
  });
  const claimErrors = claims.flatMap((claim, index) => {
    const pointer = `/claims/${index}`;
    const repetition = findRepetition(claim, existing.claims);
    if (repetition === null) return [missing(pointer, 'claims')];
    return differences(claim, repetition, pointer);
  });
  const siteErrors = input.debris_sites.flatMap((site, index) => {
    const pointer = `/debris_sites/${index}`;
    const stored = findSameSite(site, existing.sites);
    return stored === undefined
      ? [missing(pointer, 'debris-sites')]
      : siteDifferences(site, stored, pointer);
  });
  const noteErrors =
    input.note === null || input.note === existing.note
      ? []
      : [{ pointer: '/note', code: 'differs', detail: 'the recorded barrage has another note' }];
  return [...noteErrors, ...claimErrors, ...siteErrors];
}

function draftBarrage(
  draft: Draft,
  { id, key, claims }: Prepared,
  input: BarrageInput,
  { lists, revisions }: Known,
): KnownBarrage {
  draft.create('barrage', { id, ...key, note: input.note }, (revisions.get(id) ?? 0) + 1);
  const drafted = claims.map((claim) => {
    claim.new_munitions = claim.new_munitions.filter(
      ({ slug }) => !lists.munitions.some((known) => known.slug === slug),
    );
    lists.munitions.push(...claim.new_munitions);
    return { id: draftClaim(draft, id, claim), barrage_id: id, content: claim.content };
  });
  const sites = input.debris_sites.map((content) => ({
    id: draftDebrisSite(draft, id, content),
    content,
  }));
  return { note: input.note, claims: drafted, sites };
}

/** The id of the barrage that was posted, or null if neither a night nor a claim names one. */
export function postedId(input: BarrageInput): string | null {
  const [first] = input.claims;
  const night = input.night ?? (first && nightOf(first));
  const { attacker, defender } = input;
  return night === undefined ? null : barrageId({ attacker, defender, night });
}

/**
 * Puts a posted barrage into a draft, unless it is known already. What it throws, it throws before it touches the draft.
 *
 * @param posted its id, as {@link postedId} gives it
 * @param known is told of the barrage, so that the next one is compared with it
 * @throws InvalidRecord with every field error, RecordConflict if the barrage exists and the posted one says something
 *   that is not recorded
 */
export function placeBarrage(
  draft: Draft,
  input: BarrageInput,
  posted: string | null,
  known: Known,
): Outcome {
  const prepared = prepare(input, posted, known.lists);
  const { id, claims } = prepared;
  const existing = known.barrages.get(id);
  if (existing !== undefined) {
    const errors = newToExisting(existing, prepared, input);
    if (errors.length > 0) throw new RecordConflict(`/barrages/${id}`, errors);
    return { outcome: 'existing', id };
  }
  const errors = claims.flatMap((claim, index) =>
    referenceErrors(claim.content, [], `/claims/${index}`),
  );
  if (errors.length > 0) throw new InvalidRecord(errors);
  known.barrages.set(id, draftBarrage(draft, prepared, input, known));
  return { outcome: 'created', id };
}

/**
 * Records a barrage with its claims and debris sites, all or nothing.
 *
 * @throws InvalidRecord with every field error, RecordConflict if the barrage exists and the posted one says something
 *   that is not recorded
 */
export function recordBarrage(db: Database, cause: Cause, input: BarrageInput): Promise<Recorded> {
  return record(db, cause, async (draft, db) => {
    const id = postedId(input);
    const known = await knownAt(db, draft.version - 1, id === null ? [] : [id]);
    return placeBarrage(draft, input, id, known);
  });
}
