import { contradictions } from '../domain/claim-identity.js';
import type { DebrisSiteContent } from '../domain/debris-site.js';
import {
  type FieldError,
  InvalidRecord,
  RecordConflict,
  type Recorded,
  RecordNotFound,
} from '../domain/record-error.js';
import { isBarrageKnown } from './barrage-store.js';
import { type CodeListsAt, codeListsAt } from './code-list-store.js';
import { record } from './commit.js';
import type { Database } from './database.js';
import { debrisSitesOfBarrages } from './debris-site-store.js';
import type { Cause, Draft } from './draft.js';
import type { KnownSite } from './known-barrages.js';
import { newId } from './new-id.js';
import { sourceErrors } from './prepare-claim.js';

const STRICT = ['killed', 'injured'];

/** Errors of a posted debris site against the code lists. */
export function debrisSiteErrors(
  site: DebrisSiteContent,
  pointer: string,
  lists: CodeListsAt,
): FieldError[] {
  const errors = sourceErrors(site, pointer, lists);
  const codes = lists.regions.map(({ code }) => code);
  if (site.region !== null && !codes.includes(site.region)) {
    const detail = `no region "${site.region}" is known; GET /regions lists them`;
    errors.push({
      pointer: `${pointer}/region`,
      code: 'unknown_region',
      detail,
      allowed: codes,
    });
  }
  return errors;
}

/** The stored site with the natural key of a posted one (source, url, place). */
export function findSameSite(
  site: DebrisSiteContent,
  stored: readonly KnownSite[],
): KnownSite | undefined {
  return stored.find(
    ({ content }) =>
      content.source === site.source && content.url === site.url && content.place === site.place,
  );
}

/** What a posted site says otherwise than the stored one, as field errors. */
export function siteDifferences(
  site: DebrisSiteContent,
  stored: KnownSite,
  pointer: string,
): FieldError[] {
  return contradictions(site, stored.content, STRICT).map((field) => ({
    pointer: `${pointer}/${field}`,
    code: 'differs',
    detail: `posted ${JSON.stringify(site[field])}, recorded ${JSON.stringify(stored.content[field])} in ${stored.id}`,
  }));
}

/** Adds a new debris site to a draft. Returns its id. */
export function draftDebrisSite(draft: Draft, barrageId: string, site: DebrisSiteContent): string {
  const id = newId('dbs');
  draft.create('debris_site', { ...site, id, barrage_id: barrageId });
  return id;
}

/**
 * Records one debris site in a barrage that exists.
 *
 * @throws InvalidRecord, RecordNotFound if there is no such barrage, RecordConflict if the same site is recorded with
 *   other content
 */
export function recordDebrisSite(
  db: Database,
  cause: Cause,
  barrageId: string,
  site: DebrisSiteContent,
): Promise<Recorded> {
  return record(db, cause, async (draft, db) => {
    const version = draft.version - 1;
    if (!(await isBarrageKnown(db, version, barrageId))) {
      throw new RecordNotFound('barrage', barrageId);
    }
    const errors = debrisSiteErrors(site, '', await codeListsAt(db, version));
    if (errors.length > 0) throw new InvalidRecord(errors);
    const stored = findSameSite(site, await debrisSitesOfBarrages(db, version, [barrageId]));
    if (stored === undefined) {
      return { outcome: 'created', id: draftDebrisSite(draft, barrageId, site) };
    }
    const differing = siteDifferences(site, stored, '');
    if (differing.length > 0) throw new RecordConflict(`/debris-sites/${stored.id}`, differing);
    return { outcome: 'existing', id: stored.id };
  });
}
