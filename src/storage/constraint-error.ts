import { VersionReserved } from '../domain/record-error.js';
import { isConstraint, isReserved } from './connection.js';

/** A write that a constraint refused: nothing of it was stored. */
export class ConstraintError extends Error {}

/** What SQLite refuses, by its name here. @throws ConstraintError, VersionReserved */
export async function named<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isReserved(error)) throw new VersionReserved();
    throw isConstraint(error) ? new ConstraintError(error.message, { cause: error }) : error;
  }
}
