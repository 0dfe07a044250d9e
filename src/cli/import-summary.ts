import type { ClaimContent } from '../domain/claim.js';
import { FLAGS } from '../domain/claim-flags.js';
import type { CorrectionKind, ImportPlan, ParsedFile, Reject } from '../importers/import-types.js';

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

const namedBy = ({ alternative_to, independent_of }: ClaimContent): string[] =>
  alternative_to === null ? independent_of : [alternative_to, ...independent_of];

/** Adds up what an import read and what it writes. */
export function summariseImport(
  identity: ImportIdentity,
  parsed: ParsedFile,
  plan: ImportPlan,
): ImportSummary {
  const kinds: CorrectionKind[] = ['edited', 'extended', 'rederived', 'adopted'];
  const written = [...plan.creations, ...plan.corrections.map(({ row }) => row)];
  const flagged = new Map([...parsed.rows, ...written].map(({ line, flags }) => [line, flags]));
  const carried = [...flagged.values()].flat();
  const flags = FLAGS.map((flag) => [flag, carried.filter((one) => one === flag).length] as const);
  const nights = [...new Set(parsed.rows.map(({ barrage }) => barrage.night))].toSorted();
  const rejected = [...parsed.rejects, ...plan.rejects].toSorted((a, b) => a.line - b.line);
  return {
    ...identity,
    generation: parsed.generation,
    rows_read: parsed.rows.length + parsed.rejects.length,
    created: plan.creations.length,
    corrected: Object.fromEntries(
      kinds.map((kind) => [kind, plan.corrections.filter((one) => one.kind === kind).length]),
    ) as Record<CorrectionKind, number>,
    retracted: plan.retractions.filter(({ detach }) => !detach).length,
    detached: plan.retractions.filter(({ detach }) => detach).length,
    kept_without_row: plan.retractions
      .filter(({ detach }) => detach)
      .map(({ claim }) => ({ claim_id: claim.id, set_by_hand: [...claim.set_by_hand] })),
    attached: plan.corrections
      .filter(({ kind }) => kind === 'adopted')
      .map(({ row, claim }) => ({ line: row.line, claim_id: claim.id })),
    freed: plan.freed.map(({ claim, content }) => ({
      claim_id: claim.id,
      named: namedBy(claim.content).filter((id) => !namedBy(content).includes(id)),
    })),
    unchanged: plan.unchanged,
    held: plan.held.length,
    withheld: plan.withheld,
    overruled: plan.overruled,
    rejected,
    flags: Object.fromEntries(flags.filter(([, count]) => count > 0)),
    nights: { first: nights[0] ?? null, last: nights.at(-1) ?? null, count: nights.length },
    munitions_written: parsed.munitions.length,
    sources_created: parsed.sources.map(({ slug }) => slug),
    matching: plan.matching,
    possible_duplicates: plan.possible_duplicates,
  };
}

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
