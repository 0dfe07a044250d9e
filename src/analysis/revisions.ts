import { daysBetween } from '../domain/calendar.js';
import { type Basis, CLAIM_COUNTS, type Scope } from '../domain/claim.js';
import { type Side, type Source, sideOf } from '../domain/source.js';
import { mean } from '../statistics/mean.js';
import { median } from '../statistics/median.js';
import type { ClaimFilter } from '../storage/claim-filter.js';
import { listSources } from '../storage/code-list-store.js';
import type { Database } from '../storage/database.js';
import {
  type CountField,
  countSteps,
  type FirstAndNow,
  firstAndNow,
  firstGiven,
  retractedClaims,
  type Step,
} from '../storage/revision-store.js';
import { accountOf } from './account.js';
import { loadCells } from './load-cells.js';
import { askedFilter, countedFilter } from './query-filter.js';
import type { RateReason } from './rate.js';
import type { StatsQuery } from './stats-query.js';
import { tallyOf } from './tallies.js';

/** Ages of a night, in days, when a revision of one of its claims was released; both ends inclusive. */
export const AGES = [
  { age: '0-7', to: 7 },
  { age: '8-30', to: 30 },
  { age: '31-90', to: 90 },
  { age: '91-365', to: 365 },
  { age: 'over_365', to: Number.POSITIVE_INFINITY },
] as const;
export type Age = (typeof AGES)[number]['age'];

// A revision can be dated before its night: a night is named by its morning. It is as young as one can be.
function ageOf({ night, released }: Step): Age {
  const days = daysBetween(night, released);
  return AGES.find(({ to }) => days <= to)?.age ?? 'over_365';
}

/** A count of one claim as it was first given and as it is now. */
interface Course {
  id: string;
  night: string;
  first: number | null;
  now: number | null;
}

/** First and present value of a count of every claim that was ever revised; the steps of a claim stand together. */
function coursesOf(steps: readonly Step[], field: CountField): Course[] {
  const courses = new Map<string, Course>();
  for (const { id, night, before, after } of steps) {
    const first = courses.get(id)?.first;
    // Null is a value that a count can have had first.
    courses.set(id, {
      id,
      night,
      first: first === undefined ? before[field] : first,
      now: after[field],
    });
  }
  return [...courses.values()];
}

/** The claim whose count moved furthest, the earliest night's of equal ones. */
function furthest(moves: readonly { course: Course; change: number }[]) {
  const [largest] = moves.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
  if (largest === undefined) return null;
  const { id, night, first, now } = largest.course;
  return { claim: id, href: `/claims/${id}/revisions`, night, first, now, change: largest.change };
}

function fieldRevisions(claims: number, given: number, field: CountField, steps: readonly Step[]) {
  const courses = coursesOf(steps, field);
  const moves = courses.flatMap((course) => {
    const { first, now } = course;
    return first === null || now === null || first === now ? [] : [{ course, change: now - first }];
  });
  const changes = moves.map(({ change }) => change);
  const distances = changes.map(Math.abs);
  const revisions = steps.filter(({ before, after }) => before[field] !== after[field]);
  const ages = revisions.map(ageOf);
  return {
    claims,
    claims_that_gave_it_first: given,
    moved: moves.length,
    filled: courses.filter(({ first, now }) => first === null && now !== null).length,
    blanked: courses.filter(({ first, now }) => first !== null && now === null).length,
    share_moved: given === 0 ? null : moves.length / given,
    net_change: changes.reduce((sum, change) => sum + change, 0),
    mean_absolute_change: mean(distances),
    median_absolute_change: median(distances),
    largest_absolute_change: furthest(moves),
    revisions: revisions.length,
    revisions_by_age: Object.fromEntries(
      AGES.map(({ age }) => [age, ages.filter((one) => one === age).length]),
    ) as Record<Age, number>,
  };
}

function reasonFor(sums: FirstAndNow, launched: number, intercepted: number): RateReason | null {
  if (sums.used === 0) return 'no_claims';
  if (sums.used_tallies === sums.used) return 'tally_only';
  if (launched === 0) return 'denominator_zero';
  return intercepted > launched ? 'impossible_claims' : null;
}

function rateAt(sums: FirstAndNow, when: 'first' | 'now') {
  const [launched, intercepted] = [sums[`${when}_launched`], sums[`${when}_intercepted`]];
  const reason = reasonFor(sums, launched, intercepted);
  return { launched, intercepted, value: reason === null ? intercepted / launched : null, reason };
}

/** The interception rate of the headline claims, the same ones twice: as they were first recorded and as they are now. */
async function headlineOf(
  db: Database,
  version: number,
  query: StatsQuery,
  sources: readonly Source[],
) {
  const sums = await firstAndNow(db, version, countedFilter(query, sources));
  const [first, now] = [rateAt(sums, 'first'), rateAt(sums, 'now')];
  const { side, scope, basis } = query;
  return {
    ...{ side, scope, basis },
    claims: sums.used,
    claims_moved: sums.moved,
    claims_left_out: sums.claims - sums.used,
    first,
    now,
    difference: first.value === null || now.value === null ? null : now.value - first.value,
  };
}

/** Whose claims are looked at; what is missing does not restrict. */
export interface RevisionsOptions {
  side?: Side | undefined;
  scope?: readonly Scope[] | undefined;
  basis?: readonly Basis[] | undefined;
}

function revisedFilter(
  query: StatsQuery,
  sources: readonly Source[],
  { side, scope, basis }: RevisionsOptions,
): ClaimFilter {
  const asked = { ...askedFilter(query), scopes: scope, bases: basis };
  if (side === undefined) return asked;
  const onSide = sources.filter(({ party }) => sideOf(party, query) === side);
  const slugs = onSide.map(({ slug }) => slug);
  return { ...asked, sources: slugs.filter((slug) => query.source?.includes(slug) ?? true) };
}

async function sourceRevisions(
  db: Database,
  version: number,
  query: StatsQuery,
  known: readonly Source[],
  filter: ClaimFilter,
) {
  const [given, retracted, steps] = await Promise.all([
    firstGiven(db, version, filter),
    retractedClaims(db, version, filter),
    countSteps(db, version, filter),
  ]);
  const slugs = new Set([...given, ...retracted].map(({ source }) => source));
  return [...slugs].toSorted().map((source) => {
    const own = steps.filter((step) => step.source === source);
    const first = given.find((one) => one.source === source);
    const claims = first?.claims ?? 0;
    const party = known.find(({ slug }) => slug === source)?.party ?? null;
    const fields = CLAIM_COUNTS.map(
      (field) => [field, fieldRevisions(claims, first?.given[field] ?? 0, field, own)] as const,
    );
    return {
      source,
      side: sideOf(party, query),
      claims,
      claims_revised: new Set(own.map(({ id }) => id)).size,
      retracted: retracted.find((one) => one.source === source)?.claims ?? 0,
      fields: Object.fromEntries(fields) as Record<CountField, ReturnType<typeof fieldRevisions>>,
    };
  });
}

/**
 * How often and how far figures moved between their first release and a dataset version, by source and count, and at
 * what age of the night. Claims of all sides, scopes and bases unless some are asked for, each source by itself; only
 * the headline rate goes by the query's own, as everywhere.
 */
export async function revisionsOf(
  db: Database,
  version: number,
  query: StatsQuery,
  options: RevisionsOptions,
) {
  const known = await listSources(db, version);
  const filter = revisedFilter(query, known, options);
  const sources = await sourceRevisions(db, version, query, known, filter);
  const total = (of: (source: (typeof sources)[number]) => number): number =>
    sources.reduce((sum, source) => sum + of(source), 0);
  return {
    claims: total(({ claims }) => claims),
    claims_revised: total(({ claims_revised }) => claims_revised),
    retracted: total(({ retracted }) => retracted),
    ...accountOf(tallyOf(await loadCells(db, version, query))),
    interception: await headlineOf(db, version, query, known),
    sources,
  };
}
