import { closest, distance } from 'fastest-levenshtein';

const MAX_DISTANCE = 3;

/**
 * A hint for a near miss, ready to be appended to a sentence; empty if nothing comes near.
 *
 * @example didYouMean('munitoin', ['munition', 'source']) // => "; did you mean \"munition\"?"
 */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const candidate = closest(word.toLowerCase(), known);
  const near = distance(word.toLowerCase(), candidate) <= Math.min(MAX_DISTANCE, word.length / 2);
  return near ? `; did you mean "${candidate}"?` : '';
}
