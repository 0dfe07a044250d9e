import { type Barrage, barrageKey } from '../domain/barrage.js';
import { type Source, sideOfSource } from '../domain/source.js';
import type { Provenance, StoredClaim } from '../storage/claim-store.js';
import type { StoredDebrisSite } from '../storage/debris-site-store.js';

interface Stored {
  revision: number;
  recorded_at: string;
  from_version: number;
}

const versionedOf = ({ revision, recorded_at, from_version }: Stored) => ({
  revision,
  recorded_at,
  dataset_version: from_version,
});

/** A strong validator of one revision of a record. A slug may be in any script, a header may not. */
export const revisionTag = (id: string, revision = 1): string =>
  `"${encodeURIComponent(id)}.${revision}"`;

function servedProvenance(provenance: Provenance | null, withRaw: boolean) {
  if (provenance === null) return null;
  const { raw, ...row } = provenance;
  return withRaw ? { ...row, raw } : row;
}

/** A claim as it is served. @param withRaw give the published row too */
export function servedClaim(claim: StoredClaim, sources: readonly Source[], withRaw: boolean) {
  const { id, barrage_id, content, regions, flags, origin, set_by_hand } = claim;
  const key = barrageKey(barrage_id);
  return {
    id,
    ...versionedOf(claim),
    barrage_id,
    ...key,
    side: sideOfSource(content.source, sources, key),
    ...content,
    regions,
    flags,
    origin,
    set_by_hand,
    provenance: servedProvenance(claim.provenance, withRaw),
  };
}

/** A debris site as it is served. */
export function servedDebrisSite(site: StoredDebrisSite) {
  const { id, barrage_id, content } = site;
  return { id, ...versionedOf(site), barrage_id, ...barrageKey(barrage_id), ...content };
}

/** The barrage's own fields as they are served. */
export function servedBarrage(barrage: Barrage & Stored) {
  const { id, attacker, defender, night, note } = barrage;
  return { id, ...versionedOf(barrage), attacker, defender, night, note };
}
