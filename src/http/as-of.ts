import type { DatasetVersion } from '../storage/versions.js';
import type { Dependencies } from './dependencies.js';
import { Problem } from './problem.js';

function refusal(detail: string, parameter = 'as_of'): Problem {
  const errors = [{ parameter, code: 'no_such_version', detail }];
  const part = parameter === 'last-event-id' ? 'header' : 'query';
  return new Problem('invalid-parameter', `The ${part} breaks the rules named in errors.`, {
    errors,
  });
}

/**
 * Refuses to go on after a dataset version that does not exist: a reader that knows it has read another history, such
 * as that of a database of which an older copy was restored, and would miss changes in silence.
 *
 * @param newest the version that is read up to
 * @throws Problem 400 that names the parameter
 */
export function requireReached(
  after: number,
  newest: DatasetVersion,
  parameter: 'after' | 'last-event-id',
): void {
  if (after > newest.version) throw refusal(`the newest version is ${newest.version}`, parameter);
}

/**
 * The dataset version that `as_of` names: `latest`, a number, or the newest one at an instant.
 *
 * @throws Problem 400 for a version or an instant in the future, or before the first
 */
export function versionFor(deps: Dependencies, asOf: string): Promise<DatasetVersion> {
  return asOf === 'latest'
    ? deps.stores.versions.currentVersion(deps.db)
    : versionBefore(deps, asOf);
}

async function versionBefore(
  { db, stores: { versions } }: Dependencies,
  asOf: string,
): Promise<DatasetVersion> {
  const current = await versions.currentVersion(db);
  if (/^\d+$/.test(asOf)) {
    if (Number(asOf) === current.version) return current;
    const found = await versions.versionNumbered(db, Number(asOf));
    if (found === null) {
      const isPassed = Number(asOf) < current.version;
      const newest = `the newest dataset version is ${current.version}`;
      throw refusal(isPassed ? `${newest}, and none before it has this number` : newest);
    }
    return found;
  }
  const instant = new Date(asOf).toISOString();
  // A version that others already see may be dated some milliseconds ahead: its writer is not answered before.
  if (instant > current.at && instant > new Date().toISOString())
    throw refusal('the instant lies in the future');
  const found = await versions.versionAt(db, instant);
  if (found === null) throw refusal('the instant lies before the first dataset version');
  return found;
}
