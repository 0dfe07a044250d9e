import { CLAIM_COUNTS, type ClaimContent } from './claim.js';
import type { FieldError } from './record-error.js';

const COUNTED_APART = [
  'left_airspace_to',
  'intercepted_by_place',
  'launched_by_munition',
] as const satisfies readonly (keyof ClaimContent)[];

/**
 * What is wrong with a claim that asserts something without a number: it needs the words it rests on, and a number
 * belongs in a claim of its own, which can be added up and compared.
 *
 * @param pointer JSON Pointer of the claim in the posted document
 */
export function assertionErrors(claim: ClaimContent, pointer: string): FieldError[] {
  if (claim.assertion === null) return [];
  const errors: FieldError[] = [CLAIM_COUNTS, COUNTED_APART]
    .flat()
    .filter((field) => claim[field] !== null)
    .map((field) => ({
      pointer: `${pointer}/${field}`,
      code: 'assertion_with_count',
      detail: 'an assertion has no numbers; record the numbers as a claim of their own',
    }));
  if (claim.quotation === null) {
    const detail = "an assertion needs the source's own words";
    errors.push({ pointer: `${pointer}/quotation`, code: 'required', detail });
  }
  return errors;
}
