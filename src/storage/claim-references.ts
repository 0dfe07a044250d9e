import type { ClaimContent } from '../domain/claim.js';
import type { FieldError } from '../domain/record-error.js';
import type { StoredClaim } from './claim-store.js';

type Named = Pick<StoredClaim, 'id' | 'content'>;

function alternativeErrors(
  content: ClaimContent,
  stored: readonly Named[],
  pointer: string,
): FieldError[] {
  if (content.alternative_to === null) return [];
  const headline = stored.find(({ id }) => id === content.alternative_to);
  if (headline !== undefined && headline.content.munition !== content.munition) {
    const detail = `${content.alternative_to} is about ${headline.content.munition}, not ${content.munition}`;
    return [{ pointer: `${pointer}/alternative_to`, code: 'different_munition', detail }];
  }
  if (headline?.content.alternative_to === null) return [];
  const detail =
    headline === undefined
      ? `${content.alternative_to} is no claim of this barrage`
      : `${content.alternative_to} is itself an alternative; name the headline claim ${headline.content.alternative_to}`;
  return [{ pointer: `${pointer}/alternative_to`, code: 'not_a_headline_claim', detail }];
}

function repetitionErrors(
  content: ClaimContent,
  stored: readonly Named[],
  pointer: string,
): FieldError[] {
  return content.independent_of.flatMap((name, index) => {
    const at = `${pointer}/independent_of/${index}`;
    if (content.independent_of.indexOf(name) < index) {
      return [{ pointer: at, code: 'repeated', detail: `${name} is named twice` }];
    }
    const repeated = stored.find(({ id }) => id === name);
    if (repeated === undefined) {
      return [
        { pointer: at, code: 'unknown_claim', detail: `${name} is no claim of this barrage` },
      ];
    }
    const original = repeated.content.independent_of;
    if (original.length === 0) return [];
    const detail = `${name} is itself a repetition; name what it repeats: ${original.join(', ')}`;
    return [{ pointer: at, code: 'not_an_original', detail }];
  });
}

/**
 * Errors in what a claim says of other claims: a competitor names a headline claim about the same munition, a
 * repetition names originals, all of the same barrage.
 *
 * @param stored the other current claims of the barrage
 */
export function referenceErrors(
  content: ClaimContent,
  stored: readonly Named[],
  pointer: string,
): FieldError[] {
  return [
    ...alternativeErrors(content, stored, pointer),
    ...repetitionErrors(content, stored, pointer),
  ];
}

/** Claims that name another one, as its competitor or its repetition. */
export function referrersOf(id: string, others: readonly Named[]): Named[] {
  return others.filter(
    ({ content }) => content.alternative_to === id || content.independent_of.includes(id),
  );
}

/**
 * Errors of a correction after which the claims that name the corrected one would name something else than they meant.
 *
 * @param others the other current claims of the barrage
 */
export function referrerErrors(
  id: string,
  content: ClaimContent,
  others: readonly Named[],
): FieldError[] {
  const rivals = others.filter((other) => other.content.alternative_to === id);
  const quoting = others.filter((other) => other.content.independent_of.includes(id));
  const named = (claims: readonly Named[]): string => claims.map((claim) => claim.id).join(', ');
  const errors: FieldError[] = [];
  if (content.alternative_to !== null && rivals.length > 0) {
    const detail = `${named(rivals)} compete with this claim, so it must stay a headline claim`;
    errors.push({ pointer: '/alternative_to', code: 'has_alternatives', detail });
  }
  if (rivals.some((rival) => rival.content.munition !== content.munition)) {
    const detail = `${named(rivals)} compete with this claim about another munition`;
    errors.push({ pointer: '/munition', code: 'has_alternatives', detail });
  }
  if (content.independent_of.length > 0 && quoting.length > 0) {
    const detail = `${named(quoting)} repeat this claim, so it must stay an original`;
    errors.push({ pointer: '/independent_of', code: 'has_repetitions', detail });
  }
  return errors;
}
