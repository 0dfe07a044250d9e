import { orderedFlags } from '../domain/claim-flags.js';
import { naturalKey } from '../domain/claim-identity.js';
import { type Adoptions, adopt, nearDuplicates } from './adoption.js';
import { type Derive, derivation } from './claim-derivation.js';
import { bound, changedFields, overruledFields } from './correction.js';
import { shown } from './csv-records.js';
import { freedClaims, freedCorrection } from './freed-claims.js';
import type {
  CodeLists,
  Correction,
  ExistingClaim,
  ImportPlan,
  ParsedFile,
  ParsedRow,
} from './import-types.js';
import { differingColumns, PASSES } from './match.js';
import { claimKey } from './natural-key.js';
import { isDetached, pairRows, type Sides, type Stored } from './pairing.js';

/** The snapshot that was imported last, as far as the matcher needs it. */
export interface PreviousSnapshot {
  columns: readonly string[];
  published: string;
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
    const edits = isDetached(claim) ? [] : differingColumns(before, cells, shared);
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
    if (isDetached(claim)) {
      result.corrections.push({ kind: 'adopted', claim, row: written, fields });
    } else if (edits.length === 0 && !isExtended && fields.length === 0) {
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
    removed: removed.filter(({ claim }) => !isDetached(claim)).length,
    added: added.length,
    backfilled: added.filter(({ content }) => content.window_end.slice(0, 10) <= newest).length,
    edited,
    fields,
  };
}

/** Claims that no row of the file speaks of. */
interface Rowless {
  /** They stay: people have a hand in them. */
  loose: ExistingClaim[];
  /** Of those, the ones that a row can be adopted for. */
  headlines: ExistingClaim[];
  retracted: Set<ExistingClaim>;
}

/**
 * Tells the claims that stay without a row from those that vanish with it. A claim stays if it was recorded or corrected
 * by hand, or if others compete with it or repeat it: it must not vanish from under them. What moves to another night is
 * taken for moved already, so that this import treats the claims left behind as the next one will.
 */
function rowless(
  { matched, removed }: Sides,
  existing: readonly ExistingClaim[],
  derive: Derive,
): Rowless {
  const moves = matched.map(({ stored: { claim, cells }, read }) => ({
    claim,
    row: bound(read.row, claim, cells, derive),
  }));
  const freed = freedClaims(existing, moves);
  const contentOf = (claim: ExistingClaim) => freed.get(claim.id)?.content ?? claim.content;
  const named = new Set(
    existing
      .filter((claim) => !claim.retracted_by_hand)
      .map(contentOf)
      .flatMap(({ alternative_to, independent_of }) => [alternative_to, ...independent_of]),
  );
  const stays = ({ id, origin, set_by_hand }: ExistingClaim): boolean =>
    origin === 'client' || set_by_hand.length > 0 || named.has(id);
  const gone = removed.map(({ claim }) => claim);
  const loose = [...existing.filter(({ raw }) => raw === null), ...gone.filter(stays)];
  const headlines = loose.filter((claim) => contentOf(claim).alternative_to === null);
  return { loose, headlines, retracted: new Set(gone.filter((claim) => !stays(claim))) };
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
  const sides = pairRows(parsed, existing);
  const { loose, retracted, headlines } = rowless(sides, existing, derive);
  const adopted = adopt(sides.added, headlines);
  const taken = new Set(adopted.claims.values());
  const fresh = sides.added.filter((row) => !adopted.claims.has(row));
  const withheld = new Set(sides.withheld.map(({ line }) => line));
  const written = parsed.rows.filter(({ line }) => !withheld.has(line));
  const near = nearDuplicates(written, adopted.left);
  const nearLines = new Set(near.map(({ line }) => line));
  const flagged = (row: ParsedRow): ParsedRow =>
    nearLines.has(row.line)
      ? { ...row, flags: orderedFlags([...row.flags, 'possible_duplicate']) }
      : row;
  const columns = new Set(parsed.columns);
  const shared = previous?.columns.filter((column) => columns.has(column)) ?? parsed.columns;
  const comparison = compare(sides.matched, shared, flagged, derive);
  const standing = loose.filter((claim) => !taken.has(claim));
  const held = sides.held.map(({ claim }) => claim);
  const keys = new Keys([...comparison.unchanged, ...held, ...standing]);
  const corrections = [
    ...comparison.corrections,
    ...adoptions(adopted, sides.removed, flagged, derive),
  ]
    .toSorted(byLine)
    .filter(({ row }) => keys.isFree(row));
  const creations = fresh.map(flagged).filter((row) => keys.isFree(row));
  const freed = freedClaims(
    existing.filter((claim) => !retracted.has(claim)),
    corrections,
  );
  return {
    creations,
    corrections: corrections.map((correction) => freedCorrection(correction, freed)),
    retractions: [
      ...[...retracted].map((claim) => ({ claim, detach: false })),
      ...standing
        .filter(({ raw, import_id }) => raw !== null && import_id !== null)
        .map((claim) => ({ claim, detach: true })),
    ],
    freed: [...freed.values()],
    unchanged: comparison.unchanged.length,
    held: sides.held,
    withheld: sides.withheld,
    overruled: comparison.overruled,
    rejects: keys.rejects,
    matching: summarise(sides, comparison, previous),
    possible_duplicates: near,
  };
}
