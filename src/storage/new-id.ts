import { ulid } from 'ulid';
import { randomFraction } from '../domain/random-fraction.js';

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
