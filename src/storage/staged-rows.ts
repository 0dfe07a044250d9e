import type { Barrage } from '../domain/barrage.js';
import type { ClaimContent } from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import type { ClaimRecord } from './staged-columns.js';

/** What a stage has in common with the part of it that another thread lays out. */
export interface StagePart {
  path: string;
  import_id: string;
  /** How the ids of its claims begin. */
  series: string;
}

/** A row of a file as the claim that it makes. */
export interface ImportedClaim {
  line: number;
  barrage: Pick<Barrage, 'attacker' | 'defender' | 'night'>;
  content: ClaimContent;
  regions: string[];
  flags: Flag[];
  raw: Readonly<Record<string, string>>;
}

/** A row that could not be read, where it stands. */
export interface StagedUnread {
  line: number;
  /** The barrage whose window it names, or null if it names none. */
  barrage_id: string | null;
  raw: Record<string, string>;
}

/** One claim that an import writes because it compared it with what was there. */
export interface StagedWrite {
  op: 'created' | 'corrected' | 'retracted';
  /** The claim as it will be; of one that is retracted, as it was. */
  claim: ClaimRecord;
  content: ClaimContent;
  fields: readonly string[];
  /** What the reason says besides the file. */
  because: string | null;
}
