import type { ExistingClaim, ImportPlan, ParsedFile } from '../importers/import-types.js';
import { barrageOfRow, groupsOf, leftoversOf } from '../importers/parting.js';
import { SIDES } from '../importers/piterfm-row.js';
import { type PreviousSnapshot, planImport } from '../importers/plan.js';
import type { Database } from '../storage/database.js';
import type { ImportStage } from '../storage/import-stage.js';
import {
  claimsMovedByHand,
  claimsOfNights,
  retractedByHand,
  storedBarrages,
} from '../storage/matchable-claims.js';
import type { StagedUnread } from '../storage/staged-rows.js';
import type { ImportAccount } from './import-account.js';
import type { StagedFile } from './read-file.js';
import { stagePlan } from './stage-plan.js';

/** The dataset version that a file is compared with, and the snapshot imported before. */
export interface Comparison {
  db: Database;
  version: number;
  previous: PreviousSnapshot | null;
  /** How many rows of each barrage are what a claim says. */
  unchanged: ReadonlyMap<string, number>;
}

/** Barrages by what an import has to do about them. */
interface Parts {
  /** Nothing is stored of them: their rows make claims as they are. */
  fresh: Set<string>;
  /** Each of their rows is what a claim says, and the other way round: nothing to do. */
  unchanged: Set<string>;
  /** They have to be compared, row by row. */
  compared: Set<string>;
  /** Claims that take part in the comparison of some barrage although they are not current there. */
  apart: ExistingClaim[];
  unread: StagedUnread[];
  links: string[][];
}

const nodeOf = ({ line, barrage_id }: StagedUnread): string => barrage_id ?? `line ${line}`;

async function partsOf(
  { db, version, unchanged: same }: Comparison,
  stage: ImportStage,
  account: ImportAccount,
): Promise<Parts> {
  const stored = await storedBarrages(db, version, SIDES);
  const apart = await retractedByHand(db, version, SIDES);
  const moved = [...apart, ...(await claimsMovedByHand(db, version, SIDES))];
  const unread = stage.unread();
  const links = moved.flatMap(({ barrage_id, raw }) => {
    const named = raw === null ? null : barrageOfRow(raw);
    return named === null ? [] : [[barrage_id, named]];
  });
  const special = new Set([...links.flat(), ...unread.map(nodeOf)]);
  const parts: Parts = {
    fresh: new Set(),
    unchanged: new Set(),
    compared: new Set(links.flat()),
    apart,
    unread,
    links,
  };
  for (const [id, { rows }] of account.barrages) {
    const there = stored.get(id);
    const isSame = there?.claims === rows && same.get(id) === rows && !special.has(id);
    if (there === undefined && !parts.compared.has(id)) parts.fresh.add(id);
    else if (isSame) parts.unchanged.add(id);
    else parts.compared.add(id);
  }
  for (const [id, { rows }] of stored) {
    if (rows > 0 && !account.barrages.has(id)) parts.compared.add(id);
  }
  return parts;
}

/** Reads what stands on both sides of some barrages. */
async function sidesOf(
  { db, version }: Comparison,
  stage: ImportStage,
  { apart, unread }: Parts,
  barrages: readonly string[],
): Promise<Pick<ParsedFile, 'rows' | 'unread'> & { existing: ExistingClaim[] }> {
  const within = new Set(barrages);
  const existing: ExistingClaim[] = await claimsOfNights(db, version, barrages);
  return {
    rows: stage.rowsOf(barrages),
    unread: unread.filter((row) => within.has(nodeOf(row))),
    existing: [...existing, ...apart.filter(({ barrage_id }) => within.has(barrage_id))],
  };
}

/** Groups of barrages that have to be compared together, because a report may have moved between them. */
async function groupsToCompare(
  comparison: Comparison,
  stage: ImportStage,
  parts: Parts,
): Promise<string[][]> {
  const loose = parts.unread.filter((row) => !parts.compared.has(nodeOf(row)));
  const notes: [string, 'file' | 'stored', string][] = [];
  const note = () => {
    stage.together(() => {
      for (const one of notes.splice(0)) stage.addLeftover(...one);
    });
  };
  for (const id of parts.compared) {
    const { rows, unread, existing } = await sidesOf(comparison, stage, parts, [id]);
    const left = leftoversOf(rows, unread, existing);
    for (const report of left.stored) notes.push([report, 'stored', id]);
    for (const report of left.file) notes.push([report, 'file', id]);
    note();
  }
  for (const row of loose) notes.push([String(row.raw.source).trim(), 'file', nodeOf(row)]);
  note();
  if (parts.compared.size > 0) stage.together(() => stage.addFreshLeftovers());
  const links = [...parts.links, ...stage.linked()];
  const groups = groupsOf(parts.compared, links);
  const seen = new Set(groups.flat());
  for (const id of seen) {
    parts.fresh.delete(id);
    parts.unchanged.delete(id);
  }
  stage.together(() => stage.dropFresh(seen));
  return groups;
}

/** Barrages outside of a group into which a plan would write: they have to be compared with it. */
function beyond(group: readonly string[], { corrections }: ImportPlan): string[] {
  const within = new Set(group);
  const written = corrections.map(({ row }) => barrageOf(row.barrage));
  return [...new Set(written)].filter((id) => !within.has(id));
}

const barrageOf = ({ night }: { night: string }): string =>
  `${SIDES.attacker}-${SIDES.defender}-${night}`.toLowerCase();

/**
 * Compares a staged file with what is stored and stages what has to be written, barrage by barrage: barrages of which
 * nothing is stored, and those that are the same, by queries alone; the others by the plan, together with those that
 * share a report which changed its window. So what is held in memory is one such group and never the file.
 */
export async function planStaged(
  comparison: Comparison,
  stage: ImportStage,
  file: StagedFile,
  accountFor: () => ImportAccount,
): Promise<ImportAccount> {
  const links: string[][] = [];
  for (;;) {
    const account = accountFor();
    const found = await planOnce(comparison, stage, file, account, links);
    if (found.length === 0) return account;
    // A window that is half a person's and half the row's can name a night of neither.
    links.push(...found);
  }
}

async function planOnce(
  comparison: Comparison,
  stage: ImportStage,
  file: StagedFile,
  account: ImportAccount,
  links: readonly string[][],
): Promise<string[][]> {
  stage.together(() => stage.forgetPlan());
  const parts = await partsOf(comparison, stage, account);
  parts.links.push(...links);
  for (const id of links.flat()) {
    parts.compared.add(id);
    parts.fresh.delete(id);
    parts.unchanged.delete(id);
  }
  stage.together(() => stage.takeAsTheyAre(parts.fresh));
  const groups = await groupsToCompare(comparison, stage, parts);
  const found: string[][] = [];
  for (const group of groups) {
    const { existing, ...sides } = await sidesOf(comparison, stage, parts, group);
    const part = { columns: file.columns, ...sides };
    const plan = planImport(part, existing, comparison.previous, file.lists);
    const more = beyond(group, plan);
    if (more.length > 0) found.push([...group, ...more]);
    stage.together(() => stagePlan(stage, plan));
    account.addPlan(part, plan);
    account.addCompared(group);
  }
  account.addSame(parts.unchanged);
  account.addFresh(parts.fresh);
  account.addFlags(stage.flags(), new Set([...parts.unchanged, ...parts.fresh]));
  return found;
}
