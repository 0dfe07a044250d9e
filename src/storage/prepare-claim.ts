import { assertionErrors } from '../domain/assertion.js';
import { barrageKey } from '../domain/barrage.js';
import { isCalendarDate } from '../domain/calendar.js';
import { type ClaimContent, type ClaimInput, knownSum } from '../domain/claim.js';
import {
  type Flag,
  IMPOSSIBLE_FLAGS,
  orderedFlags,
  type RaisedFlag,
  raisedFlags,
} from '../domain/claim-flags.js';
import { eraAt, erasOf, type ReportingEra } from '../domain/era.js';
import { type Munition, unknownMunition } from '../domain/munition.js';
import { nightOf } from '../domain/night.js';
import type { FieldError } from '../domain/record-error.js';
import { type Region, type ResolvedPlaces, regionIndex, resolvePlaces } from '../domain/region.js';
import { contentOf } from './claim-store.js';
import type { CodeListsAt } from './code-list-store.js';

/** A posted claim, checked against the code lists and told what is odd about it. */
export interface PreparedClaim {
  content: ClaimContent;
  regions: string[];
  flags: Flag[];
  /** Munitions that nobody has described yet, to be created with the claim. */
  new_munitions: Munition[];
  as_reported: boolean;
}

const NOWHERE: ResolvedPlaces = { regions: [], unknown: [] };

// One index per code list, however many claims a batch holds.
const indexes = new WeakMap<readonly Region[], ReadonlyMap<string, string>>();

function indexOf(regions: readonly Region[]): ReadonlyMap<string, string> {
  const index = indexes.get(regions) ?? regionIndex(regions);
  indexes.set(regions, index);
  return index;
}

const eras = new WeakMap<readonly ReportingEra[], Map<string, readonly ReportingEra[]>>();

/** The eras of a source, looked for once per code list. */
function erasOfSource(source: string, lists: CodeListsAt): readonly ReportingEra[] {
  const held = eras.get(lists.eras) ?? new Map<string, readonly ReportingEra[]>();
  eras.set(lists.eras, held);
  const party = lists.sources.find(({ slug }) => slug === source)?.party ?? null;
  const name = `${source} ${party}`;
  const own = held.get(name) ?? erasOf({ source, party }, lists.eras);
  held.set(name, own);
  return own;
}

/** Errors for every source that is named and not recorded. */
export function sourceErrors(
  record: { source: string; cited_by: readonly { source: string }[] },
  pointer: string,
  lists: CodeListsAt,
): FieldError[] {
  const errors: FieldError[] = [];
  // What is wrong is put into words only where something is: a batch names thousands.
  const check = (slug: string, at: () => string): void => {
    if (lists.sources.some((known) => known.slug === slug)) return;
    errors.push({
      pointer: at(),
      code: 'unknown_source',
      detail: `no source "${slug}" is recorded; POST /sources first`,
      allowed: lists.sources.map((known) => known.slug),
    });
  };
  check(record.source, () => `${pointer}/source`);
  for (const [index, { source }] of record.cited_by.entries()) {
    check(source, () => `${pointer}/cited_by/${index}/source`);
  }
  return errors;
}

/** The munition that a slug or an alias names. */
export function findMunition(munitions: readonly Munition[], name: string): Munition | undefined {
  return (
    munitions.find(({ slug }) => slug === name) ??
    munitions.find(({ aliases }) => aliases.includes(name))
  );
}

function munitionErrors(input: ClaimInput, pointer: string, lists: CodeListsAt): FieldError[] {
  if (input.as_reported || findMunition(lists.munitions, input.munition) !== undefined) return [];
  const detail = `no munition "${input.munition}" is known; as_reported: true records it as new`;
  const allowed = lists.munitions.flatMap(({ slug, aliases }) => [slug, ...aliases]);
  return [{ pointer: `${pointer}/munition`, code: 'unknown_munition', detail, allowed }];
}

function impossible(raised: readonly RaisedFlag[], pointer: string): FieldError[] {
  return raised
    .filter(({ flag }) => IMPOSSIBLE_FLAGS.has(flag))
    .map(({ flag, field, detail }) => ({
      pointer: `${pointer}/${field}`,
      code: flag === 'intercepted_exceeds_launched' ? 'exceeds_launched' : flag,
      detail: `${detail}; as_reported: true records it as the source made it, flagged`,
    }));
}

/**
 * Checks a posted claim against the code lists and the barrage it belongs to.
 *
 * @param pointer JSON Pointer of the claim in the posted document
 * @param errors collects every field error, so that the client gets them all at once
 */
export function prepareClaim(
  input: ClaimInput,
  barrageId: string,
  pointer: string,
  lists: CodeListsAt,
  errors: FieldError[],
): PreparedClaim {
  const { as_reported } = input;
  const known = findMunition(lists.munitions, input.munition);
  const munition = known ?? unknownMunition(input.munition);
  const content = contentOf(input);
  content.munition = munition.slug;
  content.left_airspace ??= knownSum(content.left_airspace_to);
  const { night } = barrageKey(barrageId);
  const named = nightOf(content);
  if (!isCalendarDate(named)) {
    const detail = `the window names the night ${named}, outside the years 1900 to 2199`;
    errors.push({ pointer: `${pointer}/window_end`, code: 'night_out_of_range', detail });
  }
  if (named !== night) {
    const detail = `the window names the night ${named}, not ${night}`;
    errors.push({ pointer: `${pointer}/window_start`, code: 'night_mismatch', detail });
  }
  const era = eraAt(erasOfSource(content.source, lists), night);
  const raised = raisedFlags(content, era);
  errors.push(
    ...assertionErrors(content, pointer),
    ...sourceErrors(content, pointer, lists),
    ...munitionErrors(input, pointer, lists),
    ...(as_reported ? [] : impossible(raised, pointer)),
  );
  const { target, affected_regions } = content;
  const places = target === null ? affected_regions : [target, ...affected_regions];
  const { regions, unknown } =
    places.length === 0 ? NOWHERE : resolvePlaces(places, indexOf(lists.regions));
  const flags: Flag[] = raised.map(({ flag }) => flag);
  if (munition.category === 'uncategorised') flags.push('unknown_munition');
  if (unknown.length > 0) flags.push('unknown_place');
  return {
    content,
    regions,
    flags: flags.length > 1 ? orderedFlags(flags) : flags,
    new_munitions: known === undefined ? [munition] : [],
    as_reported,
  };
}
