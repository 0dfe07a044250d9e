import type { Assertion, ClaimContent } from './claim.js';
import { IDENTIFYING_COUNTS } from './claim-identity.js';
import { SIDES, type Side } from './source.js';

type Count = (typeof IDENTIFYING_COUNTS)[number];

/** A claim as far as it can contradict another of the same barrage. */
export interface Statement {
  id: string;
  side: Side;
  content: ClaimContent;
}

/** One account in a conflict: what is said, and by whom. */
export interface Account {
  value: number | Assertion;
  side: Side;
  sources: string[];
  /** The claims that say it; of several that add up, all. */
  claims: string[];
  quotation: string | null;
}

/** Accounts of one barrage that cannot all be true. Nobody is believed more than another. */
export interface Conflict {
  munition: string;
  field: Count | 'hit_locations' | 'assertion';
  values: Account[];
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].toSorted();

function accountOf(
  value: number | Assertion,
  statements: readonly [Statement, ...Statement[]],
): Account {
  const [first] = statements;
  return {
    value,
    side: first.side,
    sources: unique(statements.map(({ content }) => content.source)),
    claims: statements.map(({ id }) => id),
    quotation: statements.length === 1 ? first.content.quotation : null,
  };
}

/** The count that claims which add up give together; unknown as soon as one of them leaves it out. */
function together(statements: readonly Statement[], field: Count): Account[] {
  const [first, ...others] = statements;
  const counts = statements.map(({ content }) => content[field]).filter((count) => count !== null);
  if (first === undefined || counts.length < statements.length) return [];
  const total = counts.reduce((sum, count) => sum + count, 0);
  return [accountOf(total, [first, ...others])];
}

const differ = (accounts: readonly Account[]): boolean =>
  new Set(accounts.map(({ value }) => value)).size > 1;

/**
 * Headline claims of one munition, one list for everybody whose claims add up: each side of the war, and every third
 * party by itself. Regional claims and tallies are about something else, and a repetition says nothing of its own.
 */
function speakers(statements: readonly Statement[]): Statement[][] {
  const whole = statements.filter(
    ({ content }) =>
      content.alternative_to === null &&
      content.independent_of.length === 0 &&
      content.assertion === null &&
      content.scope === 'national' &&
      content.basis === 'barrage',
  );
  const voice = ({ side, content }: Statement): string =>
    side === 'third_party' ? content.source : `/${side}`;
  return unique(whole.map(voice)).map((name) => whole.filter((one) => voice(one) === name));
}

const EVIDENCE = {
  all_targets_hit: ['intercepted', 'suppressed', 'left_airspace'],
  none_got_through: ['hit_locations'],
  attack_denied: ['launched', 'intercepted', 'suppressed', 'left_airspace', 'hit_locations'],
} as const satisfies Record<Assertion, readonly (Count | 'hit_locations')[]>;

/** What speaks against an assertion: per field, the claims of other sources with a count above zero. */
function contradicted(asserting: Statement, others: readonly Statement[]): Conflict[] {
  const { assertion, munition, source } = asserting.content;
  if (assertion === null) return [];
  const strangers = others.filter(({ content }) => content.source !== source);
  return EVIDENCE[assertion].flatMap((field) => {
    const accounts = strangers.flatMap((one) => {
      const count = one.content[field];
      return count !== null && count > 0 ? [accountOf(count, [one])] : [];
    });
    if (accounts.length === 0) return [];
    return [{ munition, field, values: [accountOf(assertion, [asserting]), ...accounts] }];
  });
}

function opposedAssertions(statements: readonly Statement[]): Conflict[] {
  const values = statements.flatMap((one) =>
    one.content.assertion === null ? [] : [accountOf(one.content.assertion, [one])],
  );
  const [munition] = statements.map(({ content }) => content.munition);
  if (munition === undefined || !differ(values)) return [];
  return [{ munition, field: 'assertion', values }];
}

function conflictsOver(munition: string, statements: readonly Statement[]): Conflict[] {
  const rivalled = statements.map((headline) => [
    headline,
    ...statements.filter(({ content }) => content.alternative_to === headline.id),
  ]);
  const conflicts = IDENTIFYING_COUNTS.flatMap((field): Conflict[] => {
    const sides = speakers(statements).flatMap((claims) => together(claims, field));
    const contests = rivalled.map((claims) => claims.flatMap((one) => together([one], field)));
    return [sides, ...contests].filter(differ).map((values) => ({ munition, field, values }));
  });
  const assertions = statements.flatMap((one) => contradicted(one, statements));
  return [...conflicts, ...assertions, ...opposedAssertions(statements)];
}

const bySide = (a: Account, b: Account): number => SIDES.indexOf(a.side) - SIDES.indexOf(b.side);

/**
 * Where the claims of one barrage contradict each other, munition by munition: the sides' totals, a headline claim and
 * those that compete with it, an assertion and the numbers or assertions that speak against it. What a claim leaves out
 * contradicts nothing.
 *
 * @param statements all claims of the barrage
 */
export function conflictsOf(statements: readonly Statement[]): Conflict[] {
  return unique(statements.map(({ content }) => content.munition))
    .flatMap((munition) =>
      conflictsOver(
        munition,
        statements.filter(({ content }) => content.munition === munition),
      ),
    )
    .map((conflict) => ({ ...conflict, values: conflict.values.toSorted(bySide) }));
}
