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
const DIGIT_BITS = 5;
const LAST_DIGIT = 2 ** DIGIT_BITS - 1;
// What bitwise operators take, in whole digits.
const HALF = 2 ** 25;

function fiveDigits(number: number): string {
  let digits = '';
  for (let bits = 20; bits >= 0; bits -= DIGIT_BITS) {
    digits += DIGITS.charAt((number >> bits) & LAST_DIGIT);
  }
  return digits;
}

/** How the ids of things begin that have a number each: a new series of them. */
export const idSeries = (prefix: 'clm'): string => newId(prefix).slice(0, -NUMBER_LENGTH);

/** The id of the thing with a number below 2^50 in a series: ids sort as their numbers do. */
export const idInSeries = (series: string, number: number): string =>
  series + fiveDigits(Math.floor(number / HALF)) + fiveDigits(number % HALF);
