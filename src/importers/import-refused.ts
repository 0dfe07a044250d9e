/**
 * A file that cannot be imported as a whole: thrown before anything is planned, so that nothing was written.
 *
 * `reasons` holds one sentence per thing that is wrong, for a user who has to mend the file.
 */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join('; '));
    this.reasons = reasons;
  }
}
