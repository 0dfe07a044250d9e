import { barrageId } from '../domain/barrage.js';
import type { ClaimContent } from '../domain/claim.js';
import { orderedFlags, ROW_FLAGS } from '../domain/claim-flags.js';
import { nightOf } from '../domain/night.js';
import { sameValue } from '../domain/same-value.js';
import type { Derive } from './claim-derivation.js';
import type { Cells, ExistingClaim, ParsedRow } from './import-types.js';
import { FIELD_COLUMNS, type ReadField } from './piterfm-fields.js';

const FIELDS = Object.entries(FIELD_COLUMNS) as [ReadField, string][];

// What no row of a file speaks of.
const UNSPOKEN = [
  'cited_by',
  'note',
  'alternative_to',
  'independent_of',
  'assertion',
  'quotation',
] satisfies (keyof ClaimContent)[] as (keyof ClaimContent)[];

const isSilent = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.length === 0);

function keep<K extends keyof ClaimContent>(to: ClaimContent, from: ClaimContent, field: K): void {
  to[field] = from[field];
}

/**
 * A row as it stands once it is bound to a stored claim: what no row speaks of (`cited_by`, `note`, `alternative_to`,
 * `independent_of`, `assertion`, `quotation`) stays the claim's. A claim first recorded by hand also keeps what the row leaves empty, unless the earlier row had
 * filled it: an import adds to what somebody wrote and never blanks it, but upstream may blank its own. A field that was
 * corrected by hand stays as it was corrected.
 *
 * @param before the normalised row that the claim was last made from; empty for a claim without one
 */
export function bound(
  row: ParsedRow,
  claim: ExistingClaim,
  before: Cells,
  derive: Derive,
): ParsedRow {
  const content = { ...row.content };
  for (const field of UNSPOKEN) keep(content, claim.content, field);
  if (claim.origin === 'import' && claim.set_by_hand.length === 0) return { ...row, content };
  const kept = FIELDS.filter(
    ([field, column]) =>
      claim.origin === 'client' &&
      isSilent(row.content[field]) &&
      (before[column] ?? null) === null,
  ).map(([field]) => field);
  for (const field of [...kept, ...claim.set_by_hand]) keep(content, claim.content, field);
  const barrage = { ...row.barrage, night: nightOf(content) };
  const { regions, flags } = derive(content, barrage);
  const rowFlags = row.flags.filter((flag) => ROW_FLAGS.has(flag));
  return { ...row, barrage, content, regions, flags: orderedFlags([...flags, ...rowFlags]) };
}

/** The fields corrected by hand about which a row says otherwise. */
export function overruledFields(claim: ExistingClaim, row: ParsedRow): string[] {
  return claim.set_by_hand.filter(
    (field) => !UNSPOKEN.includes(field) && !sameValue(row.content[field], claim.content[field]),
  );
}

/** The fields of a stored claim that a row changes; `barrage_id` when its night moves. */
export function changedFields(claim: ExistingClaim, row: ParsedRow): string[] {
  const stored = { ...claim.content, barrage_id: claim.barrage_id, regions: claim.regions };
  const read = { ...row.content, barrage_id: barrageId(row.barrage), regions: row.regions };
  const before = new Map<string, unknown>(Object.entries({ ...stored, flags: claim.flags }));
  return Object.entries({ ...read, flags: row.flags })
    .filter(([field, value]) => !sameValue(value, before.get(field)))
    .map(([field]) => field);
}
