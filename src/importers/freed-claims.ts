import { barrageId } from '../domain/barrage.js';
import type { Correction, ExistingClaim, FreedClaim } from './import-types.js';

type Placed = Pick<Correction, 'claim' | 'row'>;

/** The barrage of every claim after some corrections. */
function placesAfter(
  existing: readonly ExistingClaim[],
  corrections: readonly Placed[],
): Map<string, string> {
  const places = new Map(existing.map(({ id, barrage_id }) => [id, barrage_id]));
  for (const { claim, row } of corrections) places.set(claim.id, barrageId(row.barrage));
  return places;
}

function freed(claim: ExistingClaim, places: ReadonlyMap<string, string>): FreedClaim | null {
  const { alternative_to, independent_of } = claim.content;
  const own = places.get(claim.id);
  const isHere = (id: string): boolean => (places.get(id) ?? own) === own;
  const rival = alternative_to !== null && !isHere(alternative_to);
  const repeated = independent_of.filter(isHere);
  const fields = [
    ...(rival ? ['alternative_to'] : []),
    ...(repeated.length < independent_of.length ? ['independent_of'] : []),
  ];
  if (fields.length === 0) return null;
  const left = { alternative_to: rival ? null : alternative_to, independent_of: repeated };
  return { claim, content: { ...claim.content, ...left }, fields };
}

/**
 * The claims that some corrections part from a claim that they compete with or repeat, because one of the two moves to
 * another night, by id, without what would then point across barrages.
 */
export function freedClaims(
  existing: readonly ExistingClaim[],
  corrections: readonly Placed[],
): ReadonlyMap<string, FreedClaim> {
  const places = placesAfter(existing, corrections);
  return new Map(
    existing
      .filter((claim) => !claim.retracted_by_hand)
      .flatMap((claim) => {
        const one = freed(claim, places);
        return one === null ? [] : [[claim.id, one] as const];
      }),
  );
}

/** A correction of a freed claim, whose row speaks of no other claim, without the references. */
export function freedCorrection(
  correction: Correction,
  claims: ReadonlyMap<string, FreedClaim>,
): Correction {
  const one = claims.get(correction.claim.id);
  if (one === undefined) return correction;
  const { alternative_to, independent_of } = one.content;
  const content = { ...correction.row.content, alternative_to, independent_of };
  const fields = [...correction.fields, ...one.fields];
  return { ...correction, row: { ...correction.row, content }, fields };
}
