import { encodeTime } from 'ulid';
import { randomFraction } from '../domain/random-fraction.js';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
// Of a ULID, after ten that tell the millisecond.
const random = Buffer.alloc(16);
let lately = { ms: 0, digits: encodeTime(0) };

function timeDigits(): string {
  const ms = Date.now();
  if (ms !== lately.ms) lately = { ms, digits: encodeTime(ms) };
  return lately.digits;
}

/** A new id: what it is the id of, and a ULID. The package's own are put together digit by digit: a kilobyte of garbage. */
export function newId(prefix: 'clm' | 'dbs' | 'imp' | 'key'): string {
  for (let place = 0; place < random.length; place += 1) {
    random[place] = DIGITS.charCodeAt(Math.floor(randomFraction() * DIGITS.length));
  }
  return `${prefix}_${timeDigits()}${random.toString('latin1')}`;
}

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
