import type { CorrectionKind, ImportPlan, Reject } from '../importers/import-types.js';

/** The account of one import. */
export interface ImportSummary {
  importer: string;
  generation: string;
  file_name: string;
  sha256: string;
  published: string;
  dry_run: boolean;
  /** The dataset version that holds the import; unchanged if nothing had to be written. */
  dataset_version: number;
  new_version: boolean;
  rows_read: number;
  created: number;
  corrected: Record<CorrectionKind, number>;
  retracted: number;
  detached: number;
  /** Claims that stay although their row vanished, with the fields of them that were corrected by hand. */
  kept_without_row: { claim_id: string; set_by_hand: string[] }[];
  /** Rows whose claim had lost them, or never had one, and that speak for it again. */
  attached: { line: number; claim_id: string }[];
  /** Claims that no longer name claims of what is now another night. */
  freed: { claim_id: string; named: string[] }[];
  unchanged: number;
  /** Claims whose row is still there but cannot be read any more. */
  held: number;
  /** Rows whose claim was retracted by hand. */
  withheld: ImportPlan['withheld'];
  /** Rows that say otherwise than a correction made by hand. */
  overruled: ImportPlan['overruled'];
  rejected: Reject[];
  flags: Record<string, number>;
  nights: { first: string | null; last: string | null; count: number };
  munitions_written: number;
  sources_created: string[];
  matching: ImportPlan['matching'];
  possible_duplicates: ImportPlan['possible_duplicates'];
}

export type ImportIdentity = Pick<
  ImportSummary,
  'importer' | 'file_name' | 'sha256' | 'published' | 'dry_run' | 'dataset_version' | 'new_version'
>;

/** A reject as one line for people: where, which field, what it said, which rule it breaks. */
export function rejectLine({ line, column, value, reason }: Reject): string {
  const where = column === null ? `line ${line}` : `line ${line}, ${column}`;
  return value === null ? `${where}: ${reason}` : `${where} = ${JSON.stringify(value)}: ${reason}`;
}

const listed = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';

/** The account as text. */
export function summaryText(summary: ImportSummary): string {
  const { nights, rejected, possible_duplicates } = summary;
  const doing = summary.dry_run ? 'Dry run, nothing written' : 'Imported';
  const version = summary.new_version
    ? `dataset version ${summary.dataset_version}`
    : `nothing changed, still dataset version ${summary.dataset_version}`;
  const lines = [
    `${doing}: ${summary.file_name} (${summary.importer}, ${summary.generation}), published ${summary.published}`,
    `  ${version}`,
    `  rows read ${summary.rows_read}, nights ${nights.count} (${nights.first ?? '-'} to ${nights.last ?? '-'})`,
    `  claims created ${summary.created}, unchanged ${summary.unchanged}, retracted ${summary.retracted}, rejected ${rejected.length}`,
    `  corrected: ${listed(summary.corrected)}; kept though unreadable now ${summary.held}, detached ${summary.detached}`,
    `  flags: ${listed(summary.flags)}`,
    ...rejected.map((reject) => `  rejected ${rejectLine(reject)}`),
    ...summary.withheld.map(
      ({ line, claim_id }) => `  withheld: line ${line}, ${claim_id} was retracted by hand`,
    ),
    ...summary.overruled.map(
      ({ line, claim_id, fields }) =>
        `  overruled: line ${line} says otherwise than ${claim_id}, corrected by hand (${fields.join(', ')})`,
    ),
    ...summary.kept_without_row.map(
      ({ claim_id, set_by_hand }) =>
        `  detached: ${claim_id} stays without its row${set_by_hand.length === 0 ? '' : `, corrected by hand (${set_by_hand.join(', ')})`}`,
    ),
    ...summary.attached.map(
      ({ line, claim_id }) => `  adopted: line ${line} is the row of ${claim_id}`,
    ),
    ...summary.freed.map(
      ({ claim_id, named }) =>
        `  freed: ${claim_id} no longer names ${named.join(', ')}, of what is now another night`,
    ),
    ...possible_duplicates.map(({ line, claim_id, differs }) =>
      differs.length === 0
        ? `  possible duplicate: line ${line} repeats ${claim_id} in window and counts`
        : `  possible duplicate: line ${line} nearly repeats ${claim_id} (differs in ${differs.join(', ')})`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
