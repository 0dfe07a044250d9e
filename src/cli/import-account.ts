import type { ClaimContent } from '../domain/claim.js';
import { FLAGS, type Flag } from '../domain/claim-flags.js';
import type { CorrectionKind, ImportPlan, ParsedFile } from '../importers/import-types.js';
import { PASSES } from '../importers/match.js';
import type { BarrageClaims } from '../storage/take-over.js';
import type { ImportIdentity, ImportSummary } from './import-summary.js';
import type { StagedFile } from './read-file.js';

const namedBy = ({ alternative_to, independent_of }: ClaimContent): string[] =>
  alternative_to === null ? independent_of : [alternative_to, ...independent_of];

const byLine = (one: { line: number }, other: { line: number }): number => one.line - other.line;

function addCounts(to: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) to[name] = (to[name] ?? 0) + count;
}

const KINDS: CorrectionKind[] = ['edited', 'extended', 'rederived', 'adopted'];

/** What an import read and what it writes, added up part by part. */
export class ImportAccount {
  readonly #file: StagedFile;
  readonly #compared = new Set<string>();
  /** Barrages whose rows make claims as they are, in the order of their ids, and how many each has. */
  fresh: readonly BarrageClaims[] = [];
  /** The rows of each barrage, and how many of them are no newer than the snapshot before. */
  readonly barrages: ReadonlyMap<string, { rows: number; backfilled: number }>;
  readonly #flags = new Map<Flag, number>();
  readonly #sum = {
    created: 0,
    corrected: Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<CorrectionKind, number>,
    retracted: 0,
    detached: 0,
    kept_without_row: [] as ImportSummary['kept_without_row'],
    attached: [] as ImportSummary['attached'],
    freed: [] as ImportSummary['freed'],
    unchanged: 0,
    held: 0,
    withheld: [] as ImportSummary['withheld'],
    overruled: [] as ImportSummary['overruled'],
    rejected: [] as ImportSummary['rejected'],
    matching: {
      matched: 0,
      matched_by_pass: Object.fromEntries(PASSES.map(({ pass }) => [pass, 0])),
      removed: 0,
      added: 0,
      backfilled: 0,
      edited: 0,
      fields: {} as Record<string, number>,
    },
    possible_duplicates: [] as ImportSummary['possible_duplicates'],
  };

  constructor(file: StagedFile, barrages: ImportAccount['barrages']) {
    this.#file = file;
    this.barrages = barrages;
    this.#sum.rejected.push(...file.rejects);
  }

  /** Whether anything has to be written. */
  get isEmpty(): boolean {
    const { created, corrected, retracted, detached, freed } = this.#sum;
    const { munitions, sources } = this.#file.named;
    const claims = created + retracted + detached + freed.length;
    const named = munitions.length + sources.length;
    return claims + named + KINDS.reduce((sum, kind) => sum + corrected[kind], 0) === 0;
  }

  get rejected(): ImportSummary['rejected'] {
    return this.#sum.rejected.toSorted(byLine);
  }

  /** Whether what is stored of a barrage was compared with the file, or would have been. */
  looksAt(barrage: string): boolean {
    return this.barrages.has(barrage) || this.#compared.has(barrage);
  }

  /** Barrages that were compared row by row. */
  addCompared(barrages: Iterable<string>): void {
    for (const id of barrages) this.#compared.add(id);
  }

  /** Rows that make claims as they are. */
  addFresh(barrages: Iterable<string>): void {
    const { matching } = this.#sum;
    const ids = [...barrages].toSorted();
    this.fresh = ids.map((id) => ({
      id,
      claims: this.barrages.get(id)?.rows ?? 0,
      isNew: true,
    }));
    for (const id of ids) {
      const { rows, backfilled } = this.barrages.get(id) ?? { rows: 0, backfilled: 0 };
      this.#sum.created += rows;
      matching.added += rows;
      matching.backfilled += backfilled;
    }
  }

  /** Barrages that are what they were. */
  addSame(barrages: Iterable<string>): void {
    const { matching } = this.#sum;
    for (const id of barrages) {
      const rows = this.barrages.get(id)?.rows ?? 0;
      this.#sum.unchanged += rows;
      matching.matched += rows;
      addCounts(matching.matched_by_pass, { natural_key: rows });
    }
  }

  /** Flags of the rows of some barrages. */
  addFlags(
    counts: readonly { barrage_id: string; flags: readonly Flag[]; rows: number }[],
    barrages: ReadonlySet<string>,
  ): void {
    for (const { barrage_id, flags, rows } of counts) {
      if (barrages.has(barrage_id)) this.#addFlags(flags, rows);
    }
  }

  #addFlags(flags: readonly Flag[], rows: number): void {
    for (const flag of flags) this.#flags.set(flag, (this.#flags.get(flag) ?? 0) + rows);
  }

  /** A part of the file that was compared, row by row. */
  addPlan({ rows }: Pick<ParsedFile, 'rows'>, plan: ImportPlan): void {
    const sum = this.#sum;
    const written = [...plan.creations, ...plan.corrections.map(({ row }) => row)];
    const flags = new Map([...rows, ...written].map((row) => [row.line, row.flags]));
    for (const carried of flags.values()) this.#addFlags(carried, 1);
    sum.created += plan.creations.length;
    for (const { kind } of plan.corrections) sum.corrected[kind] += 1;
    sum.unchanged += plan.unchanged;
    sum.held += plan.held.length;
    this.#addRowless(plan);
    sum.withheld.push(...plan.withheld);
    sum.overruled.push(...plan.overruled);
    sum.rejected.push(...plan.rejects);
    sum.possible_duplicates.push(...plan.possible_duplicates);
    const { matched_by_pass, fields, ...counts } = plan.matching;
    addCounts(sum.matching.matched_by_pass, matched_by_pass);
    addCounts(sum.matching.fields, fields);
    for (const [name, count] of Object.entries(counts))
      sum.matching[name as keyof typeof counts] += count;
  }

  #addRowless({ retractions, corrections, freed }: ImportPlan): void {
    const sum = this.#sum;
    for (const { claim, detach } of retractions) {
      if (!detach) sum.retracted += 1;
      else {
        sum.detached += 1;
        sum.kept_without_row.push({ claim_id: claim.id, set_by_hand: [...claim.set_by_hand] });
      }
    }
    for (const { kind, row, claim } of corrections) {
      if (kind === 'adopted') sum.attached.push({ line: row.line, claim_id: claim.id });
    }
    for (const { claim, content } of freed) {
      const named = namedBy(claim.content).filter((id) => !namedBy(content).includes(id));
      sum.freed.push({ claim_id: claim.id, named });
    }
  }

  summary(identity: ImportIdentity): ImportSummary {
    const { rejected, withheld, overruled, attached, possible_duplicates, ...sum } = this.#sum;
    const nights = [...this.barrages.keys()].map((id) => id.slice(8)).toSorted();
    const flags = FLAGS.map((flag) => [flag, this.#flags.get(flag) ?? 0] as const);
    const { munitions, sources } = this.#file.named;
    return {
      ...identity,
      generation: this.#file.generation,
      rows_read: this.#file.rows_read,
      ...sum,
      attached: attached.toSorted(byLine),
      withheld: withheld.toSorted(byLine),
      overruled: overruled.toSorted(byLine),
      rejected: rejected.toSorted(byLine),
      flags: Object.fromEntries(flags.filter(([, count]) => count > 0)),
      nights: { first: nights[0] ?? null, last: nights.at(-1) ?? null, count: nights.length },
      munitions_written: munitions.length,
      sources_created: sources.map(({ slug }) => slug),
      possible_duplicates: possible_duplicates.toSorted(byLine),
    };
  }
}
