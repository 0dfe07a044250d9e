import { remembered } from '../domain/remembered.js';

// Nights begin with 1900, and a file has fewer lines.
const FIRST_DAY = Date.parse('1900-01-01');
const DAY_MS = 86_400_000;
const LINES = 2 ** 31;

const dayOf = remembered((night) => (Date.parse(night) - FIRST_DAY) / DAY_MS);

/** A number by which the rows of a file sort by night, and then by line. */
export const positionOf = (night: string, line: number): number => dayOf(night) * LINES + line;
