import type { StoredBarrage } from '../storage/barrage-store.js';

/** A strong validator of one revision of a record. A slug may be in any script, a header may not. */
export const revisionTag = (id: string, revision = 1): string =>
  `"${encodeURIComponent(id)}.${revision}"`;

/** The barrage's own fields as they are served. */
export function servedBarrage({ from_version, ...barrage }: StoredBarrage) {
  const { id, revision, recorded_at, attacker, defender, night, note } = barrage;
  return {
    id,
    revision,
    recorded_at,
    dataset_version: from_version,
    attacker,
    defender,
    night,
    note,
  };
}
