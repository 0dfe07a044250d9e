import type { Barrage } from '../domain/barrage.js';
import type { ClaimContent, Origin } from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import type { ReportingEra } from '../domain/era.js';
import type { Munition } from '../domain/munition.js';
import type { Region } from '../domain/region.js';
import type { Source } from '../domain/source.js';

/** The code lists that the database holds when an import starts. */
export interface CodeLists {
  munitions: readonly Munition[];
  regions: readonly Region[];
  sources: readonly Source[];
  eras: readonly ReportingEra[];
}

/** A cell after normalisation: what two snapshots are compared by. */
export type Cell = string | number | null | readonly Cell[] | { readonly [key: string]: Cell };
export type Cells = Readonly<Record<string, Cell>>;

/** One row of a file, read: the claim it makes and the row it was made from. */
export interface ParsedRow {
  /** Physical line in the file; the header is line 1. */
  line: number;
  barrage: Pick<Barrage, 'attacker' | 'defender' | 'night'>;
  content: ClaimContent;
  /** ISO 3166-2 codes of the regions that the row names. */
  regions: string[];
  flags: Flag[];
  /** The row as published: column to text; empty cells are left out. */
  raw: Readonly<Record<string, string>>;
}

/** A row that cannot be read, with what was wrong and where. */
export interface Reject {
  line: number;
  column: string | null;
  value: string | null;
  reason: string;
}

/** A rejected row whose cells are known: its claim must not be taken for vanished. */
export interface UnreadRow {
  line: number;
  raw: Readonly<Record<string, string>>;
}

/** What reading a file comes upon, in its order. */
export type ReadEvent =
  /** `report`: what the row cites; rows of one file that cite different reports may tell of the same thing. */
  | { row: ParsedRow; report: string }
  /** Without `unread` the record does not even have the cells of the header. */
  | { reject: Reject; unread?: UnreadRow }
  /** All that was read so far is void: the file is read again in another way. */
  | { again: true };

/** A file while it is read. */
export interface ReadFile {
  /** Columns in normalised names: the two border columns of 2024-25 are `border_crossing`. */
  columns: string[];
  generation: string;
  events: Iterable<ReadEvent>;
  /** Once all was read: munitions to create or to correct, and sources to create. */
  named: () => { munitions: Munition[]; sources: Source[] };
}

/** A file, or a part of it that can be planned by itself. */
export interface ParsedFile {
  columns: readonly string[];
  rows: ParsedRow[];
  /** Rejected rows, except repetitions of an earlier line and records that do not fit the header. */
  unread: UnreadRow[];
}

/** A current claim, as far as an import needs to know it. */
export interface ExistingClaim {
  id: string;
  revision: number;
  barrage_id: string;
  content: ClaimContent;
  regions: string[];
  flags: Flag[];
  origin: Origin;
  /** The row it was last made from; null for a claim recorded by hand. */
  raw: Readonly<Record<string, string>> | null;
  /** The import that brought the row; null without a row, and for a detached claim, whose row vanished. */
  import_id: string | null;
  import_line: number | null;
  /** Fields corrected by hand since it was read from a file: they stay, whatever a file says. */
  set_by_hand: readonly (keyof ClaimContent)[];
  /** Retracted by hand although its row may still be published: it takes part in the matching and stays retracted. */
  retracted_by_hand: boolean;
}

/** Why a stored claim gets a new revision from a row. */
export type CorrectionKind =
  /** A column that both snapshots have differs. */
  | 'edited'
  /** Only columns that one of the two snapshots lacks differ. */
  | 'extended'
  /** The row is the same; what is derived from it (category, basis, flags) changed. */
  | 'rederived'
  /** A claim recorded by hand that says the same gets the row as its provenance, or a detached one gets its row back. */
  | 'adopted';

export interface Correction {
  kind: CorrectionKind;
  claim: ExistingClaim;
  row: ParsedRow;
  /** Changed fields of the claim. */
  fields: string[];
}

/** A claim whose references were cleared because an import parted it from the claims that they name. */
export interface FreedClaim {
  claim: ExistingClaim;
  content: ClaimContent;
  fields: string[];
}

/** What an import will write, and what it found. */
export interface ImportPlan {
  creations: ParsedRow[];
  corrections: Correction[];
  /** Claims whose row vanished; `detach` keeps what people have a hand in, and lets the row wait for its return. */
  retractions: { claim: ExistingClaim; detach: boolean }[];
  /** Claims that lose a reference because this import moves a claim to another night. */
  freed: FreedClaim[];
  unchanged: number;
  /** Claims whose row is still in the file but cannot be read any more: kept as they are, not retracted. */
  held: { claim: ExistingClaim; line: number }[];
  /** Rows that cannot be written because another claim already stands under their natural key. */
  rejects: Reject[];
  matching: MatchSummary;
  /** Rows whose claim was retracted by hand: they make no new one. */
  withheld: { line: number; claim_id: string }[];
  /** Rows that say otherwise than a correction made by hand, which stays. */
  overruled: { line: number; claim_id: string; fields: string[] }[];
  /** Rows that nearly repeat a claim recorded by hand. */
  possible_duplicates: { line: number; claim_id: string; differs: string[] }[];
}

/** The matcher's account, in the words of the oracle (revisions.json). */
export interface MatchSummary {
  matched: number;
  matched_by_pass: Record<string, number>;
  removed: number;
  added: number;
  backfilled: number;
  edited: number;
  /** Edited pairs per normalised column. */
  fields: Record<string, number>;
}
