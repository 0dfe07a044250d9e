import { barrageId } from '../domain/barrage.js';
import type { BarrageInput } from '../domain/barrage-input.js';
import type { ClaimContent } from '../domain/claim.js';
import { isSameStatement, naturalKey } from '../domain/claim-identity.js';
import { nightOf } from '../domain/night.js';
import {
  type FieldError,
  InvalidRecord,
  RecordConflict,
  type Recorded,
} from '../domain/record-error.js';
import { findBarrage, lastBarrageRevision, type StoredBarrage } from './barrage-store.js';
import { referenceErrors } from './claim-references.js';
import { claimsOfBarrages } from './claim-store.js';
import { type CodeListsAt, codeListsAt } from './code-list-store.js';
import type { Database } from './database.js';
import { debrisSitesOfBarrages } from './debris-site-store.js';
import { type Cause, commit, type Draft } from './draft.js';
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

function nightOfInput({ night, claims }: BarrageInput): string {
  const named = night ?? (claims[0] && nightOf(claims[0]));
  if (named !== undefined) return named;
  const detail = 'a barrage without claims needs its night';
  throw new InvalidRecord([{ pointer: '/night', code: 'required', detail }]);
}

function repeats({ content, as_reported }: PreparedClaim, earlier: ClaimContent): boolean {
  if (naturalKey(content) === naturalKey(earlier)) return true;
  return !as_reported && isSameStatement(content, earlier);
}

function prepare(input: BarrageInput, lists: CodeListsAt): Prepared {
  const { attacker, defender } = input;
  const errors: FieldError[] = [];
  if (attacker === defender) {
    const detail = `attacker and defender are both ${attacker}`;
    errors.push({ pointer: '/defender', code: 'same_party', detail });
  }
  const key = { attacker, defender, night: nightOfInput(input) };
  const id = barrageId(key);
  const claims: PreparedClaim[] = [];
  for (const [index, claim] of input.claims.entries()) {
    const pointer = `/claims/${index}`;
    const prepared = prepareClaim(claim, id, pointer, lists, errors);
    const twin = claims.findIndex(({ content }) => repeats(prepared, content));
    if (twin >= 0) {
      const detail = `says what /claims/${twin} says; if the source really made both, as_reported: true`;
      errors.push({ pointer, code: 'repeated', detail });
    }
    claims.push(prepared);
  }
  input.debris_sites.forEach((site, index) => {
    errors.push(...debrisSiteErrors(site, `/debris_sites/${index}`, lists));
  });
  if (errors.length > 0) throw new InvalidRecord(errors);
  return { id, key, claims };
}

/** What the posted barrage says that the recorded one does not. */
async function newToExisting(
  db: Database,
  version: number,
  existing: StoredBarrage,
  input: BarrageInput,
  claims: readonly PreparedClaim[],
): Promise<FieldError[]> {
  const [storedClaims, storedSites] = await Promise.all([
    claimsOfBarrages(db, version, [existing.id]),
    debrisSitesOfBarrages(db, version, [existing.id]),
  ]);
  const missing = (pointer: string, path: string): FieldError => ({
    pointer,
    code: 'not_recorded',
    detail: `the barrage exists without it; POST it to /barrages/${existing.id}/${path}`,
  });
  const claimErrors = claims.flatMap((claim, index) => {
    const pointer = `/claims/${index}`;
    const repetition = findRepetition(claim, storedClaims);
    if (repetition === null) return [missing(pointer, 'claims')];
    return differences(claim, repetition, pointer);
  });
  const siteErrors = input.debris_sites.flatMap((site, index) => {
    const pointer = `/debris_sites/${index}`;
    const stored = findSameSite(site, storedSites);
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
  revision: number,
): void {
  draft.create('barrage', { id, ...key, note: input.note }, revision);
  const introduced = new Set<string>();
  for (const claim of claims) {
    const fresh = claim.new_munitions.filter(({ slug }) => !introduced.has(slug));
    for (const { slug } of fresh) introduced.add(slug);
    draftClaim(draft, id, { ...claim, new_munitions: fresh });
  }
  for (const site of input.debris_sites) draftDebrisSite(draft, id, site);
}

/**
 * Records a barrage with its claims and debris sites, all or nothing.
 *
 * @throws InvalidRecord with every field error, RecordConflict if the barrage exists and the posted one says something
 *   that is not recorded
 */
export function recordBarrage(db: Database, cause: Cause, input: BarrageInput): Promise<Recorded> {
  return commit(db, cause, async (draft) => {
    const version = draft.version - 1;
    const prepared = prepare(input, await codeListsAt(db, version));
    const { id, claims } = prepared;
    const existing = await findBarrage(db, version, id);
    if (existing !== null) {
      const errors = await newToExisting(db, version, existing, input, claims);
      if (errors.length > 0) throw new RecordConflict(`/barrages/${id}`, errors);
      return { outcome: 'existing', id };
    }
    const errors = claims.flatMap((claim, index) =>
      referenceErrors(claim.content, [], `/claims/${index}`),
    );
    if (errors.length > 0) throw new InvalidRecord(errors);
    draftBarrage(draft, prepared, input, (await lastBarrageRevision(db, id)) + 1);
    return { outcome: 'created', id };
  });
}
