import { barrageKey } from '../domain/barrage.js';
import type { StoredClaim } from '../storage/claim-store.js';
import type { SumKey } from '../storage/sum-store.js';

/** A single claim under the key by which the statistics add claims up. */
export function claimKey({
  barrage_id,
  content,
}: Pick<StoredClaim, 'barrage_id' | 'content'>): SumKey {
  const { source, munition, scope, basis } = content;
  return {
    night: barrageKey(barrage_id).night,
    source,
    munition,
    scope,
    basis,
    alternative: content.alternative_to !== null,
    repetition: content.independent_of.length > 0,
    assertion: content.assertion !== null,
    launched_known: content.launched !== null,
    intercepted_known: content.intercepted !== null,
    launch_places: null,
  };
}
