import { randomFillSync } from 'node:crypto';
import { ulid } from 'ulid';

const POOL_BYTES = 4_096;
const BYTE_VALUES = 256;

const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

// ulid asks for randomness 16 times per id, and by itself takes one byte at a time from the system: 20 µs an id.
function randomFraction(): number {
  if (used === POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  return (pool[used++] ?? 0) / BYTE_VALUES;
}

/** A new id: what it is the id of, and a ULID. */
export const newId = (prefix: 'clm' | 'dbs' | 'imp' | 'key'): string =>
  `${prefix}_${ulid(undefined, randomFraction)}`;

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const NUMBER_LENGTH = 10;

function digitsOf(number: number): string {
  let digits = '';
  for (let rest = number; digits.length < NUMBER_LENGTH; rest = Math.floor(rest / DIGITS.length)) {
    digits = DIGITS.charAt(rest % DIGITS.length) + digits;
  }
  return digits;
}

/** New ids of things that have a number below 2^50 each, in whose order they sort. */
export function numberedIds(prefix: 'clm'): (number: number) => string {
  const common = newId(prefix).slice(0, -NUMBER_LENGTH);
  return (number) => common + digitsOf(number);
}
