import type { ExistingClaim, ImportPlan, ParsedFile, ParsedRow } from './import-types.js';
import { type Matching, matchRows, type Rowed } from './match.js';
import { normaliseRow } from './piterfm-cells.js';

/** A stored claim and the row it was last made from, normalised. */
export interface Stored extends Rowed {
  claim: ExistingClaim;
}

/** A row of the file that was read. */
interface Read extends Rowed {
  row: ParsedRow;
}

/** Both sides after matching: who belongs to whom, and who is left. */
export interface Sides {
  pairs: Matching<Stored, Rowed>['pairs'];
  matched: { stored: Stored; read: Read }[];
  held: ImportPlan['held'];
  withheld: ImportPlan['withheld'];
  removed: Stored[];
  added: ParsedRow[];
}

/** Whether a claim has lost its row: it stands for itself until the row comes back. */
export const isDetached = ({ raw, import_id }: ExistingClaim): boolean =>
  raw !== null && import_id === null;

/**
 * Pairs the rows of a file with the claims that were last made from the same reports: first those that the last snapshot
 * held, then those whose row vanished earlier.
 */
export function pairRows(parsed: ParsedFile, existing: readonly ExistingClaim[]): Sides {
  const stored = existing.flatMap((claim) =>
    claim.raw === null ? [] : [{ claim, cells: normaliseRow(claim.raw) }],
  );
  const read = parsed.rows.map((row) => ({ row, cells: normaliseRow(row.raw) }));
  // Rows that cannot be read take part, so that their claims are not taken for vanished.
  const unread = parsed.unread.map(({ line, raw }) => ({ line, cells: normaliseRow(raw) }));
  type AnyRow = (typeof read)[0] | (typeof unread)[0];
  const attached = stored.filter(({ claim }) => !isDetached(claim));
  const first = matchRows<Stored, AnyRow>(attached, [...read, ...unread]);
  // Rows that vanished earlier come after those of the last snapshot and never stand in their way.
  const detached = stored.filter(({ claim }) => isDetached(claim));
  const { added, ...back } = matchRows<Stored, AnyRow>(detached, first.added);
  const pairs = [...first.pairs, ...back.pairs];
  const removed = [...first.removed, ...back.removed];
  const matched: Sides['matched'] = [];
  const held: Sides['held'] = [];
  const withheld: Sides['withheld'] = [];
  for (const { older, newer } of pairs) {
    const line = 'row' in newer ? newer.row.line : newer.line;
    if (older.claim.retracted_by_hand) withheld.push({ line, claim_id: older.claim.id });
    else if ('row' in newer) matched.push({ stored: older, read: newer });
    else held.push({ claim: older.claim, line });
  }
  const gone = removed.filter(({ claim }) => !claim.retracted_by_hand);
  const fresh = added.flatMap((newer) => ('row' in newer ? [newer.row] : []));
  return { pairs, matched, held, withheld, removed: gone, added: fresh };
}
