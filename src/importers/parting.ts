import { barrageId } from '../domain/barrage.js';
import { isMoment, nightOf } from '../domain/night.js';
import type { ExistingClaim, ParsedRow, UnreadRow } from './import-types.js';
import { leftAfterFirstPass } from './match.js';
import { isDetached } from './pairing.js';
import { normaliseRow, reportOf } from './piterfm-cells.js';
import { SIDES } from './piterfm-row.js';

/** Reports that found no partner among the rows and claims of one barrage: the later passes may find it in another. */
export interface Leftovers {
  stored: Set<string>;
  file: Set<string>;
}

const momentIn = (cell: unknown): string => String(cell).replace(' ', 'T');

/** The barrage whose window a row names, whether or not the rest of it can be read; null if it names none. */
export function barrageOfRow(raw: Readonly<Record<string, string>>): string | null {
  const cells = normaliseRow(raw);
  const [window_start, window_end] = [momentIn(cells.time_start), momentIn(cells.time_end)];
  if (!isMoment(window_start) || !isMoment(window_end)) return null;
  return barrageId({ ...SIDES, night: nightOf({ window_start, window_end }) });
}

/**
 * What the first pass of the matcher leaves over of one barrage. Its key holds the window, so it never looks beyond a
 * barrage; the passes by report do, and the last one, by window, does not.
 */
export function leftoversOf(
  rows: readonly ParsedRow[],
  unread: readonly UnreadRow[],
  existing: readonly ExistingClaim[],
): Leftovers {
  const stored = existing.flatMap((claim) =>
    claim.raw === null ? [] : [{ claim, raw: claim.raw, cells: normaliseRow(claim.raw) }],
  );
  const read = [...rows, ...unread].map(({ raw }) => ({ raw, cells: normaliseRow(raw) }));
  // Detached claims come after all others, whatever these leave them.
  const detached = stored.filter(({ claim }) => isDetached(claim));
  const attached = stored.filter(({ claim }) => !isDetached(claim));
  const { removed, added } = leftAfterFirstPass(attached, read);
  const reports = (some: readonly { raw: Readonly<Record<string, string>> }[]) =>
    new Set(some.map(({ raw }) => reportOf(raw)));
  return { stored: reports([...removed, ...detached]), file: reports(added) };
}

/** Joins names that belong together, directly or through others. @returns the groups, each name in one */
export function groupsOf(
  names: Iterable<string>,
  links: readonly (readonly string[])[],
): string[][] {
  const above = new Map<string, string>();
  const top = (name: string): string => {
    let at = name;
    for (let next = above.get(at); next !== undefined; next = above.get(at)) at = next;
    if (at !== name) above.set(name, at);
    return at;
  };
  for (const [first = '', ...others] of links) {
    for (const other of others) {
      const [one, two] = [top(first), top(other)];
      if (one !== two) above.set(two, one);
    }
  }
  const groups = new Map<string, string[]>();
  for (const name of new Set([...names, ...links.flat()])) {
    const group = groups.get(top(name)) ?? [];
    group.push(name);
    groups.set(top(name), group);
  }
  return [...groups.values()];
}
