import { type Barrage, barrageId } from '../domain/barrage.js';
import type { ClaimContent } from '../domain/claim.js';
import { naturalKey } from '../domain/claim-identity.js';

/** The barrage and the natural key of a claim as one text: no two current claims may share it. */
export function claimKey(
  barrage: Pick<Barrage, 'attacker' | 'defender' | 'night'>,
  content: ClaimContent,
): string {
  return `${barrageId(barrage)} ${naturalKey(content)}`;
}
