import { ulid } from 'ulid';
import { randomFraction } from '../domain/random-fraction.js';

const LETTERS = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
/** The numbers up to 1,023 as ULIDs write them. */
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
const IDS_PER_STEM = PAIRS.length ** 2;
const STEM_LETTERS = 22;

let since = 0;
let stem = '';
let given = IDS_PER_STEM;

/**
 * A ULID to name a request by: later ones sort behind, and it hides nothing that must be hidden. Its last four letters
 * count the ids of a millisecond, so that not each of them is drawn and spelled anew.
 */
export function newRequestId(): string {
  const now = Date.now();
  if (now > since || given === IDS_PER_STEM) {
    since = Math.max(now, since + 1);
    stem = ulid(since, randomFraction).slice(0, STEM_LETTERS);
    given = 0;
  }
  const id = `${stem}${PAIRS[Math.floor(given / PAIRS.length)]}${PAIRS[given % PAIRS.length]}`;
  given += 1;
  return id;
}
