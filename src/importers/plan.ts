import { orderedFlags } from '../domain/claim-flags.js';
import { naturalKey } from '../domain/claim-identity.js';
import { type Adoptions, adopt, nearDuplicates } from './adoption.js';
import { type Derive, derivation } from './claim-derivation.js';
import { bound, changedFields, overruledFields } from './correction.js';
import { shown } from './csv.js';
import type {
  CodeLists,
  Correction,
  ExistingClaim,
  ImportPlan,
  ParsedFile,
  ParsedRow,
} from './import-types.js';
import { differingColumns, type Matching, matchRows, PASSES, type Rowed } from './match.js';
import { claimKey } from './natural-key.js';
import { normaliseRow } from './piterfm-cells.js';

/** The snapshot that was imported last, as far as the matcher needs it. */
export interface PreviousSnapshot {
  columns: readonly string[];
  published: string;
}

/** A stored claim and the row it was last made from, normalised. */
interface Stored extends Rowed {
  claim: ExistingClaim;
}

/** A row of the file that was read. */
interface Read extends Rowed {
  row: ParsedRow;
}

/** Both sides after matching: who belongs to whom, and who is left. */
interface Sides {
  pairs: Matching<Stored, Rowed>['pairs'];
  matched: { stored: Stored; read: Read }[];
  held: ImportPlan['held'];
  withheld: ImportPlan['withheld'];
  removed: Stored[];
  added: ParsedRow[];
}

function match(parsed: ParsedFile, existing: readonly ExistingClaim[]): Sides {
  const stored = existing.flatMap((claim) =>
    claim.raw === null ? [] : [{ claim, cells: normaliseRow(claim.raw) }],
  );
  const read = parsed.rows.map((row) => ({ row, cells: normaliseRow(row.raw) }));
  // Rows that cannot be read take part, so that their claims are not taken for vanished.
  const unread = parsed.unread.map(({ line, raw }) => ({ line, cells: normaliseRow(raw) }));
  const { pairs, removed, added } = matchRows<Stored, (typeof read)[0] | (typeof unread)[0]>(
    stored,
    [...read, ...unread],
  );
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

/** The corrections of the matched pairs, and the claims that stay as they are. */
interface Comparison {
  corrections: Correction[];
  unchanged: ExistingClaim[];
  overruled: ImportPlan['overruled'];
  edited: number;
  fields: Record<string, number>;
}

function compare(
  matched: Sides['matched'],
  shared: readonly string[],
  flagged: (row: ParsedRow) => ParsedRow,
  derive: Derive,
): Comparison {
  const result: Comparison = {
    corrections: [],
    unchanged: [],
    overruled: [],
    edited: 0,
    fields: {},
  };
  for (const { stored, read } of matched) {
    const { row, cells } = read;
    const { claim, cells: before } = stored;
    const edits = differingColumns(before, cells, shared);
    for (const column of edits) result.fields[column] = (result.fields[column] ?? 0) + 1;
    if (edits.length > 0) result.edited += 1;
    const overruled = overruledFields(claim, row);
    if (overruled.length > 0) {
      result.overruled.push({ line: row.line, claim_id: claim.id, fields: overruled });
    }
    const written = bound(flagged(row), claim, before, derive);
    const fields = changedFields(claim, written);
    const isExtended =
      edits.length === 0 &&
      differingColumns(before, cells, Object.keys({ ...before, ...cells })).length > 0;
    if (edits.length === 0 && !isExtended && fields.length === 0) {
      result.unchanged.push(claim);
    } else {
      const derived = isExtended ? 'extended' : 'rederived';
      const kind = edits.length > 0 ? 'edited' : derived;
      result.corrections.push({ kind, claim, row: written, fields });
    }
  }
  return result;
}

/**
 * Lets each natural key be written once. What would take a key that another claim holds is left out and rejected: in
 * the database it would fail the whole import.
 */
class Keys {
  readonly rejects: ImportPlan['rejects'] = [];
  readonly #holders = new Map<string, string>();

  constructor(staying: readonly ExistingClaim[]) {
    for (const { id, barrage_id, content } of staying) {
      this.#holders.set(`${barrage_id} ${naturalKey(content)}`, `claim ${id}`);
    }
  }

  isFree({ line, barrage, content, raw }: ParsedRow): boolean {
    const key = claimKey(barrage, content);
    const holder = this.#holders.get(key);
    if (holder === undefined) {
      this.#holders.set(key, `line ${line}`);
      return true;
    }
    const reason = `must not say otherwise than ${holder}, which has the same source, url, munition, window, launch places and target`;
    this.rejects.push({ line, column: 'source', value: shown(String(raw.source)), reason });
    return false;
  }
}

const byLine = (a: Correction, b: Correction): number => a.row.line - b.row.line;

function adoptions(
  { claims }: Adoptions,
  removed: readonly Stored[],
  flagged: (row: ParsedRow) => ParsedRow,
  derive: Derive,
): Correction[] {
  const before = new Map(removed.map(({ claim, cells }) => [claim, cells]));
  return [...claims].map(([row, claim]) => {
    const written = bound(flagged(row), claim, before.get(claim) ?? {}, derive);
    return { kind: 'adopted', claim, row: written, fields: changedFields(claim, written) };
  });
}

function summarise(
  { pairs, removed, added }: Sides,
  { edited, fields }: Comparison,
  previous: PreviousSnapshot | null,
): ImportPlan['matching'] {
  const newest = previous?.published ?? '';
  const countOf = (pass: string): number => pairs.filter((pair) => pair.pass === pass).length;
  return {
    matched: pairs.length,
    matched_by_pass: Object.fromEntries(PASSES.map(({ pass }) => [pass, countOf(pass)])),
    removed: removed.length,
    added: added.length,
    backfilled: added.filter(({ content }) => content.window_end.slice(0, 10) <= newest).length,
    edited,
    fields,
  };
}

/**
 * Works out what an import will write: compares the rows of a file with the current claims, row by row by the
 * matcher of the oracle, and never by the order of the file. Pure: the same file planned again after it was written
 * plans nothing.
 *
 * @param parsed the file, read
 * @param existing all claims that the file can speak of, those recorded or retracted by hand included
 * @param previous the snapshot imported last, or null
 * @param codeLists as given to the parser
 */
export function planImport(
  parsed: ParsedFile,
  existing: readonly ExistingClaim[],
  previous: PreviousSnapshot | null,
  codeLists: CodeLists,
): ImportPlan {
  const derive = derivation(codeLists);
  const sides = match(parsed, existing);
  const byHand = existing.filter(({ raw }) => raw === null);
  // A claim recorded by hand whose row vanished is a claim recorded by hand again, in this import as in the next.
  const detachable = sides.removed.map(({ claim }) => claim).filter((c) => c.origin === 'client');
  const candidates = [...byHand, ...detachable].filter((c) => c.content.alternative_to === null);
  const adopted = adopt(sides.added, candidates);
  const fresh = sides.added.filter((row) => !adopted.claims.has(row));
  const near = nearDuplicates(parsed.rows, adopted.left);
  const nearLines = new Set(near.map(({ line }) => line));
  const flagged = (row: ParsedRow): ParsedRow =>
    nearLines.has(row.line)
      ? { ...row, flags: orderedFlags([...row.flags, 'possible_duplicate']) }
      : row;
  const columns = new Set(parsed.columns);
  const shared = previous?.columns.filter((column) => columns.has(column)) ?? parsed.columns;
  const comparison = compare(sides.matched, shared, flagged, derive);
  const taken = new Set(adopted.claims.values());
  const gone = sides.removed.map(({ claim }) => claim).filter((claim) => !taken.has(claim));
  const keys = new Keys([
    ...comparison.unchanged,
    ...sides.held.map(({ claim }) => claim),
    ...[...byHand, ...detachable].filter((claim) => !taken.has(claim)),
  ]);
  const corrections = [
    ...comparison.corrections,
    ...adoptions(adopted, sides.removed, flagged, derive),
  ]
    .toSorted(byLine)
    .filter(({ row }) => keys.isFree(row));
  const creations = fresh.map(flagged).filter((row) => keys.isFree(row));
  const named = new Set(
    existing
      .filter((claim) => !claim.retracted_by_hand)
      .flatMap(({ content }) => [content.alternative_to, ...content.independent_of]),
  );
  return {
    creations,
    corrections,
    retractions: gone.map((claim) => ({
      claim,
      // A claim that others compete with or repeat must not vanish from under them.
      detach: claim.origin === 'client' || named.has(claim.id),
    })),
    unchanged: comparison.unchanged.length,
    held: sides.held,
    withheld: sides.withheld,
    overruled: comparison.overruled,
    rejects: keys.rejects,
    matching: summarise(sides, comparison, previous),
    possible_duplicates: near,
  };
}
