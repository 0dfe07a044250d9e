// Every sum and square of admitted numbers must stay finite, so that no statistic can overflow.
const LARGEST = 1e100;
const NOISE = 1e-12;

function refuse(name: string, rule: string, value: number): never {
  throw new RangeError(`${name} must be ${rule}, not ${value}`);
}

/**
 * Returns a count unchanged: a whole number from 0 to 2^53 - 1.
 * @param value munitions, nights or places
 * @param name what the number is called in the message
 * @throws RangeError on NaN, negatives, fractions and unsafe integers
 * @example requireCount(58, 'k') // => 58
 */
export function requireCount(value: number, name: string): number {
  return Number.isSafeInteger(value) && value >= 0
    ? value
    : refuse(name, 'a whole number from 0', value);
}

/**
 * Returns a real number unchanged, if it is finite and at most 1e100 in magnitude.
 * @param value any unit
 * @param name what the number is called in the message
 * @throws RangeError on NaN, infinities and magnitudes whose squares could overflow
 * @example requireReal(-0.5, 'x') // => -0.5
 */
export function requireReal(value: number, name: string): number {
  return Math.abs(value) <= LARGEST ? value : refuse(name, 'a finite number up to 1e100', value);
}

/**
 * Returns a dispersion phi unchanged, or exactly 0 where it is rounding noise (below 1e-12).
 *
 * Nights of one and the same rate leave a phi of 1e-30 instead of 0: nothing may be divided by it.
 * @param phi 0 to 1e100
 * @throws RangeError on NaN, negatives and infinities
 * @example requirePhi(6.8) // => 6.8
 */
export function requirePhi(phi: number): number {
  if (!(phi >= 0 && phi <= LARGEST)) refuse('phi', 'a finite number from 0', phi);
  return phi < NOISE ? 0 : phi;
}

/**
 * Returns a probability strictly between 0 and 1 unchanged, for levels and quantiles.
 * @param value 0 < value < 1
 * @param name what the number is called in the message
 * @throws RangeError on NaN and on anything outside the open interval
 * @example requireOpenProbability(0.95, 'level') // => 0.95
 */
export function requireOpenProbability(value: number, name: string): number {
  return value > 0 && value < 1 ? value : refuse(name, 'between 0 and 1, both excluded', value);
}
