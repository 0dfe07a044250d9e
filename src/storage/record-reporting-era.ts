import { addDays } from '../domain/calendar.js';
import { contradictions } from '../domain/claim-identity.js';
import { eraId, type ReportingEra, type ReportingEraInput } from '../domain/era.js';
import {
  type FieldError,
  InvalidRecord,
  RecordConflict,
  type Recorded,
} from '../domain/record-error.js';
import { type CodeListsAt, codeListsAt, eraRevisions } from './code-list-store.js';
import { record } from './commit.js';
import type { Database } from './database.js';
import type { Cause } from './draft.js';

// A posted null to_night contradicts no end: the era may have been ended by the next one since.
const STRICT = ['party', 'source', 'from_night', 'breaks', 'intercepted_includes_suppressed_for'];

/** The running era of the claimant that a new one ends: it is closed on the night before the new one begins. */
function endedBy(posted: ReportingEra, own: readonly ReportingEra[]): ReportingEra | undefined {
  const { from_night } = posted;
  return own.find(
    (era) => era.to_night === null && from_night !== null && (era.from_night ?? '') < from_night,
  );
}

function overlaps(a: ReportingEra, b: ReportingEra): boolean {
  const startsBeforeEnd = (one: ReportingEra, other: ReportingEra): boolean =>
    other.to_night === null || (one.from_night ?? '') <= other.to_night;
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a);
}

function referenceErrors(posted: ReportingEra, lists: CodeListsAt): FieldError[] {
  const sources = lists.sources.map(({ slug }) => slug);
  const munitions = lists.munitions.map(({ slug }) => slug);
  const errors: FieldError[] = [];
  if (posted.source !== null && !sources.includes(posted.source)) {
    const detail = `no source "${posted.source}" is recorded; POST /sources first`;
    errors.push({ pointer: '/source', code: 'unknown_source', detail, allowed: sources });
  }
  posted.intercepted_includes_suppressed_for.forEach((slug, index) => {
    if (munitions.includes(slug)) return;
    const pointer = `/intercepted_includes_suppressed_for/${index}`;
    const detail = `no munition "${slug}" is known`;
    errors.push({ pointer, code: 'unknown_munition', detail, allowed: munitions });
  });
  return errors;
}

function check(posted: ReportingEra, lists: CodeListsAt, others: readonly ReportingEra[]): void {
  const errors = referenceErrors(posted, lists);
  const clash = others.find((era) => overlaps(era, posted));
  if (clash !== undefined) {
    const detail = `overlaps ${clash.id} (${clash.from_night ?? 'the beginning'} to ${clash.to_night ?? 'now'})`;
    errors.push({ pointer: '/from_night', code: 'overlapping_era', detail });
  }
  if (errors.length > 0) throw new InvalidRecord(errors);
}

/**
 * Records a reporting era. One that begins while another era of the same claimant still runs ends that one the night
 * before, in the same dataset version: a new meaning of the words is one record, not an edit of an old one.
 *
 * @throws InvalidRecord, RecordConflict if the claimant has an era of this code with other content
 */
export function recordReportingEra(
  db: Database,
  cause: Cause,
  input: ReportingEraInput,
): Promise<Recorded> {
  const posted: ReportingEra = { id: eraId(input), ...input };
  const { id } = posted;
  return record(db, cause, async (draft, db) => {
    const lists = await codeListsAt(db, draft.version - 1);
    const existing = lists.eras.find((era) => era.id === id);
    if (existing !== undefined) {
      const errors = contradictions(posted, existing, STRICT).map((field) => ({
        pointer: `/${field}`,
        code: 'differs',
        detail: `posted ${JSON.stringify(posted[field])}, recorded ${JSON.stringify(existing[field])}`,
      }));
      if (errors.length > 0) throw new RecordConflict('/reporting-eras', errors);
      return { outcome: 'existing', id };
    }
    const own = lists.eras.filter(
      ({ party, source }) => party === posted.party && source === posted.source,
    );
    const ended = endedBy(posted, own);
    check(
      posted,
      lists,
      own.filter((era) => era !== ended),
    );
    if (ended !== undefined) {
      const to_night = addDays(posted.from_night ?? '', -1);
      const revision = (await eraRevisions(db, draft.version - 1)).get(ended.id) ?? 1;
      draft.correct('reporting_era', { ...ended, to_night }, revision, ['to_night']);
    }
    draft.create('reporting_era', posted);
    return { outcome: 'created', id };
  });
}
